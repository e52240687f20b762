"""Pay by job and month, from the a-melding on, and the years with so little that no job is held."""

from dataclasses import dataclass

import narwhals as nw

from fotfeste.register.calendar import month_number
from fotfeste.register.frames import STEP, Frame, packed, unpacked
from fotfeste.register.periods import Run
from fotfeste.register.rules import PAY_FROM, SMALL_YEAR_PAY

PAY_MONTH = month_number(PAY_FROM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """What jobs pay.

    ``rows`` has ``job_id``, ``month``, ``pay``; ``earned``, whether there is any beside holiday pay; and ``steady``,
    whether there is fixed or hourly pay. ``small`` has the jobs and years that are too small, as one number; none
    where no threshold is asked for.
    """

    rows: Frame
    small: Frame | None

    def of(self, jobs: Frame, which: nw.Expr) -> Frame:
        """The pay of jobs in ``which`` months, small years left out, with what ``jobs`` tells by ``job_id``."""
        rows = self.rows.filter(which)
        if self.small is None:
            return rows.join(jobs, on="job_id", how="inner")
        some = self.small.select(job_id=unpacked(nw.col("year"), STEP)).unique()
        most_of_it = rows.join(jobs.join(some, on="job_id", how="anti"), on="job_id", how="inner")
        rest = self.large(rows.join(some, on="job_id", how="semi")).join(jobs, on="job_id", how="inner")
        return nw.concat([most_of_it, rest])

    def large(self, months: Frame) -> Frame:
        """The months of jobs that are not in a small year."""
        if self.small is None:
            return months
        return _with_year(months).join(self.small, on="year", how="anti").drop("year")


def pay_of(run: Run) -> Pay:
    """Read what is paid."""
    rows = run.keep(
        run.files["pay"]
        .filter(nw.col("month") >= PAY_MONTH)
        .select(
            "job_id",
            "month",
            pay=nw.col("regular") + nw.col("extra") + nw.col("holiday"),
            earned=nw.col("regular") + nw.col("extra") > 0,
            steady=nw.col("regular") > 0,
        )
    )
    return Pay(rows=rows, small=run.keep(_small_years(rows)) if run.rules.threshold_2015 else None)


def _small_years(pay: Frame) -> Frame:
    """Jobs and years with pay so low that the register would not hold them; one of their months must be as low."""
    low = pay.filter(nw.col("pay") <= SMALL_YEAR_PAY).select("job_id").unique()
    yearly = _with_year(pay.join(low, on="job_id", how="semi")).group_by("year").agg(nw.col("pay").sum())
    return yearly.filter((nw.col("pay") > 0) & (nw.col("pay") <= SMALL_YEAR_PAY)).select("year")


def _with_year(rows: Frame) -> Frame:
    """The job and the calendar year, as one number."""
    return rows.with_columns(year=packed(nw.col("job_id"), nw.col("month") // 12))
