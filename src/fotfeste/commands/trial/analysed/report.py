"""The report: what was planned, what was done, and every number with its definition."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fotfeste.charts.trial import effect_over_time, flow_chart, subgroup_forest, survival_curve
from fotfeste.commands.numbers import number, p_value
from fotfeste.commands.trial.analysed import at_start, printed, rules, words
from fotfeste.documents import Block, Bullets, Document, Figure, Heading, Note, Paragraph, Table, docx, html, pdf
from fotfeste.trial.analysis.estimating import SHORT
from fotfeste.trial.analysis.planned import AnalysisResult
from fotfeste.trial.analysis.trial import TrialResult
from fotfeste.trial.plan import Analysis, Outcome, Plan

MULTIPLICITY = {
    "none": "P-verdiene er ikke justert for at det er flere utfall.",
    "holm": "P-verdiene til de sekundære analysene er justert med Holms metode.",
    "fixed_sequence": "De sekundære analysene er prøvd i rekkefølge; den første som ikke er tydelig, avslutter den.",
}
SCHEMES = {
    "simple": "enkel trekning",
    "permuted_blocks": "permuterte blokker",
    "minimisation": "minimering med et tilfeldig innslag",
}


def write(told: TrialResult, drawn: dict[str, Figure], path: Path) -> None:
    """Write PDF, HTML or Word by the file's name, whole or not at all."""
    report = document(told, drawn)
    suffix = path.suffix.lower()
    content = html(report).encode() if suffix == ".html" else pdf(report) if suffix == ".pdf" else docx(report)
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(content)
    beside.replace(path)


def figures(told: TrialResult) -> dict[str, Figure]:
    """The figures by name, with what they show in words."""
    plan = told.plan
    names = {arm.id: arm.name for arm in plan.arms}
    arms = "; ".join(f"{names[a.arm]}: {a.randomised} trukket, {a.with_outcome} med utfall" for a in told.flow.arms)
    drawn = {"flyt": _figure(flow_chart(told.flow, names=names), "Deltakerne gjennom forsøket", f"Flytskjema. {arms}.")}
    for one in told.curves:
        name = plan.outcome(one.outcome).name
        medians = "; ".join(
            f"{names[arm]}: {number(100 * curve.at(curve.longest), 0)} % uten ved slutten"
            for arm, curve in one.arms.items()
        )
        chart = survival_curve(one.arms, names=names)
        drawn[f"kurve-{one.outcome}-{one.month}"] = _figure(chart, name, f"Kaplan-Meier-kurver. {medians}.")
    for arm in (a for a in plan.arms if not a.reference):
        points = [(p.month, p.effect) for p in told.over_time if p.arm == arm.id]
        if len(points) > 1:
            asked_late = [str(p.month) for p in told.over_time if p.arm == arm.id and not p.planned]
            unplanned = f" ({', '.join(asked_late)} md. ikke planlagt, post hoc)" if asked_late else ""
            said = "; ".join(f"{month} md.: {' ('.join(words.shown(e))})" for month, e in points)
            name = plan.outcome(plan.primary.outcome).name
            caption = f"{name}: effekten over tid blant dem med svar, ujustert, {arm.name}{unplanned}"
            drawn[f"over-tid-{arm.id}"] = _figure(effect_over_time(points), caption, f"Effekt med intervall. {said}.")
        groups = [
            (
                printed.column_name(plan, g.by),
                {printed.level_names(plan, g.by).get(v, v): e for v, e in g.told.effects.items()},
            )
            for g in told.subgroups
            if g.arm == arm.id and g.told
        ]
        overall = next(one.main.effect for one in told.primary if one.arm == arm.id)
        if groups and overall and all(e.measure == overall.measure for _, levels in groups for e in levels.values()):
            said = "; ".join(f"{v}: {' ('.join(words.shown(e))})" for _, levels in groups for v, e in levels.items())
            caption = f"Effekten i undergrupper, {arm.name}"
            drawn[f"undergrupper-{arm.id}"] = _figure(subgroup_forest(groups, overall), caption, f"Skogplott. {said}.")
    return drawn


def document(told: TrialResult, drawn: dict[str, Figure]) -> Document:
    return Document(
        title=told.plan.title,
        subtitle="Rapport fra et forsøk med loddtrekning, etter planen",
        blocks=tuple(_blocks(told, drawn)),
    )


