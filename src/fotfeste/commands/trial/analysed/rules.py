"""The part of the report on what is missing: both denominators, the other rules, and where the conclusion turns."""

from collections.abc import Iterator

from fotfeste.commands.numbers import number
from fotfeste.commands.trial.analysed import printed, words
from fotfeste.documents import Block, Note, Paragraph, Table
from fotfeste.trial.analysis.counts import TwoParts
from fotfeste.trial.analysis.missing import TippingPoint
from fotfeste.trial.analysis.planned import AnalysisResult, Shift
from fotfeste.trial.plan import Plan

UNCLEAR = "*"
SAID = "* Intervallet rommer at det ikke er noen forskjell."


def blocks(one: AnalysisResult, plan: Plan) -> Iterator[Block]:
    method = words.PLANNED_METHODS.get(one.analysis.method, one.analysis.method)
    adjusted = ", justert" if one.analysis.adjust_for else ""
    about = f"{one.outcome.name}, {one.analysis.month} md., {method}{adjusted}{printed.of_arm(one.arm, plan)}"
    if all(arm.people == arm.randomised for arm in one.with_data.arms):
        until = " Den som falt fra, er fulgt til da." if one.outcome.kind == "time" else ""
        yield Paragraph(f"{about}: alle er med, og reglene for det som mangler, gir samme svar.{until}")
    else:
        yield _by_rule(one, about)
    if one.parts:
        yield _parts(one.parts, about)
        yield Note(words.WARNINGS["amount_not_randomised"])
    if one.role == "primary" and one.tipping:
        yield _tipping(one.tipping, about)
        yield Note(SAID)
    if one.shifts:
        yield _shifts(one.shifts, about, one.outcome.unit)
        yield Note(SAID)


def _by_rule(one: AnalysisResult, about: str) -> Table:
    rows = []
    for name, told in printed.rule_rows(one):
        effect = words.shown(told.effect) if told.effect else ("–", words.REASONS[told.not_estimable or "too_few"])
        rows.append((name, *words.arm_numbers(told, one.outcome.kind), *effect))
    columns = ("Regel", "Tiltak", "Kontroll", "Effekt", "KI")
    return Table(columns, tuple(rows), f"{about}: etter regelen for det som mangler", frozenset({1, 2, 3, 4}))


def _parts(told: TwoParts, about: str) -> Table:
    parts = (
        ("Noe i det hele tatt", told.any),
        ("Hvor mye, av dem med noe", told.amount),
        ("Alle", told.overall),
    )
    rows = tuple((name, f"{words.measure(e)} {words.shown(e)[0]}", words.shown(e)[1]) for name, e in parts)
    return Table(("Del", "Effekt", "KI"), rows, f"{about}: i to deler", frozenset({1, 2}))


def _tipping(told: tuple[TippingPoint, ...], about: str) -> Table:
    """A row for each number of the intervention, a column for each of control."""
    across = sorted({t.events2 for t in told})
    cells = {
        (t.events1, t.events2): f"{number(100 * t.effect.estimate, 1)} ({words.shown(t.effect)[1]})"
        + ("" if t.excludes_none else UNCLEAR)
        for t in told
    }
    rows = tuple(
        (f"Tiltak: {down} av {told[0].missing1}", *(cells[down, other] for other in across))
        for down in sorted({t.events1 for t in told})
    )
    columns = ("", *(f"Kontroll: {other} av {told[0].missing2}" for other in across))
    caption = f"{about}: hvor konklusjonen snur. Prosentpoeng, når så mange av dem som mangler, hadde utfallet"
    return Table(columns, rows, caption, frozenset(range(1, len(columns))))


def _shifts(told: tuple[Shift, ...], about: str, unit: str | None) -> Table:
    rows = []
    for shift in told:
        estimate, between = words.shown(shift.effect)
        rows.append((number(shift.by, 1), estimate, between + ("" if shift.excludes_none else UNCLEAR)))
    worse = f"Verre med ({unit})" if unit else "Verre med"
    caption = f"{about}: når de som mangler i tiltaket, har det så mye verre enn imputert"
    return Table((worse, "Effekt", "KI"), tuple(rows), caption, frozenset({0, 1, 2}))
