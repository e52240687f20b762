"""The result as tables for people."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table

from fotfeste.commands.trial.analysed import words
from fotfeste.trial.analysis.planned import AnalysisResult, ByRule
from fotfeste.trial.analysis.trial import SubgroupResult, TrialResult
from fotfeste.trial.plan import Plan


def show(told: TrialResult) -> None:
    Console(highlight=False).print(Group(*_parts(told)))


def _parts(told: TrialResult) -> Iterator[RenderableType]:
    yield escape(told.plan.title)
    yield _flow(told)
    yield _effects(told)
    for one in told.primary:
        yield _rules(one)
    for group in told.subgroups:
        yield _subgroup(group, told.plan)
    yield from notes(told)


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


def _effects(told: TrialResult) -> Table:
    """Narrow enough for a terminal of 80 signs; the report and the JSON tell more."""
    adjusted = told.plan.multiplicity != "none"
    table = grid("Analysene", "Analyse", "Tiltak", "Kontroll", "Effekt (KI)", "p", *(["p just."] if adjusted else []))
    for one in told.analyses:
        digits, unit, times = (1, " %", 100) if one.outcome.kind in ("binary", "time") else (1, "", 1)
        arms = [f"{words.number(times * a.value, digits)}{unit}\n(n {a.people})" for a in one.main.arms]
        effect = one.main.effect
        if effect is None:
            cells = [words.REASONS[one.main.not_estimable or "too_few"], "–"]
        else:
            cells = [words.in_short(effect).replace(" (", "\n("), words.p_value(effect.p)]
        table.add_row(
            escape(title(one, told.plan)), *arms, *cells, *([words.p_value(one.p_adjusted)] if adjusted else [])
        )
    return table


def title(one: AnalysisResult, plan: Plan) -> str:
    """What an analysis is called; with several arms also which of them it compares."""
    told = f"{words.ROLES[one.role]}: {one.outcome.name}, {one.analysis.month} md."
    name = next(arm.name for arm in plan.arms if arm.id == one.arm)
    return f"{told} {name}" if len(plan.arms) > 2 else told


def arm_text(one: AnalysisResult, i: int) -> str:
    arm = one.main.arms[i]
    return f"{words.arm_value(arm.value, arm.sd, one.outcome.kind)}, n = {arm.people}"


def rule_rows(one: AnalysisResult) -> list[tuple[str, ByRule]]:
    """The planned rule, both denominators, and the other rules, each once."""
    seen: dict[str, ByRule] = {one.main.rule: one.main}
    for told in (one.all_randomised, one.with_data, *one.sensitivity):
        seen.setdefault(told.rule, told)
    return [(words.RULES[rule] + (" (planlagt)" if rule == one.main.rule else ""), t) for rule, t in seen.items()]


def _rules(one: AnalysisResult) -> Table:
    table = grid(f"{one.outcome.name}: det som mangler", "Regel", "Tiltak", "Kontroll", "Effekt (KI)")
    for name, told in rule_rows(one):
        arms = [f"{words.arm_value(a.value, a.sd, one.outcome.kind)} av {a.people}" for a in told.arms]
        table.add_row(name, *arms, words.in_short(told.effect) if told.effect else "–")
    return table


def level_names(plan: Plan, column: str) -> dict[str, str]:
    """Values of a category as people read them."""
    told = {level.id: level.name for f in plan.factors if f.column == column for level in f.levels}
    return told | {v.id: v.name for c in plan.baseline if c.column == column for v in c.levels} | {"unknown": "ukjent"}


def column_name(plan: Plan, column: str) -> str:
    named = {f.column: f.name for f in plan.factors} | {c.column: c.name for c in plan.baseline}
    return named.get(column, column)


def _subgroup(group: SubgroupResult, plan: Plan) -> RenderableType:
    if group.told is None:
        return f"{column_name(plan, group.by)}: {words.REASONS[group.not_estimable or 'too_few']}"
    names = level_names(plan, group.by)
    title = f"{column_name(plan, group.by)}: er effekten ulik? p = {words.p_value(group.told.p)}"
    table = grid(title, "Undergruppe", "n", "Effekt (KI)")
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
    for one in told.primary:
        if one.number_needed:
            need = one.number_needed
            what = (
                "få tilbudet for at én mer får utfallet"
                if need.direction == "benefit"
                else "få tilbudet for at én mister det"
            )
            between = f"{words.number(need.ci_low, 1)} til {words.number(need.ci_high, 1)}"
            lines.append(f"{words.number(need.estimate, 1)} personer må {what} ({between}).")
        if one.randomisation:
            lines.append(
                f"Test ved ny loddtrekning, {one.randomisation.draws} ganger: p = {words.p_value(one.randomisation.p)}."
            )
    return [f"• {line}" for line in lines]
