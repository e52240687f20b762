"""The effect on work: typed in, from persons, or from the result of a trial or a register study."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fotfeste.economics.curves import FOR_EVER, After, Before, Curve
from fotfeste.economics.reading.errors import as_many, positive, rising, share, sourced
from fotfeste.economics.reading.people import Persons
from fotfeste.economics.shapes import WorkEffect
from fotfeste.economics.uncertainty import Uncertain
from fotfeste.files import Table
from fotfeste.files.results import BadResult, read_result

DIFFERENCES = frozenset({"RD", "MD", "difference", "risk_difference"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEffect:
    effect: WorkEffect
    uncertain: tuple[Uncertain, ...]
    correlations: tuple[tuple[str, str, float], ...]
    sources: tuple[tuple[str, str, bool], ...]
    files: tuple[tuple[str, str], ...]
    """The results read, as the file names them, and their SHA-256."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Points:
    months: tuple[float, ...]
    difference: tuple[float, ...]
    reference: tuple[float, ...] | None
    se: tuple[float, ...]
    definition: str | None = None
    files: tuple[tuple[str, str], ...] = ()


def read_effect(table: Table, folder: Path, persons: Persons | None) -> ReadEffect:
    """Read the effect and how uncertain it is."""
    outcome = table.text("outcome")
    if table.has("file"):
        key, points = "file", _result(table, folder, outcome)
    elif table.has("columns"):
        key, points = "columns", _from_persons(table, persons)
    else:
        key, points = "difference", _typed_in(table)
    _check_shares(table, key, points)
    source, assumed = sourced(table)
    sources = [("effect", source, assumed)]
    uncertain, correlations = _uncertain(table, "effect.difference", points.difference, points.se)
    qaly: Curve | None = None
    values: tuple[float, ...] = ()
    if table.has("qaly"):
        told = table.table("qaly")
        sources.append(("qaly", *sourced(told)))
        qaly = read_curve(told)
        values = as_many(told, "difference", told.reals("difference"), len(qaly.months))
        of_qaly = _uncertain(told, "qaly.difference", values, told.reals("se"))
        uncertain, correlations = uncertain + of_qaly[0], correlations + of_qaly[1]
        told.done()
    effect = WorkEffect(
        outcome=outcome,
        curve=read_curve(table, points.months),
        difference=points.difference,
        reference=points.reference,
        source=source,
        assumed=assumed,
        definition=points.definition or table.optional_text("definition"),
        full_time_share=share(table, "full_time_share") if table.has("full_time_share") else None,
        qaly_curve=qaly,
        qaly_difference=values,
    )
    table.done()
    return ReadEffect(
        effect=effect,
        uncertain=tuple(uncertain),
        correlations=tuple(correlations),
        sources=tuple(sources),
        files=points.files,
    )


def read_curve(table: Table, months: tuple[float, ...] | None = None) -> Curve:
    """What happens between and after the measured months."""
    months = rising(table, "months", table.reals("months") if months is None else months)
    after: After = table.choice("after", After)
    lasts = table.optional_real("lasts_to_month")
    if after == "fades" and lasts is None:
        raise table.bad("lasts_to_month", "missing")
    if lasts is not None and lasts < months[-1]:
        raise table.bad("lasts_to_month", "order", lasts)
    before: Before = table.choice("before", Before)
    return Curve(months=months, before=before, after=after, lasts_to_month=FOR_EVER if lasts is None else lasts)


def _typed_in(table: Table) -> _Points:
    months, difference = table.reals("months"), table.reals("difference")
    as_many(table, "difference", difference, len(months))
    reference = as_many(table, "reference", table.reals("reference"), len(months)) if table.has("reference") else None
    return _Points(months=months, difference=difference, reference=reference, se=table.reals("se"))


def _check_shares(table: Table, key: str, points: _Points) -> None:
    """Refuse what is no share of people in work in one of the arms."""
    for value in points.difference:
        if abs(value) > 1:
            raise table.bad(key, "difference", value)
    for place, level in enumerate(points.reference or ()):
        for value in (level, level + points.difference[place]):
            if not 0 <= value <= 1:
                raise table.bad("reference" if key == "difference" else key, "share", value)


def _from_persons(table: Table, persons: Persons | None) -> _Points:
    if persons is None:
        raise table.bad("columns", "people_missing")
    months, columns = table.reals("months"), table.texts("columns")
    if len(columns) != len(months):
        raise table.bad("columns", "length", len(months))
    told = [persons.difference_of(f"effect.#[{i}]", table, c) for i, c in enumerate(columns, start=1)]
    return _Points(months=months, difference=tuple(d for d, _ in told), reference=tuple(r for _, r in told), se=())


def _result(table: Table, folder: Path, outcome: str) -> _Points:
    """The difference that an analysis of a trial or a register wrote: the first with a standard error, as planned."""
    named, month = table.text("file"), table.real("time")
    try:
        result = read_result(folder / named)
    except BadResult as error:
        raise table.bad("file", "result", error.file) from None
    if not result.about(outcome, None):
        raise table.bad("outcome", "result_outcome", _listed(one.outcome for one in result.estimates))
    found = result.about(outcome, month)
    if not found:
        raise table.bad("time", "result_time", _listed(one.month for one in result.about(outcome, None)))
    differences = [one for one in found if (one.measure or "RD") in DIFFERENCES]
    if not differences:
        raise table.bad("file", "result_measure", _listed(one.measure for one in found))
    if len({one.arm for one in differences}) > 1:
        raise table.bad("file", "result_arms", _listed(one.arm for one in differences))
    told = next((one for one in differences if one.se is not None), differences[0])
    for key, value in (("estimate", told.estimate), ("se", told.se)):
        if value is None:
            raise table.bad("file", "result_key", f"{told.key}.{key}".lstrip("."))
    assert told.estimate is not None
    assert told.se is not None
    definition = told.definition
    return _Points(
        months=(month,),
        difference=(told.estimate,),
        reference=None,
        se=(told.se,),
        definition=definition if isinstance(definition, str) or definition is None else json.dumps(definition),
        files=((named, result.sha256),),
    )


def _listed(values: Iterable[object]) -> str:
    told = dict.fromkeys(value for value in values if value is not None)
    return ", ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in told)


def _uncertain(
    table: Table, name: str, values: tuple[float, ...], se: tuple[float, ...]
) -> tuple[list[Uncertain], list[tuple[str, str, float]]]:
    """Normal errors of the measured points. How the points hang together must be said where there are several."""
    if not se:
        return [], []
    as_many(table, "se", se, len(values))
    names = [f"{name}[{i}]" for i in range(1, len(values) + 1)]
    together: list[tuple[str, str, float]] = []
    if len(values) > 1:
        if not table.has("correlation"):
            raise table.bad("correlation", "correlation_missing")
        r = table.real("correlation")
        if not -1 <= r <= 1:
            raise table.bad("correlation", "correlation", r)
        together = [(one, other, r) for i, one in enumerate(names) for other in names[i + 1 :]]
    told = []
    for i, (parameter, value, error) in enumerate(zip(names, values, se, strict=True), start=1):
        positive(table, f"se[{i}]", error)
        told.append(Uncertain(parameter=parameter, distribution="normal", value=value, se=error))
    return told, together
