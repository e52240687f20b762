"""The effect on work: typed in, from persons, or from the result of a trial or a register study."""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from fotfeste.economics.curves import FOR_EVER, After, Before, Curve
from fotfeste.economics.reading.errors import as_many, positive, rising, share, sourced
from fotfeste.economics.reading.people import Persons
from fotfeste.economics.shapes import WorkEffect
from fotfeste.economics.uncertainty import Uncertain
from fotfeste.files import Table

DIFFERENCES = frozenset({"RD", "MD", "difference", "risk_difference"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEffect:
    effect: WorkEffect
    uncertain: tuple[Uncertain, ...]
    correlations: tuple[tuple[str, str, float], ...]
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
        points = _result(table, folder, outcome)
    elif table.has("columns"):
        points = _from_persons(table, persons)
    else:
        points = _typed_in(table)
    source, assumed = sourced(table)
    uncertain, correlations = _uncertain(table, "effect.difference", points.difference, points.se)
    qaly: Curve | None = None
    values: tuple[float, ...] = ()
    if table.has("qaly"):
        told = table.table("qaly")
        sourced(told)
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


def _from_persons(table: Table, persons: Persons | None) -> _Points:
    if persons is None:
        raise table.bad("columns", "people_missing")
    months, columns = table.reals("months"), table.texts("columns")
    if len(columns) != len(months):
        raise table.bad("columns", "length", len(months))
    told = [persons.difference_of(f"effect.#[{i}]", table, c) for i, c in enumerate(columns, start=1)]
    return _Points(months=months, difference=tuple(d for d, _ in told), reference=tuple(r for _, r in told), se=())


def _result(table: Table, folder: Path, outcome: str) -> _Points:
    """One estimate as an analysis of a trial or a register writes it."""
    named, month = table.text("file"), table.real("time")
    path = folder / named
    try:
        content = path.read_bytes()
        written: Any = json.loads(content)
    except (OSError, ValueError):
        raise table.bad("file", "result", path.name) from None
    told = _named(written, outcome, month)
    for key in ("estimate", "se", "outcome", "time"):
        if told.get(key) is None:
            raise table.bad("file", "result_key", key)
    if told["outcome"] != outcome:
        raise table.bad("outcome", "result_outcome", told["outcome"])
    if _month(told["time"]) != month:
        raise table.bad("time", "result_time", told["time"])
    if told.get("measure", "RD") not in DIFFERENCES:
        raise table.bad("file", "result_measure", told["measure"])
    definition = told.get("definition")
    return _Points(
        months=(month,),
        difference=(float(told["estimate"]),),
        reference=None,
        se=(float(told["se"]),),
        definition=definition if isinstance(definition, str) or definition is None else json.dumps(definition),
        files=((named, sha256(content).hexdigest()),),
    )


def _named(written: Any, outcome: str, month: float) -> dict[str, Any]:
    """The result itself, or the one of its ``analyses`` that is asked for; the first where none is."""
    if not isinstance(written, dict):
        return {}
    several = [one | {"time": one.get("time", one.get("month"))} for one in written.get("analyses", ())]
    asked = [one for one in several if (one.get("outcome"), _month(one["time"])) == (outcome, month)]
    return next(iter([one for one in asked if one.get("measure") in DIFFERENCES] or asked or several), written)


def _month(time: object) -> float | None:
    found = re.match(r"\s*(\d+(?:\.\d+)?)", str(time))
    return float(found[1]) if found else None


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
