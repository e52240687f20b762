"""Periods ``[start, stop)`` in day numbers, and the months that they count in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import narwhals as nw

from fotfeste.register.calendar import month_of, month_start, reference_monday
from fotfeste.register.frames import Frame, flag, least, most
from fotfeste.register.rules import Rules

TOUCHED = ("touched_first", "touched_last")


class EmptyWindow(ValueError):
    """A window ends before it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The months that a panel covers, both included, as month numbers."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise EmptyWindow

    @property
    def stop(self) -> int:
        """The first day after."""
        return month_start(self.last + 1)

    @property
    def months(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a panel is made of, whatever the engine.

    ``files`` are the prepared files by name. ``ladder`` has the rows (n, i) with 0 <= i < n, for n up to the months of
    the window. ``keep`` computes a frame that is used more than once: no engine sees by itself that it is the same.
    """

    files: Mapping[str, Frame]
    ladder: Frame
    rules: Rules
    window: Window
    keep: Callable[[Frame], Frame]


def with_months(periods: Frame, run: Run) -> Frame:
    """Add the months of the window that each period ``[start, stop)`` touches, and those that it counts in.

    ``touched_first`` to ``touched_last`` and ``first`` to ``last``; by the reference week where that rule is on. None
    where the first is after the last.
    """
    began, ended = nw.col("touched_first"), nw.col("touched_last")
    periods = run.keep(
        periods.with_columns(touched_first=month_of(nw.col("start")), touched_last=month_of(nw.col("stop") - 1))
    )
    first, last = began, ended
    if run.rules.reference_week:
        first = began + flag(nw.col("start") > reference_monday(began) + 6)
        last = ended - flag(nw.col("stop") <= reference_monday(ended))
    return periods.with_columns(
        first=most(first, nw.lit(run.window.first)),
        last=least(last, nw.lit(run.window.last)),
        touched_first=most(began, nw.lit(run.window.first)),
        touched_last=least(ended, nw.lit(run.window.last)),
    )


def month_in(first: str, last: str) -> nw.Expr:
    return (nw.col("month") >= nw.col(first)) & (nw.col("month") <= nw.col(last))


def each_month(periods: Frame, ladder: Frame, first: str, last: str) -> Frame:
    """One row for each ``month`` from the column ``first`` to the column ``last``."""
    steps = periods.with_columns(n=nw.col(last) - nw.col(first) + 1).join(ladder, on="n", how="inner")
    return steps.with_columns(month=nw.col(first) + nw.col("i")).drop("n", "i")
