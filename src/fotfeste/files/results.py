"""The estimates in a result that an analysis of a trial or of a register wrote as JSON."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

BINARY = frozenset({"RD", "RR", "OR"})
"""Measures of people with and without the outcome."""
WHOLE = 1e-6
"""How far from a whole number a count may be that is worked out from a share."""


class BadResult(ValueError):
    """A file holds no result that can be used; ``reason`` is unreadable, json or form."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One effect; a logarithm for ratios.

    ``key`` is where it stands in the file, counted from 1; ``arm`` which intervention it is of. ``counts`` are events
    and people with the intervention, then events and people without; None where the file does not tell them to the last
    person.
    """

    key: str
    outcome: str | None
    month: float | None
    measure: str | None
    estimate: float | None
    se: float | None
    definition: Any = None
    arm: str | None = None
    counts: tuple[int, int, int, int] | None = None

    def is_about(self, outcome: str | None, month: float | None) -> bool:
        """Whether this is the outcome, by its own name or its definition's, and the month; None is any."""
        named = self.definition.get("id") if isinstance(self.definition, dict) else None
        return outcome in (None, self.outcome, named) and month in (None, self.month)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """``command`` wrote it and ``title`` is the trial's, where the file tells. ``estimates`` are in its own order, the
    planned and primary ones first; people are counted to the nearest ``rounded_to``."""

    file: str
    sha256: str
    command: str | None
    title: str | None
    estimates: tuple[Estimate, ...]
    rounded_to: int | None = None

    def about(self, outcome: str | None, month: float | None) -> tuple[Estimate, ...]:
        return tuple(one for one in self.estimates if one.is_about(outcome, month))


def read_result(path: Path) -> Result:
    """Read the result of ``fotfeste trial analyse``, of ``fotfeste register effect``, or one estimate by itself.

    One estimate has ``outcome``, ``time`` (months, or text that begins with them), ``estimate`` and ``se``; it may have
    ``measure`` and ``definition``.

    Raises
    ------
    BadResult
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise BadResult(path.name, "unreadable") from None
    try:
        told = json.loads(content)
    except ValueError:
        raise BadResult(path.name, "json") from None
    if not isinstance(told, dict):
        raise BadResult(path.name, "form")
    try:
        estimates = tuple(_estimates(told))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadResult(path.name, "form") from None
    plan = told.get("plan")
    return Result(
        file=path.name,
        sha256=sha256(content).hexdigest(),
        command=told.get("command"),
        title=plan.get("title") if isinstance(plan, dict) else None,
        estimates=estimates,
        rounded_to=told.get("rounded_to"),
    )


def _estimates(told: dict[str, Any]) -> Iterator[Estimate]:
    if "analyses" in told:
        for number, one in enumerate(told["analyses"], start=1):
            yield _estimate(f"analyses[{number}]", one, one.get("outcome"), one.get("time", one.get("month")), one)
    elif "by_month" in told:
        definition = told.get("definition")
        for number, of in enumerate(told["by_month"], start=1):
            for name in ("difference", "ratio"):
                if of.get(name):
                    about = {"definition": definition, "counts": None if told.get("rounded_to") else _of_arms(of)}
                    key = f"by_month[{number}].{name}"
                    yield _estimate(key, of[name], told.get("outcome"), of["month"], about)
    else:
        yield _estimate("", told, told.get("outcome"), told.get("time"), told)


def _estimate(key: str, one: dict[str, Any], outcome: Any, time: Any, about: dict[str, Any]) -> Estimate:
    number, se, measure = one.get("estimate"), one.get("se"), one.get("measure")
    return Estimate(
        key=key,
        outcome=outcome,
        month=_month(time),
        measure=measure,
        estimate=None if number is None else float(number),
        se=None if se is None else float(se),
        definition=about.get("definition"),
        arm=one.get("arm"),
        counts=about["counts"] if "counts" in about else _counted(one) if measure in BINARY else None,
    )


def _counted(one: dict[str, Any]) -> tuple[int, int, int, int] | None:
    """Counts from the share and the people of each arm of a trial."""
    arms = {arm["arm"]: arm for arm in one.get("arms", ())}
    if not {one.get("arm"), one.get("reference")} <= arms.keys():
        return None
    told = []
    for arm in (arms[one["arm"]], arms[one["reference"]]):
        events = arm["value"] * arm["people"]
        if abs(events - round(events)) > WHOLE:
            return None  # imputed many times over
        told += [round(events), arm["people"]]
    return told[0], told[1], told[2], told[3]


def _of_arms(of: dict[str, Any]) -> tuple[int, int, int, int] | None:
    one, other = of["intervention"], of["control"]
    if one["events"] is None or other["events"] is None:
        return None
    return one["events"], one["n"], other["events"], other["n"]


def _month(time: object) -> float | None:
    found = re.match(r"\s*(\d+(?:\.\d+)?)", str(time))
    return float(found[1]) if found else None
