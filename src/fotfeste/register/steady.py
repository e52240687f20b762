"""Whether work was steady: so many of so many weeks in a row that count, from whatever day the weeks are counted.

Two ways to the same answer. Where a week counts when every day of it is worked, weeks follow from the stretches of
work alone. Else every day is laid out.
"""

from functools import reduce

import narwhals as nw

from fotfeste.employment import OutcomeDefinition
from fotfeste.register.following import union
from fotfeste.register.frames import DAYS, Frame, flag, in_order, least, most, packed_day

FAR = 2**62


def is_steady(work: Frame, people: Frame, definition: OutcomeDefinition, days: Frame) -> Frame:
    """The people whose work was steady, as ``person_id`` and ``value`` 1.

    Parameters
    ----------
    work : LazyFrame
        Periods ``[start, stop)`` inside the follow-up, with ``entered`` and ``hours`` a week.
    people : LazyFrame
        As ``followed`` gives them.
    days : LazyFrame
        The rows (n, i) with 0 <= i < n, for n up to the days of the follow-up.
    """
    assert definition.weeks is not None
    assert definition.of_weeks is not None
    if definition.days_per_week == 7 and not definition.min_hours_per_week:
        steady = _by_stretches(work, definition.weeks, definition.of_weeks)
    else:
        steady = _by_days(work, people, definition, days)
    return steady.select("person_id").unique().with_columns(value=nw.lit(1))


def _by_stretches(work: Frame, weeks: int, of_weeks: int) -> Frame:
    """By stretches of work without a gap, of a week or more.

    Weeks can be moved earlier, together, until one of them begins where a stretch does, and none is lost. So it is
    enough to count from the first week of each stretch, in step with it or with one of the next: as many as there may
    be weeks that do not count, since each gap breaks one.
    """
    parts = union(work.select("person_id", "start", "stop"), "person_id")
    parts = parts.with_columns(at=packed_day(nw.col("person_id"), nw.col("start")))
    parts = in_order(parts, "at", of="person_id", then=[{"stretch": nw.col("gap").cum_sum()}])
    held = parts.group_by("person_id", "stretch").agg(nw.col("start").min(), nw.col("stop").max())
    held = held.filter(nw.col("stop") - nw.col("start") >= 7)
    held = held.with_columns(packed_day(nw.col("person_id"), nw.col(name)).alias(name) for name in ("start", "stop"))
    near = range(of_weeks - weeks + 1)
    beside = {f"{name}{j}": nw.col(name).shift(-j) for name in ("start", "stop") for j in near}
    held = in_order(held, "start", of="person_id", then=[beside]).with_columns(nw.col(*beside).fill_null(FAR))
    for step in near:
        first = nw.col(f"start{step}")
        held = held.with_columns(at=first - (first - nw.col("start0")) // 7 * 7)
        counts = [_whole_weeks(nw.col(f"start{j}"), nw.col(f"stop{j}"), nw.col("at"), of_weeks) for j in near]
        total = reduce(lambda one, other: one + other, counts)
        held = held.with_columns(flag(_same_person(first) & (total >= weeks)).alias(f"steady{step}"))
    return held.filter(most(*(nw.col(f"steady{step}") for step in near)) == 1)


def _same_person(later: nw.Expr) -> nw.Expr:
    return later - nw.col("start0") < DAYS // 2


def _whole_weeks(start: nw.Expr, stop: nw.Expr, at: nw.Expr, of_weeks: int) -> nw.Expr:
    """The whole weeks of a stretch among ``of_weeks`` weeks from the day ``at``."""
    first = most(nw.lit(0), -((at - start) // 7))
    last = least(nw.lit(of_weeks), (stop - at) // 7)
    return most(nw.lit(0), last - first)


def _by_days(work: Frame, people: Frame, definition: OutcomeDefinition, days: Frame) -> Frame:
    assert definition.weeks is not None
    assert definition.of_weeks is not None
    least_hours = 700 * (definition.min_hours_per_week or 0)  # a week's hours hold on each of its seven days
    laid = work.with_columns(n=nw.col("stop") - nw.col("start")).join(days, on="n", how="inner")
    laid = laid.with_columns(day=nw.col("start") + nw.col("i") - nw.col("entered"))
    worked = laid.group_by("person_id", "day").agg(nw.col("hours").cast(nw.Int64).sum()).with_columns(on=nw.lit(1))
    enough = worked.group_by("person_id").agg(nw.col("on").sum())
    enough = enough.filter(nw.col("on") >= definition.weeks * definition.days_per_week)
    every = people.join(enough, on="person_id", how="semi").with_columns(n=nw.col("end") - nw.col("entered"))
    every = every.join(days, on="n", how="inner").select("person_id", day="i")
    every = every.join(worked, on=["person_id", "day"], how="left").with_columns(nw.col("on", "hours").fill_null(0))
    week = every.with_columns(
        nw.col("on", "hours").rolling_sum(7, min_samples=7).over("person_id", order_by="day")
    ).filter(nw.col("day") >= 6)
    counts = flag((nw.col("on") >= definition.days_per_week) & (nw.col("hours") >= least_hours))
    week = week.with_columns(counts=counts, step=nw.col("day") % 7)
    total = nw.col("counts").rolling_sum(definition.of_weeks, min_samples=1).over("person_id", "step", order_by="day")
    return week.with_columns(total=total).filter(nw.col("total") >= definition.weeks)
