"""Benefits advice round a job: who had it before the start, and at new terms (IPS-25 item 12).

The item asks for individual advice by somebody trained for it, before the job starts and again at changes of hours or
pay. Shares alone: how they map to anchors is for the reviewer.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

HOLDS = timedelta(days=90)  # how long advice that names no job answers for one that starts
BEFORE_TERMS = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One talk about money and work. ``job`` is the one it was for, if it was for one."""

    person: str
    on: date
    trained: bool
    job: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStart:
    job: str
    person: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TermStart:
    """New terms of a job: after the first."""

    term: str
    person: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """Which of all had advice, by their ids."""

    advised: tuple[str, ...]
    all: tuple[str, ...]

    @property
    def share(self) -> float | None:
        return len(self.advised) / len(self.all) if self.all else None


def is_before_start(advice: Advice, start: JobStart) -> bool:
    """Whether advice was given before this start: for the job, or for none and not long before."""
    if advice.person != start.person or advice.on >= start.on or advice.job not in (None, start.job):
        return False
    return advice.job is not None or start.on - advice.on <= HOLDS


def is_at_new_terms(advice: Advice, start: TermStart, *, on: date) -> bool:
    """Whether advice was given from a month before these terms until a day."""
    return advice.person == start.person and start.on - BEFORE_TERMS <= advice.on <= on


def advice_before_start(starts: Iterable[JobStart], advice: Collection[Advice]) -> Advised:
    """Give the job starts with individual advice by a trained adviser dated before the start."""
    starts = tuple(starts)
    trained = [one for one in advice if one.trained]
    return Advised(
        advised=tuple(start.job for start in starts if any(is_before_start(one, start) for one in trained)),
        all=tuple(start.job for start in starts),
    )


def advice_at_new_terms(starts: Iterable[TermStart], advice: Collection[Advice], *, on: date) -> Advised:
    """Give the new terms with advice by a trained adviser from a month before to the day it is asked."""
    starts = tuple(starts)
    trained = [one for one in advice if one.trained]
    return Advised(
        advised=tuple(start.term for start in starts if any(is_at_new_terms(one, start, on=on) for one in trained)),
        all=tuple(start.term for start in starts),
    )
