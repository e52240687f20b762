"""The result as tables for people."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table

from fotfeste.commands.numbers import number, p_value
from fotfeste.commands.trial.analysed import at_start, words
from fotfeste.trial.analysis.planned import AnalysisResult, ByRule
from fotfeste.trial.analysis.trial import SubgroupResult, TrialResult
from fotfeste.trial.plan import Plan


def show(told: TrialResult) -> None:
    Console(highlight=False).print(Group(*_parts(told)))


def _parts(told: TrialResult) -> Iterator[RenderableType]:
    yield escape(told.plan.title)
    yield _flow(told)
    yield _baseline(told)
    yield _effects(told)
    for one in told.primary:
        yield _rules(one, told.plan)
    for group in told.subgroups:
        yield _subgroup(group, told.plan)
    said = [f"{line}{of_arm(one.arm, told.plan)}" for one in told.primary for line in beside(one)]
    yield from (f"• {line}" for line in (*notes(told), *said, *log_ranks(told)))


def grid(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="left" if i == 0 else "right")
    return table


def _flow(told: TrialResult) -> Table:
    names = {arm.id: arm.name for arm in told.plan.arms}
    arms = told.flow.arms
    table = grid("Deltakerne", "", *(escape(names[arm.arm]) for arm in arms))
    rows = (
        ("Trukket", "randomised"),
        ("Trakk samtykket, uten utfall", "withdrew"),
        ("Døde, uten utfall", "died"),
        ("Tapt for oppfølging", "lost"),
        ("Med utfall", "with_outcome"),
        ("I hovedanalysen", "analysed"),
    )
    for name, field in rows:
        table.add_row(name, *(str(getattr(arm, field)) for arm in arms))
    return table


def _baseline(told: TrialResult) -> Table:
    names = {arm.id: arm.name for arm in told.plan.arms}
    table = grid("Ved start", "", *(escape(names[arm.arm]) for arm in told.flow.arms))
    for name, *cells in at_start.rows(told):
        table.add_row(escape(name), *cells)
    return table


def _effects(told: TrialResult) -> Table:
    """Narrow enough for a terminal of 80 signs; the report and the JSON tell more."""
    adjusted = told.plan.multiplicity != "none"
    table = grid("Analysene", "Analyse", "Tiltak", "Kontroll", "Effekt (KI)", "p", *(["p just."] if adjusted else []))
    for one in told.analyses:
        digits, unit, times = (1, " %", 100) if one.outcome.kind in ("binary", "time") else (1, "", 1)
        arms = [f"{number(times * a.value, digits)}{unit}\n(n {a.people})" for a in one.main.arms]
        effect = one.main.effect
        if effect is None:
            cells = [words.REASONS[one.main.not_estimable or "too_few"], "–"]
        else:
            cells = [words.in_short(effect).replace(" (", "\n("), p_value(effect.p)]
        table.add_row(escape(title(one, told.plan)), *arms, *cells, *([p_value(one.p_adjusted)] if adjusted else []))
    return table


def title(one: AnalysisResult, plan: Plan) -> str:
    """What an analysis is called."""
    adjusted = ", justert" if one.analysis.adjust_for else ""
    return f"{words.ROLES[one.role]}: {one.outcome.name}, {one.analysis.month} md.{adjusted}{of_arm(one.arm, plan)}"


def of_arm(arm: str, plan: Plan) -> str:
    """Which arm is compared with the reference, where there are several."""
    return f" – {next(a.name for a in plan.arms if a.id == arm)}" if len(plan.arms) > 2 else ""


def rule_rows(one: AnalysisResult) -> list[tuple[str, ByRule]]:
    """The planned rule, both denominators, and the other rules, each once."""
    seen: dict[str, ByRule] = {one.main.rule: one.main}
    for told in (one.all_randomised, one.with_data, *one.sensitivity):
        seen.setdefault(told.rule, told)
    return [(words.RULES[rule] + (" (planlagt)" if rule == one.main.rule else ""), t) for rule, t in seen.items()]


def _rules(one: AnalysisResult, plan: Plan) -> Table:
    heading = escape(f"{one.outcome.name}: det som mangler{of_arm(one.arm, plan)}")
    table = grid(heading, "Regel", "Tiltak", "Kontroll", "Effekt (KI)")
    for name, told in rule_rows(one):
        cells = (*words.arm_numbers(told, one.outcome.kind), words.in_short(told.effect) if told.effect else "–")
        table.add_row(name, *(cell.replace(" (", "\n(") for cell in cells))
    return table


def level_names(plan: Plan, column: str) -> dict[str, str]:
    """Values of a category as people read them."""
    told = {level.id: level.name for f in plan.factors if f.column == column for level in f.levels}
    return told | {v.id: v.name for c in plan.baseline if c.column == column for v in c.levels} | {"unknown": "ukjent"}


def column_name(plan: Plan, column: str) -> str:
    named = {f.column: f.name for f in plan.factors} | {c.column: c.name for c in plan.baseline}
    id, _, month = column.partition("@")
    when = "ved start" if month == "0" else f"{month} md."
    waves = {o.id: f"{o.name}, {when}" for o in plan.outcomes}
    return named.get(column) or waves[id]


def _subgroup(group: SubgroupResult, plan: Plan) -> RenderableType:
    about = f"{column_name(plan, group.by)}{of_arm(group.arm, plan)}"
    if group.told is None:
        return f"{about}: {words.REASONS[group.not_estimable or 'too_few']}"
    names = level_names(plan, group.by)
    table = grid(escape(f"{about}: er effekten ulik? p = {p_value(group.told.p)}"), "Undergruppe", "n", "Effekt (KI)")
    for level, effect in group.told.effects.items():
        table.add_row(escape(names.get(level, level)), str(effect.n), words.in_short(effect))
    return table


def codes(told: TrialResult) -> list[str]:
    """Every warning once."""
    found: list[str] = []
    for one in told.analyses:
        found += [*(one.main.effect.warnings if one.main.effect else ()), *one.warnings]
        found += one.parts.warnings if one.parts else ()
    for group in told.subgroups:
        found += group.told.warnings if group.told else ()
    return list(dict.fromkeys(found))


def notes(told: TrialResult) -> list[str]:
    lines = [words.WARNINGS[code] for code in codes(told)]
    if told.post_hoc:
        lines.append("Analyser merket «ikke planlagt (post hoc)» står ikke i planen. De kan gi ideer, ikke svar.")
    return lines


def beside(one: AnalysisResult) -> list[str]:
    """What is told of an analysis beside its effect."""
    lines = []
    if need := one.number_needed:
        what = "én mer får utfallet" if need.direction == "benefit" else "én mister det"
        between = f"{number(need.ci_low, 1)} til {number(need.ci_high, 1)}"
        lines.append(f"{number(need.estimate, 1)} personer må få tilbudet for at {what} ({between}).")
    if drawn := one.randomisation:
        lines.append(f"Test ved ny loddtrekning, {words.thousands(drawn.draws)} ganger: p = {p_value(drawn.p)}.")
    return lines


def log_ranks(told: TrialResult) -> list[str]:
    return [
        f"{told.plan.outcome(curve.outcome).name}, {curve.month} md.{of_arm(arm, told.plan)}: "
        f"log-rank-test, p = {p_value(test.p)} (ikke planlagt, post hoc)."
        for curve in told.curves
        for arm, test in curve.tests.items()
    ]
