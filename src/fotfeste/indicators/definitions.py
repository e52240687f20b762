"""The named, versioned indicators of ``indicators.toml``."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from fotfeste.employment import OutcomeDefinition, WorkDefinition, outcome_definition, work_definition

InOrOut = Literal["in", "out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDefinition:
    """What is counted, of whom, and who is left out. ``indicators.toml`` explains the fields."""

    id: str
    version: int
    measure: str
    name_nb: str
    numerator_nb: str
    denominator_nb: str
    formula: str
    source: str
    work: WorkDefinition | None = None
    outcome: OutcomeDefinition | None = None
    in_work_at_start: InOrOut = "in"
    paused: InOrOut = "in"
    closed: InOrOut = "in"
    quarter: bool = False
    weeks: int = 0
    of_weeks: int = 0
    hours_per_week: int = 0
    least_hours: int = 0
    horizon_days: int = 0
    benchmark: Decimal | None = None


class UnknownIndicator(LookupError):
    """No indicator has that id, or that version of it; ``near`` lists the ids most like it, best first."""

    def __init__(self, id: str, version: int | None, near: tuple[str, ...]) -> None:
        super().__init__(f"{id} (version {version}); near: {', '.join(near)}")
        self.id, self.version, self.near = id, version, near


@cache
def indicator_definitions() -> tuple[IndicatorDefinition, ...]:
    """Every indicator in every version, in the order of the file."""
    text = files(__package__).joinpath("indicators.toml").read_text(encoding="utf-8")
    return tuple(map(_definition, tomllib.loads(text)["indicator"]))


def indicator_definition(id: str, version: int | None = None) -> IndicatorDefinition:
    """Look up an indicator; without a version, its newest.

    Raises
    ------
    UnknownIndicator
        With the ids that come near.
    """
    found = [known for known in indicator_definitions() if known.id == id and version in (None, known.version)]
    if not found:
        near = get_close_matches(id, sorted({known.id for known in indicator_definitions()}), n=3, cutoff=0.4)
        raise UnknownIndicator(id, version, tuple(near))
    return max(found, key=lambda known: known.version)


def _definition(row: dict[str, Any]) -> IndicatorDefinition:
    made = dict(row)
    if "work" in row:
        made["work"] = work_definition(*row["work"])
    if "outcome" in row:
        made["outcome"] = outcome_definition(*row["outcome"])
    if "benchmark" in row:
        made["benchmark"] = Decimal(row["benchmark"])
    return IndicatorDefinition(**made)
