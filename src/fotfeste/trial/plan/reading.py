"""From the file to the plan; the first thing that is wrong is refused with its key."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from fotfeste.employment import UnknownDefinition, outcome_definition
from fotfeste.files import BadKey, Table, read_toml
from fotfeste.trial.plan.analyses import read_analyses
from fotfeste.trial.plan.shapes import (
    SITE,
    Arm,
    Assumptions,
    Covariate,
    Factor,
    Level,
    Missing,
    Outcome,
    Plan,
    Randomisation,
    TimePoint,
    ratio,
)
from fotfeste.trial.plan.words import Better, CovariateKind, Kind, MissingRule, Multiplicity, Scheme

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
"""Ids of arms, sites and levels, and names of columns: they become part of a hash, so nothing that looks alike."""

TAKEN = ("person", "request", "number", "arm", SITE, "included_on", "withdrew_on", "died_on", "chain")
"""Columns that a file of the trial has already."""

OF_MEASURE: dict[str, Kind] = {
    "days": "count",
    "weeks": "count",
    "hours": "count",
    "longest_job": "count",
    "first_job": "time",
}
"""The kind of outcome that a definition's measure gives; what is not here is binary."""

THOUSANDTHS = 1000


class BadPlan(BadKey):
    """A plan cannot be used, as ``BadKey`` says. Reasons beside its own: name, taken, unknown_name, duplicate, range,
    one_arm, reference, few_levels, unknown_definition, other_kind, other_month, how_measured, months, method,
    cannot_adjust, missing_rule, sum, block_size, no_factors and needless; no_assumptions and no_expected where one is
    to be made up."""


def read_plan(path: Path) -> Plan:
    """Read the plan of a trial.

    Parameters
    ----------
    path : Path
        A TOML file; ``docs/methods/trial-plan.md`` explains its keys.

    Returns
    -------
    Plan
        With the SHA-256 of the file.

    Raises
    ------
    BadPlan
        At the first thing that is wrong, with file, line, key, reason and value.
    """
    table = read_toml(path, error=BadPlan)
    arms = _arms(table)
    sites = Factor(column=SITE, name="Sted", levels=_levels(table, "site", least=1))
    strata = tuple(_stratum(row) for row in table.tables("stratum"))
    baseline = tuple(_covariate(row) for row in table.tables("baseline"))
    _once(table, "stratum", (factor.column for factor in strata))
    _once(table, "baseline", [factor.column for factor in strata] + [known.column for known in baseline])
    outcomes = tuple(_outcome(row, arms) for row in table.tables("outcome"))
    _once(table, "outcome", (outcome.id for outcome in outcomes))
    missing = _missing(table)
    known = [SITE, *(factor.column for factor in strata), *(one.column for one in baseline)]
    primary, secondary = read_analyses(table, outcomes, known, missing)
    categories = [SITE, *(f.column for f in strata), *(one.column for one in baseline if one.kind == "category")]
    plan = Plan(
        file=table.file,
        sha256=table.sha256,
        title=table.text("title"),
        registration=table.optional_text("registration"),
        population=table.text("population"),
        planned_n=at_least(table, "planned_n", 2),
        alpha=share(table, "alpha"),
        arms=arms,
        sites=sites,
        strata=strata,
        baseline=baseline,
        outcomes=outcomes,
        primary=primary,
        secondary=secondary,
        multiplicity=cast(Multiplicity, table.choice("multiplicity", Multiplicity)),
        subgroups=among(table, "subgroups", categories),
        missing=missing,
        randomisation=_randomisation(table.table("randomisation"), arms, (sites, *strata)),
        assumptions=_assumptions(table.table("assumptions"), arms) if table.has("assumptions") else None,
    )
    table.done()
    return plan


def _arms(table: Table) -> tuple[Arm, ...]:
    arms = []
    for row in table.tables("arm"):
        arms.append(
            Arm(
                id=name(row, "id"),
                name=row.text("name"),
                share=at_least(row, "share", 1),
                reference=row.yes("reference"),
            )
        )
        row.done()
    if len(arms) < 2:
        raise table.bad("arm", "one_arm", len(arms))
    if sum(arm.reference for arm in arms) != 1:
        raise table.bad("arm", "reference", sum(arm.reference for arm in arms))
    _once(table, "arm", (arm.id for arm in arms))
    return tuple(arms)


def _stratum(row: Table) -> Factor:
    factor = Factor(column=column(row), name=row.text("name"), levels=_levels(row, "level", least=2))
    row.done()
    return factor


def _levels(table: Table, key: str, *, least: int) -> tuple[Level, ...]:
    levels = []
    for row in table.tables(key):
        levels.append(Level(id=name(row, "id"), name=row.text("name")))
        row.done()
    if len(levels) < least:
        raise table.bad(key, "few_levels", len(levels))
    _once(table, key, (level.id for level in levels))
    return tuple(levels)


def _covariate(row: Table) -> Covariate:
    kind: CovariateKind = row.choice("kind", CovariateKind)
    is_category = kind == "category"
    made = Covariate(
        column=column(row),
        name=row.text("name"),
        kind=kind,
        levels=_levels(row, "level", least=2) if is_category else (),
        lowest=None if is_category else row.optional_real("lowest"),
        highest=None if is_category else row.optional_real("highest"),
    )
    row.done()
    return made


