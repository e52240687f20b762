"""When people were in work, day by day: the spells without the months that do not count."""

import narwhals as nw

from fotfeste.register.calendar import month_start
from fotfeste.register.frames import Frame
from fotfeste.register.periods import Run
from fotfeste.register.spells import SPELL, split

WORK = ("person_id", "job_id", "start", "stop", "hours", "ordinary")
WITH_PLACE = (*WORK, "establishment_org", "percent")


def work_periods(spells: Frame, gone: Frame, run: Run) -> Frame:
    """The periods ``[start, stop)`` in day numbers in which each job is work, with the columns ``WITH_PLACE``.

    Parameters
    ----------
    spells : LazyFrame
        As ``spells`` gives them.
    gone : LazyFrame
        The months that do not count, as ``job_months`` gives them.
    """
    spells = spells.select(WITH_PLACE)
    runs = run.keep(gone.select(*SPELL, from_=month_start(nw.col("first")), to=month_start(nw.col("last") + 1)))
    whole = spells.join(runs.select(SPELL).unique(), on=SPELL, how="anti")
    outside, _ = split(spells.join(runs, on=SPELL, how="inner"), WITH_PLACE)
    periods = nw.concat([whole.select(WITH_PLACE), outside])
    return periods.with_columns(nw.col("start", "stop").cast(nw.Int32))
