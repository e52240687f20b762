"""Which months of a job count as employment: the pay rule, its exceptions, and the threshold of the a-melding.

What is paid for is found from the pay, without a row for each month of each job: only jobs that lack pay in some month
are laid out month by month. That halves the work, since nearly every month of work has pay.
"""

from dataclasses import dataclass

import narwhals as nw

from fotfeste.register.calendar import month_number, month_of, reference_monday
from fotfeste.register.frames import STEP, Frame, flag, in_order, least, most, packed, unpacked
from fotfeste.register.periods import Run, each_month, with_months
from fotfeste.register.rules import PAY_FROM, SHORT_ABSENCE_DAYS, SMALL_YEAR_PAY, Rules
from fotfeste.register.spells import SPELL

PAY_MONTH = month_number(PAY_FROM)
TOUCHED = ("touched_first", "touched_last")
ROW = ("person_id", "job_id", "establishment_org", "hours", "percent", "ordinary", "month", "pay")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMonths:
    """Spells in months, a row for each month that one touches.

    ``alone`` and ``shared``: those that count, with ``pay``, where the spell holds in the reference week; alone where
    none of the person's other spells may. ``gone``: those that do not count.
    """

    alone: Frame
    shared: Frame
    gone: Frame


def job_months(spells: Frame, run: Run) -> JobMonths:
    """Lay spells out by month and see which months count."""
    rules, pay, placed = run.rules, run.keep(_pay(run.files["pay"])), run.keep(_placed(spells, run))
    before = placed.with_columns(touched_last=least(nw.col("touched_last"), nw.lit(PAY_MONTH - 1)))
    before = each_month(before, run.ladder, *TOUCHED).with_columns(pay=nw.lit(0).cast(nw.Int64))
    since = placed.with_columns(touched_first=most(nw.col("touched_first"), nw.lit(PAY_MONTH)))
    since = since.filter(nw.col("touched_first") <= nw.col("touched_last"))
    small = run.keep(_small_years(pay))
    paid = run.keep(_paid(since, pay, small, rules))
    gaps = run.keep(_with_gaps(since, paid))
    jobs = run.keep(gaps.select("job_id").unique())
    pay = pay.join(jobs, on="job_id", how="semi")
    pay = run.keep(_with_key(_without(small, pay) if rules.threshold_2015 else pay))
    lacking = run.keep(_lacking(gaps, pay, run))
    can = lacking.filter(nw.col("freelance") == 0) if rules.freelancers else lacking
    if rules.pay_decides:
        excused = run.keep(_excused(can, pay, run))
    else:
        excused = (_without(small, can) if rules.threshold_2015 else can).select("key").unique()
    unpaid = lacking.join(excused, on="key", how="semi").select(*SPELL, "month", "pay")
    unpaid = unpaid.join(gaps, on=SPELL, how="inner")
    gone = lacking.join(excused, on="key", how="anti")
    counted = nw.concat([_rows(before), paid, _rows(unpaid)])
    return JobMonths(
        alone=counted.filter("alone").select(ROW),
        shared=counted.filter("shared").select(ROW),
        gone=gone.select(*SPELL, "month", "key"),
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
    alone = _month_in("alone_first", "alone_last")
    return months.select(*ROW, alone=alone, shared=_month_in("first", "last") & ~alone)


def _month_in(first: str, last: str) -> nw.Expr:
    return (nw.col("month") >= nw.col(first)) & (nw.col("month") <= nw.col(last))


def _pay(pay: Frame) -> Frame:
    """From the a-melding on: by job and month, whether there is pay beside holiday pay, and fixed or hourly pay."""
    return pay.filter(nw.col("month") >= PAY_MONTH).select(
        "job_id",
        "month",
        pay=nw.col("regular") + nw.col("extra") + nw.col("holiday"),
        earned=nw.col("regular") + nw.col("extra") > 0,
        steady=nw.col("regular") > 0,
    )


def _with_key(rows: Frame) -> Frame:
    return rows.with_columns(key=packed(nw.col("job_id"), nw.col("month")))


def _with_year(rows: Frame) -> Frame:
    """The job and the calendar year, as one number."""
    return rows.with_columns(year=packed(nw.col("job_id"), nw.col("month") // 12))


def _small_years(pay: Frame) -> Frame:
    """Jobs and years with pay so low that the register would not hold them; one of their months must be as low."""
    low = pay.filter(nw.col("pay") <= SMALL_YEAR_PAY).select("job_id").unique()
    yearly = _with_year(pay.join(low, on="job_id", how="semi")).group_by("year").agg(nw.col("pay").sum())
    return yearly.filter((nw.col("pay") > 0) & (nw.col("pay") <= SMALL_YEAR_PAY)).select("year")


def _without(small: Frame, rows: Frame) -> Frame:
    return _with_year(rows).join(small, on="year", how="anti").drop("year")


def _paid(since: Frame, pay: Frame, small: Frame, rules: Rules) -> Frame:
    """The months of spells that have pay; a freelancer's, that have fixed or hourly pay."""
    pay = pay.filter("earned")
    if not rules.threshold_2015:
        return _rows(_in_spells(since, pay, rules))
    jobs = small.select(job_id=unpacked(nw.col("year"), STEP)).unique()
    few = _without(small, pay.join(jobs, on="job_id", how="semi"))
    most_of_it = _in_spells(since.join(jobs, on="job_id", how="anti"), pay, rules)
    rest = _in_spells(since.join(jobs, on="job_id", how="semi"), few, rules)
    return nw.concat([_rows(most_of_it), _rows(rest)])


def _in_spells(since: Frame, pay: Frame, rules: Rules) -> Frame:
    """Spells in the months with pay, as far as the spell touches them."""
    rows = pay.join(since, on="job_id", how="inner").filter(_month_in(*TOUCHED))
    return rows.filter((nw.col("freelance") == 0) | nw.col("steady")) if rules.freelancers else rows


def _with_gaps(since: Frame, paid: Frame) -> Frame:
    """The spells of jobs with a month that lacks pay."""
    with_pay = paid.group_by("job_id").agg(nw.len().cast(nw.Int64).alias("with_pay"))
    months = nw.col("touched_last") - nw.col("touched_first") + 1
    spells = since.join(with_pay, on="job_id", how="left").with_columns(months=months.sum().over("job_id"))
    return spells.filter(nw.col("months") != nw.col("with_pay").fill_null(0)).drop("months", "with_pay")


def _lacking(gaps: Frame, pay: Frame, run: Run) -> Frame:
    """The months of jobs without pay, or with holiday pay alone."""
    with_pay = _in_spells(gaps, pay.filter("earned"), run.rules).select("job_id", "month")
    rows = gaps.select(*SPELL, "person_id", "freelance", "fresh_until", *TOUCHED)
    rows = rows.join(_between(gaps, with_pay, run), on="job_id", how="inner")
    rows = _with_key(rows.filter(_month_in(*TOUCHED)))
    beside = pay.filter(~nw.col("earned")).select("key", "pay")
    return rows.drop(TOUCHED).join(beside, on="key", how="left").with_columns(nw.col("pay").fill_null(0))


def _between(spells: Frame, with_pay: Frame, run: Run) -> Frame:
    """The months between those with pay, from the first to the last that a job's spells touch.

    Found from the steps in one row of months for each job: only what is missing is laid out.
    """
    ends = spells.group_by("job_id").agg(nw.col(TOUCHED[0]).min(), nw.col(TOUCHED[1]).max())
    before = ends.select("job_id", month=nw.col(TOUCHED[0]) - 1)
    after = ends.select("job_id", month=nw.col(TOUCHED[1]) + 1)
    marks = nw.concat([before, with_pay, after]).select("job_id", at=packed(nw.col("job_id"), nw.col("month")))
    marks = in_order(marks, "at", of="job_id", then=[{"step": nw.col("at") - nw.col("at").shift(1)}])
    missing = marks.filter((nw.col("step") > 1) & (nw.col("step") < STEP // 2))  # further off is another job's
    month = (nw.col("at") % STEP).cast(nw.Int32)
    missing = missing.select("job_id", first=month - nw.col("step").cast(nw.Int32) + 1, last=month - 1)
    return each_month(missing, run.ladder, "first", "last").select("job_id", "month")


def _excused(lacking: Frame, pay: Frame, run: Run) -> Frame:
    """The keys of the months without pay that count all the same."""
    earned = pay.filter("earned").select("key")
    before = earned.select(key=nw.col("key") + 1)
    paid_after = run.keep(lacking.join(earned.select(key=nw.col("key") - 1), on="key", how="semi"))
    fresh = paid_after.filter(nw.col("month") <= nw.col("fresh_until"))
    between = paid_after.join(before, on="key", how="semi")
    away = lacking.join(_on_leave(run), on="key", how="semi")
    ill = lacking.join(_on_benefit(run), on=["person_id", "month"], how="semi")
    excused = run.keep(nw.concat([part.select("key") for part in (fresh, between, away, ill)]).unique())
    worked = nw.concat([before, excused.select(key=nw.col("key") + 1)])
    holiday = lacking.filter(nw.col("pay") > 0)
    after_work = holiday.join(worked, on="key", how="semi")
    in_work_before_pay = holiday.filter((nw.col("month") == PAY_MONTH) & (nw.col("month") > nw.col("fresh_until")))
    return nw.concat([excused, after_work.select("key"), in_work_before_pay.select("key")]).unique()


def _on_leave(run: Run) -> Frame:
    """Jobs and months on parental leave, or on a layoff or another leave that is short."""
    leave = run.files["leave"].with_columns(days=(nw.col("end") + 1 - nw.col("start")).fill_null(SHORT_ABSENCE_DAYS))
    leave = leave.filter((nw.col("kind") == "parental") | (nw.col("days") < SHORT_ABSENCE_DAYS))
    months = _absent(leave, run)
    return months.select(key=packed(nw.col("job_id"), nw.col("month"))).unique()


def _on_benefit(run: Run) -> Frame:
    """People and months with sick or parental pay from NAV."""
    paid = run.files["benefits"].filter(nw.col("kind").is_in(("sickness_benefit", "parental_benefit")))
    return _absent(paid, run).select("person_id", "month").unique()


def _absent(periods: Frame, run: Run) -> Frame:
    periods = periods.with_columns(stop=(nw.col("end") + 1).fill_null(run.window.stop))
    periods = periods.filter(nw.col("start") < nw.col("stop"))
    return each_month(with_months(periods, run), run.ladder, "first", "last")
