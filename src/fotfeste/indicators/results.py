"""Indicators as values: a share, times, or counts, with the definition and everybody behind them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Ids with one thing in common: why they are left out, or what they are a case of."""

    id: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``value`` is numerator / denominator, from 0 to 1; None without a denominator.

    ``groups`` are those in the denominator who were in work at the start, on pause, or closed in the period;
    ``left_out`` those who are not in it, and why.
    """

    definition: str
    version: int
    starts_on: date
    ends_on: date
    value: Decimal | None
    numerator: int
    denominator: int
    ids: tuple[str, ...]
    of_ids: tuple[str, ...]
    left_out: tuple[Group, ...] = ()
    groups: tuple[Group, ...] = ()
    benchmark: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Days until something happens, open cases shown and counted.

    ``median_closed`` is over those to whom it has happened; ``median`` and ``restricted_mean`` are read off the
    Kaplan-Meier curve, where an open case counts for as long as it was followed. ``restricted_to_days``: the limit of
    the mean, shorter than the definition's where nobody was followed so long.
    """

    definition: str
    version: int
    starts_on: date
    ends_on: date
    n: int
    closed: int
    open: int
    median_closed: Decimal | None
    median: Decimal | None
    restricted_mean: float | None
    restricted_to_days: int
    curve_days: tuple[int, ...]
    curve_share_left: tuple[float, ...]
    ids: tuple[str, ...]
    open_ids: tuple[str, ...]
    left_out: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many, by what they are a case of; ``median`` of days or months where the definition asks for one."""

    definition: str
    version: int
    starts_on: date
    ends_on: date
    n: int
    counts: tuple[Group, ...]
    median: Decimal | None = None


Indicator = Share | Times | Counts