def _blocks(told: TrialResult, drawn: dict[str, Figure]) -> Iterator[Block]:
    yield Heading("Hovedresultat")
    for one in told.primary:
        yield from _answer(one, told.plan)
    yield Heading("Hva som var planlagt")
    yield from _planned(told.plan)
    yield Heading("Deltakerne")
    yield Paragraph(
        f"{told.flow.randomised} er trukket av {told.plan.planned_n} planlagte. "
        f"Den første ble inkludert {words.day(told.first_on)}, den siste {words.day(told.last_on)}."
    )
    yield drawn["flyt"]
    yield _at_start(told)
    yield Note("Ingen tester her: det som er ulikt ved start, er laget av loddet.")
    yield Heading("Resultater")
    yield from _effects(told)
    yield Paragraph(_multiplicity(told.plan))
    for line in printed.log_ranks(told):
        yield Paragraph(line)
    yield from (figure for name, figure in drawn.items() if name.startswith(("kurve", "over-tid")))
    for one in told.analyses:
        yield from rules.blocks(one, told.plan)
    yield from _subgroups(told, drawn)
    yield Heading("Hvordan tallene er regnet")
    yield from _made_by(told)


def _answer(one: AnalysisResult, plan: Plan) -> Iterator[Block]:
    names = {arm.id: arm.name for arm in plan.arms}
    effect = one.main.effect
    yield Paragraph(printed.title(one, plan))
    yield Bullets(
        tuple(
            f"{of}: "
            + "; ".join(
                f"{names[a.arm]} {numbers}"
                for a, numbers in zip(told.arms, words.arm_numbers(told, one.outcome.kind), strict=True)
            )
            for of, told in (("Av alle som ble trukket", one.all_randomised), ("Av dem med svar", one.with_data))
        )
    )
    if effect is None:
        yield Note(words.REASONS[one.main.not_estimable or "too_few"])
        return
    estimate, between = words.shown(effect)
    level = number(100 * effect.level, 0)
    adjusted = "" if one.p_adjusted is None else f" (justert for flere armer: {p_value(one.p_adjusted)})"
    yield Paragraph(
        f"{words.measure(effect).capitalize()} {estimate}, {level} % konfidensintervall {between} "
        f"({words.method(effect)}), p = {p_value(effect.p)}{adjusted}. "
        f"Regel for det som mangler: {words.RULES[one.main.rule]}."
    )
    for line in printed.beside(one):
        yield Paragraph(line)
    if one.number_needed is None and effect.measure == "RD":
        yield Note("Antall som må få tilbudet for én til i jobb, oppgis ikke: intervallet for forskjellen rommer null.")


def _planned(plan: Plan) -> Iterator[Block]:
    yield Paragraph(plan.population + ".")
    arms = ", ".join(f"{arm.name} ({arm.share})" for arm in plan.arms)
    by = ", ".join(printed.column_name(plan, column) for column in plan.randomisation.by)
    yield Bullets(
        (
            f"Registrering: {plan.registration or 'ikke oppgitt'}",
            f"Planlagt antall: {plan.planned_n}",
            f"Armer og forhold: {arms}",
            f"Loddtrekning: {SCHEMES[plan.randomisation.scheme]}{', etter ' + by if by else ''}",
            f"Signifikansnivå: {number(plan.alpha)}, tosidig",
            f"Undergrupper: {', '.join(printed.column_name(plan, c) for c in plan.subgroups) or 'ingen'}",
        )
    )
    rows = tuple(_planned_row(role, one, plan) for role, one in _roles(plan))
    columns = ("Analyse", "Utfall", "Mål og metode", "Det som mangler", "Justert for")
    yield Table(columns, rows, "Analysene i planen")
    yield Table(
        ("Utfall", "Måned", "Definisjon"),
        tuple((o.name, str(p.month), _definition(o, p.month)) for o in plan.outcomes for p in o.points),
        "Utfallene og hvordan de måles",
        frozenset({1}),
    )


def _roles(plan: Plan) -> list[tuple[str, Analysis]]:
    return [("primary", plan.primary), *(("secondary", one) for one in plan.secondary)]


