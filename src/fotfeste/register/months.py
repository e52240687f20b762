"""Which months of a job count as employment: all before 2015; then those with pay, and some that lack it.

What is paid for is found from the pay, without a row for each month of each job: nearly every month of work has pay.
"""

from dataclasses import dataclass

import narwhals as nw

from fotfeste.register.calendar import month_of, reference_monday
from fotfeste.register.frames import STEP, Frame, flag, in_order, least, most, packed
from fotfeste.register.gaps import counted_in, find_gaps, not_counted
from fotfeste.register.pay import PAY_MONTH, pay_of
from fotfeste.register.periods import TOUCHED, Run, each_month, month_in, with_months
from fotfeste.register.spells import SPELL

ROW = ("person_id", "job_id", "establishment_org", "hours", "percent", "ordinary", "month", "pay")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMonths:
    """Spells in months, a row for each month that one touches.

    ``alone`` and ``shared``: those that count, with ``pay``, where the spell holds in the reference week; alone where
    none of the person's other spells may. ``gone``: those that do not, from ``first`` to ``last`` month.
    """

    alone: Frame
    shared: Frame
    gone: Frame


def job_months(spells: Frame, run: Run) -> JobMonths:
    """Lay spells out by month and see which months count."""
    pay, placed = pay_of(run), run.keep(_placed(spells, run))
    before = placed.with_columns(touched_last=least(nw.col("touched_last"), nw.lit(PAY_MONTH - 1)))
    before = each_month(before, run.ladder, *TOUCHED).with_columns(pay=nw.lit(0).cast(nw.Int64))
    since = placed.with_columns(touched_first=most(nw.col("touched_first"), nw.lit(PAY_MONTH)))
    if not run.rules.freelancers:
        since = since.with_columns(freelance=nw.lit(0))
    since = since.filter(nw.col("touched_first") <= nw.col("touched_last"))
    paid = pay.of(since, nw.col("earned")).filter(month_in(*TOUCHED))
    paid = run.keep(_rows(paid.filter((nw.col("freelance") == 0) | nw.col("steady"))))
    gaps = find_gaps(since, paid, pay, run)
    unpaid = run.keep(counted_in(gaps, pay, run))
    counted = nw.concat([_rows(before), paid, _rows(unpaid)])
    return JobMonths(
        alone=counted.filter("alone").select(ROW),
        shared=counted.filter("shared").select(ROW),
        gone=not_counted(gaps, unpaid),
    )


def _placed(spells: Frame, run: Run) -> Frame:
    """The months of each spell; where two of a job share a reference week, the later one has it.

    From ``alone_first`` to ``alone_last`` it holds, and no other of the person's: after the last month of the earlier
    ones, and before the first of the later ones.
    """
    fresh = nw.col("began")
    if run.rules.reference_week:
        fresh = fresh + flag(nw.col("job_start") > reference_monday(fresh) + 6)
    placed = with_months(spells.with_columns(began=month_of(nw.col("job_start"))), run)
    placed = placed.with_columns(fresh_until=fresh).drop("began")
    placed = placed.filter(nw.col("touched_first") <= nw.col("touched_last"))
    placed = placed.with_columns(parts=nw.col("job_id").count().over("job_id"))
    alone, several = placed.filter(nw.col("parts") == 1), placed.filter(nw.col("parts") > 1)
    following = (nw.col("first").shift(-1).over("job_id", order_by="start") - 1).fill_null(nw.col("last"))
    several = several.with_columns(following=following)
    several = several.with_columns(last=least(nw.col("last"), nw.col("following"))).drop("following")
    placed = nw.concat([alone, several]).drop("parts", "job_start", "stop")
    placed = placed.with_columns(
        next=packed(nw.col("person_id"), nw.col("first")), reached=packed(nw.col("person_id"), nw.col("last"))
    )
    beside = {"reached": nw.col("reached").shift(1), "next": nw.col("next").shift(-1)}
    steps = ({"reached": nw.col("reached").cum_max()}, beside)
    placed = in_order(placed, "next", of="person_id", ties=SPELL, then=steps)
    own = nw.col("person_id").cast(nw.Int64) * STEP
    earlier = most(nw.col("reached").fill_null(-1) - own, nw.lit(-1)).cast(nw.Int32)
    later = least(nw.col("next").fill_null(2**62) - own, nw.lit(STEP)).cast(nw.Int32)
    return placed.with_columns(
        alone_first=most(nw.col("first"), earlier + 1), alone_last=least(nw.col("last"), later - 1)
    ).drop("reached", "next")


def _rows(months: Frame) -> Frame:
    """Spells in months, with what the panel asks of them."""
    alone = month_in("alone_first", "alone_last")
    return months.select(*ROW, alone=alone, shared=month_in("first", "last") & ~alone)
