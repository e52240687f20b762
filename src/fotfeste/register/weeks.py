"""Person-weeks: the periods in work laid out in weeks, and put together as the months are."""

import narwhals as nw

from fotfeste.register.calendar import month_start
from fotfeste.register.frames import Frame, least, most
from fotfeste.register.panel import PANEL, by_person
from fotfeste.register.periods import Run, Window, each_month

WEEKS = tuple("monday" if name == "month" else name for name in PANEL if name != "pay")
MONDAY = 3
"""A week is ``(day + 3) // 7``: 1970-01-01 was a Thursday."""


def weeks_of(window: Window) -> int:
    """As many as touch it, at most."""
    return (window.stop - month_start(window.first)) // 7 + 2


def person_weeks(work: Frame, run: Run, ladder: Frame) -> Frame:
    """One row for each person and week, Monday to Sunday, with a day in work; pay is by month and has no week.

    A month without pay that does not count has no days in work. Where the terms of a job change in a week, the later
    ones hold, as in a reference week.

    Parameters
    ----------
    work : LazyFrame
        As ``work_periods`` gives them.
    ladder : LazyFrame
        The rows (n, i) with 0 <= i < n, for n up to ``weeks_of`` the window.

    Returns
    -------
    LazyFrame
        ``monday`` in day numbers; the others as ``person_months`` tells.
    """
    work = work.with_columns(start=most(nw.col("start"), nw.lit(month_start(run.window.first))))
    work = work.filter(nw.col("start") < nw.col("stop")).with_columns(
        began=(nw.col("start") + MONDAY) // 7, ended=(nw.col("stop") - 1 + MONDAY) // 7
    )
    work = work.with_columns(following=nw.col("began").shift(-1).over("job_id", order_by="start"))
    work = work.with_columns(ended=least(nw.col("ended"), (nw.col("following") - 1).fill_null(nw.col("ended"))))
    weeks = each_month(work.filter(nw.col("began") <= nw.col("ended")), ladder, "began", "ended")
    weeks = by_person(weeks.with_columns(week=nw.col("month"), pay=nw.lit(0)), work, run, "week")
    return weeks.with_columns(monday=nw.col("week") * 7 - MONDAY).select(WEEKS)
