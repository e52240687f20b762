"""A cohort model: states, the moves between them, and what the intervention does to the moves."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import numpy as np

from fotfeste.economics.curves import FOR_EVER
from fotfeste.economics.discounting import FloatArray
from fotfeste.economics.markov import BadCohort, Cohort, Counted, Row, State, Treatment
from fotfeste.economics.reading.errors import above_zero, as_many, positive, share, sourced
from fotfeste.files import Table

REASONS = {"sum": "sum", "negative": "probability_negative", "above_one": "probability_above_one"}


def read_cohort(table: Table) -> Cohort:
    """Read a cohort; `check_moves` checks it over a horizon."""
    states = tuple(_state(told) for told in table.tables("states"))
    ids = [state.id for state in states]
    for place, id in enumerate(ids):
        if id in ids[:place]:
            raise table.bad(f"states[{place + 1}].id", "duplicate", id)
    cohort = Cohort(
        states=states,
        start=as_many(table, "start", table.reals("start"), len(states)),
        rows=tuple(_row(told, ids) for told in table.tables("rows")),
        cycle_months=above_zero(table, "cycle_months", table.real("cycle_months")),
        counted=table.choice("counted", Counted),
        treatments=tuple(_treatment(told, ids) for told in table.tables("treatments")),
    )
    _check_start(table, cohort.start)
    table.done()
    return cohort


def check_moves(
    table: Table, cohort: Cohort, horizon_months: float, change: Mapping[str, float] = MappingProxyType({})
) -> None:
    """Refuse what is no probability until the horizon, in the model itself or in a scenario's ``change`` of it."""
    try:
        cohort.check(round(horizon_months / cohort.cycle_months), change)
    except BadCohort as error:
        if change:
            raise table.bad("change", REASONS[error.reason], round(error.value, 6)) from None
        key = (
            f"{error.what}.probabilities"
            if error.what.startswith("rows")
            else f"{error.what}.{_measure(cohort, error)}"
        )
        raise table.bad(key, REASONS[error.reason], round(error.value, 6)) from None


def evidence_of(cohort: Cohort) -> dict[str, FloatArray]:
    """People seen to make each move, by row, where the file says how many people a row rests on."""
    return {
        f"rows[{i}]": np.array(row.probabilities) * row.people
        for i, row in enumerate(cohort.rows, start=1)
        if row.people is not None
    }


def _state(table: Table) -> State:
    state = State(
        id=table.text("id"),
        name=table.text("name"),
        in_work=table.yes("in_work"),
        full_time_share=share(table, "full_time_share") if table.has("full_time_share") else 0.0,
        utility=table.optional_real("utility"),
    )
    table.done()
    return state


def _row(table: Table, ids: list[str]) -> Row:
    """Either the probabilities, with how many people they rest on if that is known, or the people who were counted."""
    state = _known(table, "from", table.text("from"), ids)
    source, assumed = sourced(table)
    if table.has("counts"):
        counts = as_many(table, "counts", table.reals("counts"), len(ids))
        for place, count in enumerate(counts, start=1):
            positive(table, f"counts[{place}]", count)
        evidence: float | None = sum(counts)
        if not evidence:
            raise table.bad("counts", "missing")
        probabilities: tuple[float, ...] = tuple(count / evidence for count in counts)
    else:
        probabilities = as_many(table, "probabilities", table.reals("probabilities"), len(ids))
        people = table.optional_real("people")
        evidence = None if people is None else above_zero(table, "people", people)
    begins = positive(table, "from_month", table.optional_real("from_month") or 0.0)
    table.done()
    return Row(
        state=state, probabilities=probabilities, from_month=begins, people=evidence, source=source, assumed=assumed
    )


def _treatment(table: Table, ids: list[str]) -> Treatment:
    measure: Literal["ratio", "difference"] = "ratio" if table.has("ratio") else "difference"
    source, assumed = sourced(table)
    transitions = []
    for told in table.tables("transitions"):
        origin, target = (_known(told, name, told.text(name), ids) for name in ("from", "to"))
        if origin == target:
            raise told.bad("to", "transition", target)
        told.done()
        transitions.append((origin, target))
    if not transitions:
        raise table.bad("transitions", "missing")
    ends = table.optional_real("to_month")
    effect = table.real(measure)
    treatment = Treatment(
        id=table.text("id"),
        measure=measure,
        effect=positive(table, measure, effect) if measure == "ratio" else effect,
        transitions=tuple(transitions),
        from_month=positive(table, "from_month", table.optional_real("from_month") or 0.0),
        to_month=FOR_EVER if ends is None else ends,
        source=source,
        assumed=assumed,
    )
    table.done()
    return treatment


def _check_start(table: Table, start: tuple[float, ...]) -> None:
    for place, value in enumerate(start, start=1):
        if value < 0:
            raise table.bad(f"start[{place}]", "probability_negative", value)
    if abs(sum(start) - 1) > 1e-6:
        raise table.bad("start", "sum", sum(start))


def _known(table: Table, name: str, state: str, ids: list[str]) -> str:
    if state not in ids:
        raise table.bad(name, "state", state)
    return state


def _measure(cohort: Cohort, error: BadCohort) -> str:
    return cohort.treatments[int(error.what[len("treatments[") : -1]) - 1].measure