def _planned_row(role: str, one: Analysis, plan: Plan) -> tuple[str, ...]:
    outcome = f"{plan.outcome(one.outcome).name}, {one.month} md."
    adjusted = ", ".join(printed.column_name(plan, c) for c in one.adjust_for) or "ingenting"
    how = f"{words.MEASURES[SHORT[one.measure]]}, {words.PLANNED_METHODS.get(one.method, one.method)}"
    return words.ROLES[role], outcome, how, words.RULES[one.missing], adjusted


def _definition(outcome: Outcome, month: int) -> str:
    made_by = outcome.at(month).definition
    if made_by:
        return f"{made_by.name_nb} ({made_by.id}, versjon {made_by.version})"
    if outcome.instrument:
        return f"Spørreskjemaet {outcome.instrument[0]}, versjon {outcome.instrument[1]}"
    return outcome.description or ""


def _at_start(told: TrialResult) -> Table:
    names = {arm.id: arm.name for arm in told.plan.arms}
    columns = ("", *(f"{names[arm.arm]} (n = {arm.randomised})" for arm in told.flow.arms))
    return Table(columns, tuple(at_start.rows(told)), "Hvem de var ved start", frozenset(range(1, len(columns))))


def _effects(told: TrialResult) -> Iterator[Block]:
    rows = []
    for one in told.analyses:
        effect = one.main.effect
        shown = words.in_short(effect) if effect else words.REASONS[one.main.not_estimable or "too_few"]
        p = p_value(effect.p if effect else None), p_value(one.p_adjusted)
        rows.append((printed.title(one, told.plan), *words.arm_numbers(one.main, one.outcome.kind), shown, *p))
    columns = ("Analyse", "Tiltak", "Kontroll", "Effekt (KI)", "p", "Justert p")
    yield Table(columns, tuple(rows), "Effektene", frozenset(range(1, 6)))
    used = dict.fromkeys(one.main.effect.measure for one in told.analyses if one.main.effect)
    units = {"RD": " i prosentpoeng"}
    meant = [f"{words.LETTERS[m]}: {words.MEASURES[m]}{units.get(m, '')}" for m in used if m in words.LETTERS]
    meant += ["«justert»: effekten er justert som planlagt, armenes tall er det ikke"]
    level = number(100 * (1 - told.plan.alpha), 0)
    yield Note("; ".join((*meant, f"KI: {level} % konfidensintervall", "SD: standardavvik")) + ".")


def _multiplicity(plan: Plan) -> str:
    told = MULTIPLICITY[plan.multiplicity]
    if plan.multiplicity == "none":
        return told
    several = " Hovedanalysen av hver arm er justert likedan, for seg." if len(plan.arms) > 2 else ""
    return f"{told}{several} Intervallene er ikke justert."


def _subgroups(told: TrialResult, drawn: dict[str, Figure]) -> Iterator[Block]:
    if not told.subgroups:
        return
    yield Heading("Undergrupper")
    yield Note(words.WARNINGS["subgroups_low_power"])
    for group in told.subgroups:
        name = f"{printed.column_name(told.plan, group.by)}{printed.of_arm(group.arm, told.plan)}"
        if group.told is None:
            yield Paragraph(f"{name}: {words.REASONS[group.not_estimable or 'too_few']}")
        else:
            yield Paragraph(f"{name}: test av om effekten er ulik (samspill), p = {p_value(group.told.p)}.")
    yield from (figure for key, figure in drawn.items() if key.startswith("undergrupper"))


def _made_by(told: TrialResult) -> Iterator[Block]:
    beside = (words.WARNINGS["amount_not_randomised"], words.WARNINGS["subgroups_low_power"])
    notes = [line for line in printed.notes(told) if line not in beside]
    if notes:
        yield Bullets(tuple(notes))
    scored = f" Regnet ut fra svarene: {', '.join(told.scored)}." if told.scored else ""
    yield Paragraph(
        f"Planen er filen {told.plan.file} (SHA-256 {told.plan.sha256}). Dataene har SHA-256 {told.data_sha256}. "
        f"Frø for imputering, bootstrap og ny loddtrekning: {told.seed}.{scored}"
    )


def _figure(chart: Any, caption: str, alt: str) -> Figure:
    import vl_convert

    return Figure(svg=vl_convert.vegalite_to_svg(chart.to_dict()), caption=caption, alt=alt)
