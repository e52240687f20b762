"""When people were in work, day by day: the spells without the months that do not count."""

import narwhals as nw

from fotfeste.register.calendar import month_start
from fotfeste.register.frames import Frame
from fotfeste.register.spells import SPELL, split

WORK = ("person_id", "job_id", "start", "stop", "hours", "ordinary")


def work_periods(spells: Frame, gone: Frame) -> Frame:
    """The periods ``[start, stop)`` in day numbers in which each job is work, with hours a week in hundredths.

    Parameters
    ----------
    spells : LazyFrame
        As ``spells`` gives them.
    gone : LazyFrame
        ``job_id``, ``start`` and ``month`` of the months that do not count, as ``job_months`` gives them.
    """
    spells = spells.select(WORK)
    whole = spells.join(gone.select(SPELL).unique(), on=SPELL, how="anti")
    months = gone.select(*SPELL, from_=month_start(nw.col("month")), to=month_start(nw.col("month") + 1))
    outside, _ = split(spells.join(months, on=SPELL, how="inner"), WORK)
    return nw.concat([whole.select(WORK), outside])
