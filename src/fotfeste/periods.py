"""Half-open periods, ``[start, end)``, of days or of moments: the end is the first day, or moment, outside.

An end of None is open: the period still runs.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T", date, datetime)


class EndsBeforeStart(ValueError):
    """A period ends before it starts."""

    def __init__(self, start: date, end: date) -> None:
        super().__init__(f"{end} is before {start}")
        self.start, self.end = start, end


class StillOpen(ValueError):
    """A length is asked for a period without an end."""


@dataclass(frozen=True, slots=True)
class Period(Generic[T]):
    start: T
    end: T | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise EndsBeforeStart(self.start, self.end)

    def contains(self, moment: T) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)

    def intersect(self, other: "Period[T]") -> "Period[T] | None":
        """The part in common, or None where there is none."""
        start = max(self.start, other.start)
        end = _earliest(self.end, other.end)
        return Period(start, end) if end is None or start < end else None

    def overlaps(self, other: "Period[T]") -> bool:
        end = _earliest(self.end, other.end)
        return end is None or max(self.start, other.start) < end


def clip(periods: Iterable[Period[T]], window: Period[T]) -> tuple[Period[T], ...]:
    """The parts of the periods that lie in the window, in the order given."""
    return tuple(part for period in periods if (part := period.intersect(window)))


def merge(periods: Iterable[Period[T]]) -> tuple[Period[T], ...]:
    """The union: sorted, with overlapping and adjoining periods made one, and empty ones gone."""
    merged: list[Period[T]] = []
    for period in sorted(periods, key=lambda period: period.start):
        if period.start == period.end:
            continue
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and last.end < period.start):
            merged.append(period)
        elif last.end is not None and (period.end is None or period.end > last.end):
            merged[-1] = Period(last.start, period.end)
    return tuple(merged)


def subtract(periods: Iterable[Period[T]], others: Iterable[Period[T]]) -> tuple[Period[T], ...]:
    """What is left of the periods' union outside all the others."""
    left = list(merge(periods))
    for other in merge(others):
        parts: list[Period[T]] = []
        for period in left:
            if not period.overlaps(other):
                parts.append(period)
                continue
            if period.start < other.start:
                parts.append(Period(period.start, other.start))
            if other.end is not None and (period.end is None or other.end < period.end):
                parts.append(Period(other.end, period.end))
        left = parts
    return tuple(left)


def gaps(periods: Iterable[Period[T]], window: Period[T]) -> tuple[Period[T], ...]:
    """What the periods leave uncovered of the window."""
    return subtract([window], periods)


def days(period: Period[date], until: date | None = None) -> int:
    """Days in the period, of which those from ``until`` on do not count.

    Raises
    ------
    StillOpen
        If neither the period nor the counting has an end.
    """
    end = _earliest(period.end, until)
    if end is None:
        raise StillOpen
    return max((end - period.start).days, 0)


def minutes(periods: Iterable[Period[datetime]]) -> int:
    """Whole minutes in the union: a minute that several periods share counts once."""
    total = timedelta()
    for period in merge(periods):
        if period.end is None:
            raise StillOpen
        total += period.end - period.start
    return total // timedelta(minutes=1)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _earliest(one: T | None, other: T | None) -> T | None:
    return min(one, other) if one is not None and other is not None else one if other is None else other
