"""Which months of a job count as employment: the pay rule, its exceptions, and the threshold of the a-melding.

What is paid for is found from the pay, without a row for each month of each job: only jobs that lack pay in some month
are laid out month by month. That halves the work, since nearly every month of work has pay.
"""

from dataclasses import dataclass

import narwhals as nw

from fotfeste.register.calendar import month_number, month_of, reference_monday
from fotfeste.register.frames import STEP, Frame, flag, least, most, packed
from fotfeste.register.periods import Run, each_month, with_months
from fotfeste.register.rules import PAY_FROM, SHORT_ABSENCE_DAYS, SMALL_YEAR_PAY, Rules

PAY_MONTH = month_number(PAY_FROM)
ROW = (
    "person_id", "job_id", "start", "establishment_org", "hours", "percent", "ordinary", "first", "last", "month",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMonths:
    """``counted``: spells in the months that count, with ``pay``; ``gone``: spells in the months that do not.

    A spell has a row for each month that it touches: the panel takes those from ``first`` to ``last``, where it holds
    in the reference week.
    """

    counted: Frame
    gone: Frame


def job_months(spells: Frame, run: Run) -> JobMonths:
    """Lay spells out by month and see which months count."""
    rules, pay, placed = run.rules, run.keep(_pay(run.files["pay"])), run.keep(_placed(spells, run))
    small = run.keep(_small_years(pay))
    if rules.threshold_2015:
        pay = run.keep(pay.join(small, on="year", how="anti"))
    before = placed.with_columns(touched_last=least(nw.col("touched_last"), nw.lit(PAY_MONTH - 1)))
    before = _laid_out(before, run).with_columns(pay=nw.lit(0).cast(nw.Int64))
    since = placed.with_columns(touched_first=most(nw.col("touched_first"), nw.lit(PAY_MONTH)))
    since = since.filter(nw.col("touched_first") <= nw.col("touched_last"))
    paid = run.keep(_paid(since, pay, rules))
    gaps = run.keep(since.join(_fully_paid(since, paid), on="job_id", how="anti"))
    pay = run.keep(pay.join(gaps.select("job_id").unique(), on="job_id", how="semi"))
    some = paid.select("key", "job_id").join(pay.select("job_id").unique(), on="job_id", how="semi")
    lacking = _laid_out(gaps, run).join(some.select("key"), on="key", how="anti")
    beside = pay.filter(nw.col("earned") == 0).select("key", "pay")
    lacking = run.keep(lacking.join(beside, on="key", how="left").with_columns(nw.col("pay").fill_null(0)))
    can = lacking.filter(nw.col("freelance") == 0) if rules.freelancers else lacking
    if rules.pay_decides:
        held = run.keep(_excused(can, pay, run))
    else:
        held = can.select("key").unique()
        if rules.threshold_2015:
            held = held.with_columns(year=_year(nw.col("key"))).join(small, on="year", how="anti").select("key")
    unpaid = lacking.join(held, on="key", how="semi")
    gone = lacking.join(held, on="key", how="anti")
    return JobMonths(
        counted=nw.concat([part.select(*ROW, "pay") for part in (before, paid, unpaid)]),
        gone=gone.select("job_id", "start", "month"),
    )


def _placed(spells: Frame, run: Run) -> Frame:
    """The months of each spell; where two of a job share a reference week, the later one has it."""
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
    return nw.concat([alone, several]).drop("parts", "job_start")


def _laid_out(placed: Frame, run: Run) -> Frame:
    rows = each_month(placed, run.ladder, "touched_first", "touched_last")
    return rows.with_columns(key=packed(nw.col("job_id"), nw.col("month")))


def _pay(pay: Frame) -> Frame:
    """From the a-melding on: by job and month, whether there is pay beside holiday pay, and fixed or hourly pay."""
    pay = pay.filter(nw.col("month") >= PAY_MONTH).with_columns(key=packed(nw.col("job_id"), nw.col("month")))
    return pay.select(
        "job_id",
        "month",
        "key",
        year=_year(nw.col("key")),
        pay=nw.col("regular") + nw.col("extra") + nw.col("holiday"),
        earned=flag(nw.col("regular") + nw.col("extra") > 0),
        steady=flag(nw.col("regular") > 0),
    )


def _year(key: nw.Expr) -> nw.Expr:
    """The job and the calendar year of a key."""
    return key // STEP * STEP + key % STEP // 12


def _small_years(pay: Frame) -> Frame:
    """Jobs and years with pay so low that the register would not hold them; one of their months must be as low."""
    low = pay.filter(nw.col("pay") <= SMALL_YEAR_PAY).select("year").unique()
    yearly = pay.select("year", "pay").join(low, on="year", how="semi").group_by("year").agg(nw.col("pay").sum())
    return yearly.filter((nw.col("pay") > 0) & (nw.col("pay") <= SMALL_YEAR_PAY)).select("year")


def _paid(since: Frame, pay: Frame, rules: Rules) -> Frame:
    """The months of spells that have pay; a freelancer's, that have fixed or hourly pay."""
    rows = pay.filter(nw.col("earned") == 1).select("job_id", "month", "key", "pay", "steady")
    rows = rows.join(since.drop("stop", "fresh_until"), on="job_id", how="inner").filter(
        (nw.col("month") >= nw.col("touched_first")) & (nw.col("month") <= nw.col("touched_last"))
    )
    return rows.filter((nw.col("freelance") == 0) | (nw.col("steady") == 1)) if rules.freelancers else rows


def _fully_paid(since: Frame, paid: Frame) -> Frame:
    """The jobs without a month that lacks pay."""
    months = since.with_columns(months=nw.col("touched_last") - nw.col("touched_first") + 1)
    months = months.group_by("job_id").agg(nw.col("months").cast(nw.Int64).sum())
    with_pay = paid.group_by("job_id").agg(nw.col("month").count().cast(nw.Int64).alias("with_pay"))
    both = months.join(with_pay, on="job_id", how="inner")
    return both.filter(nw.col("months") == nw.col("with_pay")).select("job_id")


def _excused(lacking: Frame, pay: Frame, run: Run) -> Frame:
    """The keys of the months without pay that count all the same."""
    lacking = run.keep(lacking.select("key", "person_id", "month", "fresh_until", "pay").unique())
    earned = pay.filter(nw.col("earned") == 1).select("key")
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