def _outcome(row: Table, arms: tuple[Arm, ...]) -> Outcome:
    id, kind = name(row, "id"), cast(Kind, row.choice("kind", Kind))
    if id in TAKEN:
        raise row.bad("id", "taken", id)
    points = tuple(_point(at, id, kind, arms) for at in row.tables("at"))
    months = [point.month for point in points]
    if not months or months != sorted(set(months)):
        raise row.bad("at", "months", months)
    instrument = (row.text("instrument"), row.number("instrument_version")) if row.has("instrument") else None
    made = Outcome(
        id=id,
        name=row.text("name"),
        kind=kind,
        better=cast(Better, row.choice("better", Better)),
        points=points,
        description=row.optional_text("description"),
        instrument=instrument,
        unit=row.optional_text("unit"),
        lowest=row.optional_real("lowest"),
        highest=row.optional_real("highest"),
        sd=row.optional_real("sd"),
    )
    if not (instrument or made.description or all(point.definition for point in points)):
        raise row.bad("description", "how_measured")
    row.done()
    return made


def _point(at: Table, id: str, kind: Kind, arms: tuple[Arm, ...]) -> TimePoint:
    month = at_least(at, "month", 0)
    definition = None
    if at.has("definition"):
        named, version = at.text("definition"), at.number("version")
        try:
            definition = outcome_definition(named, version)
        except UnknownDefinition as unknown:
            raise at.bad("definition", "unknown_definition", f"{named} {version}") from unknown
        if OF_MEASURE.get(definition.measure, "binary") != kind:
            raise at.bad("definition", "other_kind", named)
        if definition.months != month:
            raise at.bad("month", "other_month", month)
    expected = per_arm(at, "expected", arms) if at.has("expected") else ()
    if kind in ("binary", "time") and any(not 0 <= value < 1 for value in expected):
        raise at.bad("expected", "range", list(expected))
    at.done()
    return TimePoint(month=month, column=f"{id}@{month}", definition=definition, expected=expected)


def _missing(table: Table) -> Missing:
    row = table.table("missing")
    made = Missing(
        rule=cast(MissingRule, row.choice("rule", MissingRule)),
        sensitivity=cast(tuple[MissingRule, ...], row.choices("sensitivity", MissingRule)),
        imputations=at_least(row, "imputations", 2) if row.has("imputations") else Missing().imputations,
        tipping_point=row.yes("tipping_point"),
    )
    row.done()
    return made


def _randomisation(row: Table, arms: tuple[Arm, ...], factors: tuple[Factor, ...]) -> Randomisation:
    made = Randomisation(
        scheme=cast(Scheme, row.choice("scheme", Scheme)),
        by=among(row, "by", [factor.column for factor in factors]),
        block_sizes=row.numbers("block_sizes"),
        p=row.optional_real("p"),
    )
    round_of = sum(ratio(arms))
    for needed, name, there in (
        ("permuted_blocks", "block_sizes", made.block_sizes),
        ("minimisation", "p", made.p),
    ):
        if bool(there) != (made.scheme == needed):
            raise row.bad(name, "needless" if there else "missing", there or None)
    if made.scheme == "simple" and made.by:
        raise row.bad("by", "needless", list(made.by))
    if made.scheme == "minimisation" and not made.by:
        raise row.bad("by", "no_factors")
    for size in made.block_sizes:
        if size < round_of or size % round_of:
            raise row.bad("block_sizes", "block_size", size)
    _once(row, "block_sizes", map(str, made.block_sizes))
    if made.p is not None and (not 0.5 <= made.p < 1 or round(made.p * THOUSANDTHS) / THOUSANDTHS != made.p):
        raise row.bad("p", "range", made.p)
    row.done()
    return made


def _assumptions(row: Table, arms: tuple[Arm, ...]) -> Assumptions:
    made = Assumptions(
        first_on=row.day("first_on"),
        last_on=row.day("last_on"),
        lost=per_arm(row, "lost", arms),
        withdrew=per_arm(row, "withdrew", arms),
        died=per_arm(row, "died", arms),
    )
    if made.last_on <= made.first_on:
        raise row.bad("last_on", "range", made.last_on)
    for at, arm in enumerate(arms):
        if not 0 <= made.lost[at] + made.withdrew[at] + made.died[at] < 1:
            raise row.bad("lost", "sum", arm.id)
    row.done()
    return made


def name(row: Table, key: str) -> str:
    text = row.text(key)
    if not NAME.fullmatch(text):
        raise row.bad(key, "name", text)
    return text


def column(row: Table) -> str:
    text = name(row, "column")
    if text in TAKEN:
        raise row.bad("column", "taken", text)
    return text


def at_least(row: Table, key: str, lowest: int) -> int:
    number = row.number(key)
    if number < lowest:
        raise row.bad(key, "range", number)
    return number


def share(row: Table, key: str) -> float:
    number = row.real(key)
    if not 0 < number < 1:
        raise row.bad(key, "range", number)
    return number


def per_arm(row: Table, key: str, arms: tuple[Arm, ...]) -> tuple[float, ...]:
    values = row.table(key)
    found = tuple(values.real(arm.id) for arm in arms)
    values.done()
    return found


def among(row: Table, key: str, known: Iterable[str]) -> tuple[str, ...]:
    """A list of names, each known and named once."""
    chosen, known = row.texts(key), tuple(known)
    for one in chosen:
        if one not in known:
            raise row.bad(key, "unknown_name", one)
    _once(row, key, chosen)
    return chosen


def _once(table: Table, key: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in names:
        if one in seen:
            raise table.bad(key, "duplicate", one)
        seen.add(one)
