"""The named, versioned definitions in ``outcomes.toml``: what is ordinary work, and what is an outcome."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

from fotfeste.employment.jobs import Form, Support

Measure = Literal["any", "on_day", "days", "weeks", "hours", "longest_job", "first_job", "steady"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDefinition:
    """What a term must be to count as work."""

    id: str
    version: int
    name_nb: str
    name_en: str
    forms: frozenset[Form]
    excluded_support: frozenset[Support]
    ordinary_rate: bool
    open_to_anyone: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDefinition:
    """What is measured, in which window, against which threshold. ``outcomes.toml`` explains the fields."""

    id: str
    version: int
    name_nb: str
    name_en: str
    measure: Measure
    months: int
    work: WorkDefinition
    source: str
    education: bool = False
    min_hours_per_week: int | None = None
    min_hours: int | None = None
    days_per_week: int = 1
    weeks: int | None = None
    of_weeks: int | None = None


Definition = WorkDefinition | OutcomeDefinition
D = TypeVar("D", bound=Definition)


class UnknownDefinition(LookupError):
    """No definition has that id, or that version of it; ``near`` lists the ids most like it, best first."""

    def __init__(self, id: str, version: int | None, near: tuple[str, ...]) -> None:
        super().__init__(f"{id} (version {version}); near: {', '.join(near)}")
        self.id, self.version, self.near = id, version, near


@cache
def definitions() -> tuple[Definition, ...]:
    """Every definition in every version: work first, then outcomes, in the order of the file."""
    text = files(__package__).joinpath("outcomes.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    works = tuple(_work(row) for row in raw["work"])
    return works + tuple(_outcome(row, works) for row in raw["outcome"])


def definition(id: str, version: int | None = None) -> Definition:
    """Look up a definition; without a version, its newest.

    Raises
    ------
    UnknownDefinition
        With the ids that come near.
    """
    return _pick(definitions(), id, version)


def work_definition(id: str, version: int | None = None) -> WorkDefinition:
    """Look up what counts as work; without a version, the newest."""
    return _pick((d for d in definitions() if isinstance(d, WorkDefinition)), id, version)


def outcome_definition(id: str, version: int | None = None) -> OutcomeDefinition:
    """Look up an outcome; without a version, its newest."""
    return _pick((d for d in definitions() if isinstance(d, OutcomeDefinition)), id, version)


def _pick(known: Iterable[D], id: str, version: int | None) -> D:
    known = tuple(known)
    found = [d for d in known if d.id == id and version in (None, d.version)]
    if not found:
        near = get_close_matches(id, sorted({d.id for d in known}), n=3, cutoff=0.4)
        raise UnknownDefinition(id, version, tuple(near))
    return max(found, key=lambda d: d.version)


def _work(row: dict[str, Any]) -> WorkDefinition:
    return WorkDefinition(
        **row
        | {
            "forms": frozenset(Form(form) for form in row["forms"]),
            "excluded_support": frozenset(Support(support) for support in row["excluded_support"]),
        }
    )


def _outcome(row: dict[str, Any], works: tuple[WorkDefinition, ...]) -> OutcomeDefinition:
    work, version = row.pop("work")
    return OutcomeDefinition(**row, work=_pick(works, work, version))
