"""Results as tables for people, numbers with decimal comma."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table

from fotfeste.charts.economics.words import PAYERS, money, number, per_cent, probability
from fotfeste.commands.economics.sentences import note
from fotfeste.commands.economics.words import (
    QUADRANTS,
    RETURNS,
    in_unit,
    input_name,
    per_effect,
    question_name,
)
from fotfeste.economics.breakeven import BreakEven
from fotfeste.economics.evaluation import Evaluation
from fotfeste.economics.payers import TAX_FINANCING
from fotfeste.economics.shapes import Analysis

if TYPE_CHECKING:
    from fotfeste.commands.economics.told import Result

Row = tuple[str, ...]
SHOWN = (1, 3, 6, 12, 18, 24, 30, 36, 43, 48, 60, 84, 120, 180, 240)
"""Months that a table of the horizon shows."""


def show(*parts: RenderableType) -> None:
    Console(highlight=False).print(Group(*parts))


def evaluation(result: "Result") -> Iterable[RenderableType]:
    told = result.evaluation
    yield escape(f"{told.title}: {told.intervention} mot {told.reference}")
    yield (
        f"{number(told.horizon)} måneder fram, per deltaker, i {escape(told.currency)} etter {told.price_year}-priser, "
        f"regnet for {PAYERS[told.perspective].lower() if told.perspective != 'nav' else 'NAV'}."
    )
    yield _grid(("Hvem", "Kostnad", "Nytte", "Netto"), payer_rows(told))
    yield _grid(("Hva", "Endring", ""), line_rows(told))
    yield _grid(("Nøkkeltall", ""), key_rows(result))
    yield _grid(("Etter", "Netto nytte", "Samfunnet", "Det offentlige"), horizon_rows(told))
    if result.tornado:
        yield _grid(("Ett tall om gangen", "Lav", "Høy", "Netto ved lav", "Netto ved høy"), tornado_rows(result))
    if result.scenarios:
        yield _grid(("Hvis", "Måneder", "Netto nytte"), scenario_rows(result))
    yield from notes(result)


def payer_rows(told: Evaluation) -> list[Row]:
    """Those who pay or get something, and then society."""
    rows: list[Row] = [
        (PAYERS[name], *(money(x, told.currency) for x in (account.cost, account.benefit, account.net_benefit)))
        for name, account in told.by_payer.items()
        if account.cost or account.benefit
    ]
    accounts = told.by_payer.values()
    sums = (sum(a.cost for a in accounts), sum(a.benefit for a in accounts), sum(a.net_benefit for a in accounts))
    return [*rows, (PAYERS["society"], *(money(x, told.currency) for x in sums))]


def line_rows(told: Evaluation) -> list[Row]:
    rows: list[Row] = []
    for line in told.by_line:
        moved = "; ".join(f"{PAYERS[who]} {money(amount, told.currency)}" for who, amount in line.by_payer.items())
        rows.append((line.name, moved, "antatt" if line.assumed else ""))
    taxes = told.by_payer[TAX_FINANCING].net_benefit
    return [*rows, (PAYERS[TAX_FINANCING], money(taxes, told.currency), "")] if taxes else rows


def key_rows(result: "Result") -> list[Row]:
    told, currency, effects = result.evaluation, result.evaluation.currency, result.evaluation.effects
    rows: list[Row] = [("Netto nytte", money(told.net_benefit, currency))]
    if told.net_benefit_of_all is not None:
        rows.append((f"Netto nytte for alle {number(told.participants)}", money(told.net_benefit_of_all, currency)))
    pays = f"måned {number(told.pays_from_month)}" if told.pays_from_month else "ikke i denne perioden"
    rows += [
        ("Lønner seg fra", pays),
        ("Flere i jobb ved slutten, av hver 100", number(100 * effects.in_work, 1)),
        ("Ekstra år i jobb", number(effects.years_in_work, 3)),
    ]
    if effects.full_time_years is not None:
        rows.append(("Ekstra årsverk", number(effects.full_time_years, 3)))
    if effects.workdays is not None:
        rows.append(("Ekstra dager i jobb", number(effects.workdays, 1)))
    if effects.qalys is not None:
        rows.append(("Ekstra kvalitetsjusterte leveår", number(effects.qalys, 4)))
    for name, value in (
        ("Kostnad per ekstra person i jobb", told.cost_per_extra_person_in_work),
        ("Kostnad per ekstra dag i jobb", told.cost_per_extra_workday),
        ("Kostnad per ekstra årsverk", told.cost_per_extra_full_time_year),
    ):
        if value is not None:
            rows.append((name, money(value, currency)))
    if told.people_per_full_time_year is not None:
        rows.append(("Deltakere for hvert ekstra årsverk i året", number(told.people_per_full_time_year, 1)))
    if told.cost_effectiveness:
        rows.append(("Kostnad mot effekt", QUADRANTS[told.cost_effectiveness.quadrant]))
        if told.cost_effectiveness.icer is not None:
            rows.append(
                (
                    f"Kostnad per {per_effect(result.analysis)}, neddiskontert (ICER)",
                    money(told.cost_effectiveness.icer, currency),
                )
            )
    rows += [(f"Avkastning: {RETURNS[r.formula]}", number(r.value, 2)) for r in told.returns if r.value is not None]
    if result.simulation:
        s = result.simulation
        between = f"{money(s.ci_low, currency)} til {money(s.ci_high, currency)}"
        rows += [
            (f"{number(100 * s.level)} % av {number(s.draws)} trekninger", between),
            ("Sannsynlighet for at det lønner seg", probability(s.probability)),
            ("Verdien av å vite sikkert (EVPI)", money(s.evpi, currency)),
        ]
    return rows


def horizon_rows(told: Evaluation) -> list[Row]:
    last = told.over_horizon[-1].month
    return [
        (f"{number(m.month)} md.", *(money(x, told.currency) for x in (m.net_benefit, m.society, m.public)))
        for m in told.over_horizon
        if m.month in SHOWN or m.month == last
    ]


def tornado_rows(result: "Result") -> list[Row]:
    currency = result.evaluation.currency
    rows: list[Row] = []
    for swing in result.tornado:
        digits = 0 if abs(swing.high) >= 100 else 3
        ends = (number(swing.low, digits), number(swing.high, digits))
        rows.append(
            (
                input_name(swing.parameter, result.analysis),
                *ends,
                money(swing.at_low, currency),
                money(swing.at_high, currency),
            )
        )
    return rows


def scenario_rows(result: "Result") -> list[Row]:
    currency = result.evaluation.currency
    return [(s.name, number(s.horizon), money(s.net_benefit, currency)) for s in result.scenarios]


def notes(result: "Result") -> list[str]:
    codes = [*result.evaluation.warnings, *(result.simulation.warnings if result.simulation else ())]
    return [f"• {note(code)}" for code in codes]


def break_even(analysis: Analysis, answers: Sequence[BreakEven]) -> Iterable[RenderableType]:
    yield escape(f"{analysis.title}: når netto nytte er null, {number(analysis.horizon_months)} måneder fram")
    rows = [(question_name(a, analysis), _now(a, analysis), in_unit(a.value, a, analysis)) for a in answers]
    yield _grid(("Spørsmål", "Filen sier", "Går i null ved"), rows)
    shown = [p.horizon for p in answers[0].over_horizon if p.horizon in SHOWN or p.horizon == analysis.horizon_months]
    by_month = [{p.horizon: p.value for p in a.over_horizon} for a in answers]
    table = [
        (
            f"{number(month)} md.",
            *(in_unit(told[month], a, analysis) for told, a in zip(by_month, answers, strict=True)),
        )
        for month in shown
    ]
    yield _grid(("Ser en fram", *(question_name(a, analysis) for a in answers)), table)
    yield "– betyr at ingen verdi er nok."


def _now(answer: BreakEven, analysis: Analysis) -> str:
    return "for alltid" if answer.now is None else in_unit(answer.now, answer, analysis)


def states(result: "Result", traced: dict[str, Any]) -> Iterable[RenderableType]:
    names = [state["name"] for state in traced["states"]]
    for arm, shown in zip(("intervention", "reference"), traced["arms"], strict=True):
        rows = [
            (f"{number(month)} md.", *(per_cent(share) for share in shares))
            for month, shares in zip(traced["months"], traced[arm], strict=True)
            if month in SHOWN or month in (0, traced["months"][-1])
        ]
        yield _grid((shown, *names), rows)


def _grid(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table()
    for place, heading in enumerate(headings):
        table.add_column(escape(heading), justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*map(escape, row))
    return table
