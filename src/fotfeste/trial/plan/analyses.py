"""The planned comparisons, held against the outcomes and columns that they name."""

from collections.abc import Sequence
from typing import cast

from fotfeste.files import Table
from fotfeste.trial.plan.shapes import Analysis, Missing, Outcome
from fotfeste.trial.plan.words import ADJUSTING, METHODS, MissingRule

ABOUT_WORK = ("not_in_work", "best_case", "worst_case")
"""Rules that put a value in the place of a missing one; a scale has no such value."""


def read_analyses(
    table: Table, outcomes: Sequence[Outcome], columns: Sequence[str], missing: Missing
) -> tuple[Analysis, tuple[Analysis, ...]]:
    """The primary analysis and the secondary ones, in the order of the file."""
    primary = _analysis(table.table("primary"), outcomes, columns, missing)
    seen, secondary = {primary.id}, []
    for row in table.tables("secondary"):
        planned = _analysis(row, outcomes, columns, missing)
        if planned.id in seen:
            raise row.bad("measure", "duplicate", planned.id)
        seen.add(planned.id)
        secondary.append(planned)
    return primary, tuple(secondary)


def _analysis(row: Table, outcomes: Sequence[Outcome], columns: Sequence[str], missing: Missing) -> Analysis:
    id, month = row.text("outcome"), row.number("month")
    outcome = next((one for one in outcomes if one.id == id), None)
    if outcome is None:
        raise row.bad("outcome", "unknown_name", id)
    if month not in [point.month for point in outcome.points]:
        raise row.bad("month", "unknown_name", month)
    measures = METHODS[outcome.kind]
    measure = row.text("measure")
    if measure not in measures:
        raise row.bad("measure", "unknown_name", measure)
    method = row.text("method") if row.has("method") else measures[measure][0]
    if method not in measures[measure]:
        raise row.bad("method", "method", method)
    waves = [p.column for o in outcomes for p in o.points if p.month < month]
    adjust_for = row.texts("adjust_for")
    for column in adjust_for:
        if column not in columns and column not in waves:
            raise row.bad("adjust_for", "unknown_name", column)
    if adjust_for and method not in ADJUSTING:
        raise row.bad("adjust_for", "cannot_adjust", method)
    rule = cast(MissingRule, row.choice("missing", MissingRule)) if row.has("missing") else missing.rule
    if outcome.kind == "continuous" and rule in ABOUT_WORK:
        raise row.bad("missing", "missing_rule", rule)
    planned = Analysis(
        outcome=id,
        month=month,
        measure=measure,
        method=method,
        missing=rule,
        adjust_for=adjust_for,
        randomisation_test=row.yes("randomisation_test"),
    )
    row.done()
    return planned
