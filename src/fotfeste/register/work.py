"""When people were in work, day by day: the spells without the months that do not count."""

import narwhals as nw

from fotfeste.register.calendar import month_start
from fotfeste.register.frames import Frame, in_order
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
        ``job_id``, ``start``, ``month`` and ``key`` (the job and the month) of the months that do not count, as
        ``job_months`` gives them.
    """
    spells = spells.select(WITH_PLACE)
    runs = in_order(gone.with_columns(one=nw.lit(1)), "key", of="job_id", then=[{"nth": nw.col("one").cum_sum()}])
    runs = runs.with_columns(place=nw.col("month") - nw.col("nth"))
    runs = runs.group_by(*SPELL, "place").agg(nw.col("month").min(), nw.col("month").max().alias("to"))
    runs = run.keep(runs.select(*SPELL, from_=month_start(nw.col("month")), to=month_start(nw.col("to") + 1)))
    whole = spells.join(runs.select(SPELL).unique(), on=SPELL, how="anti")
    outside, _ = split(spells.join(runs, on=SPELL, how="inner"), WITH_PLACE)
    periods = nw.concat([whole.select(WITH_PLACE), outside])
    return periods.with_columns(nw.col("start", "stop").cast(nw.Int32))
