"""The months of jobs without pay, found as gaps between those with pay, and those of them that count all the same.

A job is one line of months, or two where its holder is both employed and a freelancer in it. No gap is laid out month
by month: what is asked of it is who it is between, and what leave and benefits it overlaps.
"""

from dataclasses import dataclass

import narwhals as nw

from fotfeste.register.frames import STEP, Frame, in_order, least, most, packed, unpacked
from fotfeste.register.pay import PAY_MONTH, Pay
from fotfeste.register.periods import TOUCHED, Run, each_month, month_in, with_months
from fotfeste.register.rules import SHORT_ABSENCE_DAYS
from fotfeste.register.spells import SPELL

BEGIN, PAID, END = 0, 1, 2
KINDS = 4
"""What is marked in a line: the month before its spells, those with pay, and the month after, which may have pay."""
MONTH = ("gap", "line", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Months that lack pay.

    ``rows`` has a row for each gap: ``gap``, the line and the first month as one number; ``line``, ``first`` and
    ``last`` month; ``before`` and ``after``, whether the job has pay right before and after; and of the job
    ``job_id``, ``person_id`` and ``fresh_until``. ``spells`` are those of its lines, and ``beside`` is the pay in
    gaps: holiday pay alone.
    """

    rows: Frame
    spells: Frame
    beside: Frame


def find_gaps(since: Frame, paid: Frame, pay: Pay, run: Run) -> Gaps:
    """The gaps in the months of the spells ``since`` the a-melding, ``paid`` being those months that have pay."""
    spells = run.keep(_lacking(since, paid).with_columns(line=nw.col("job_id") * 2 + nw.col("freelance")))
    of_job = nw.col("job_id", "person_id", "fresh_until", "touched_last").max()
    lines = run.keep(spells.group_by("line").agg(of_job, nw.col("touched_first").min()))
    own = lines.select("job_id", "line")
    with_pay = pay.of(own, nw.col("earned")).filter(_is_employed() | nw.col("steady"))
    beside = run.keep(pay.of(own, ~nw.col("earned")).select("line", "month", "pay"))
    return Gaps(rows=run.keep(_between(with_pay, lines)), spells=spells, beside=beside)


def _is_employed() -> nw.Expr:
    return nw.col("line") % 2 == 0


def _lacking(spells: Frame, paid: Frame) -> Frame:
    """The spells of jobs with fewer months with pay than months."""
    with_pay = paid.group_by("job_id").agg(nw.len().cast(nw.Int64).alias("with_pay"))
    months = nw.col("touched_last") - nw.col("touched_first") + 1
    spells = spells.join(with_pay, on="job_id", how="left").with_columns(months=months.sum().over("job_id"))
    return spells.filter(nw.col("months") != nw.col("with_pay").fill_null(0)).drop("months", "with_pay")


def _between(with_pay: Frame, lines: Frame) -> Frame:
    """The gaps between months with pay, from the first to the last that a line's spells touch."""
    marks = nw.concat(
        [
            with_pay.select(mark=_mark(nw.col("month"), PAID)),
            lines.select(mark=_mark(nw.col("touched_first") - 1, BEGIN)),
            lines.select(mark=_mark(nw.col("touched_last") + 1, END)),
        ]
    )
    line = unpacked(nw.col("mark"), STEP * KINDS)
    marks = in_order(marks, "mark", of=line, then=[{"previous": nw.col("mark").shift(1)}])
    kind, previous = nw.col("mark") % KINDS, nw.col("previous") % KINDS
    step = (nw.col("mark") - kind - nw.col("previous") + previous) // KINDS
    gaps = marks.filter((kind != BEGIN) & (previous != END) & (step > 1) & (step < STEP // 2))  # or another line's
    month = nw.col("mark") % (STEP * KINDS) // KINDS
    gaps = gaps.select(
        line=line,
        first=(month - step + 1).cast(nw.Int32),
        last=(month - 1).cast(nw.Int32),
        before=previous == PAID,
        after=kind == PAID,
    )
    gaps = gaps.join(lines.select("line", "job_id", "person_id", "fresh_until"), on="line", how="inner")
    return gaps.with_columns(gap=packed(nw.col("line"), nw.col("first")))


def _mark(month: nw.Expr, kind: int) -> nw.Expr:
    return packed(nw.col("line"), month) * KINDS + kind


def counted_in(gaps: Gaps, pay: Pay, run: Run) -> Frame:
    """The spells in the months of gaps that count all the same, with the ``gap`` and the ``pay`` there is."""
    employed = gaps.rows.filter(_is_employed())
    if run.rules.pay_decides:
        months = run.keep(_in_spells(_excused(employed, run), gaps))
        months = nw.concat([months, _in_spells(_holidays(employed, months, gaps.beside), gaps)])
    else:
        months = _in_spells(pay.large(each_month(employed, run.ladder, "first", "last")).select(MONTH), gaps)
    return months.join(gaps.beside, on=["line", "month"], how="left").with_columns(nw.col("pay").fill_null(0))


def _in_spells(months: Frame, gaps: Gaps) -> Frame:
    return months.join(gaps.spells, on="line", how="inner").filter(month_in(*TOUCHED))


def _excused(gaps: Frame, run: Run) -> Frame:
    """The month before pay, in a fresh job or after pay too, and the months of leave and of benefits while ill."""
    alone = nw.col("before") & (nw.col("first") == nw.col("last"))
    fresh = nw.col("last") <= nw.col("fresh_until")
    last = gaps.filter(nw.col("after") & (alone | fresh)).with_columns(month="last")
    away, ill = _during(_leave(run), gaps, "job_id", run), _during(_benefits(run), gaps, "person_id", run)
    return nw.concat([months.select(MONTH) for months in (last, away, ill)]).unique()


def _during(periods: Frame, gaps: Frame, of: str, run: Run) -> Frame:
    """The months of gaps in which a period counts."""
    periods = periods.with_columns(stop=(nw.col("end") + 1).fill_null(run.window.stop))
    periods = with_months(periods.filter(nw.col("start") < nw.col("stop")), run)
    both = gaps.join(periods.select(of, since="first", until="last"), on=of, how="inner")
    both = both.with_columns(since=most(nw.col("since"), nw.col("first")), until=least(nw.col("until"), nw.col("last")))
    return each_month(both.filter(nw.col("since") <= nw.col("until")), run.ladder, "since", "until")


def _leave(run: Run) -> Frame:
    """Parental leave, and a layoff or another leave that is short."""
    days = (nw.col("end") + 1 - nw.col("start")).fill_null(SHORT_ABSENCE_DAYS)
    return run.files["leave"].filter((nw.col("kind") == "parental") | (days < SHORT_ABSENCE_DAYS))


def _benefits(run: Run) -> Frame:
    """Sick or parental pay from NAV."""
    return run.files["benefits"].filter(nw.col("kind").is_in(("sickness_benefit", "parental_benefit")))


def _holidays(gaps: Frame, excused: Frame, beside: Frame) -> Frame:
    """The months with holiday pay alone in a job that was work the month before, or that began before there was pay."""
    months = beside.filter(nw.col("pay") > 0).drop("pay").join(gaps, on="line", how="inner")
    months = months.filter(month_in("first", "last")).join(excused, on=["line", "month"], how="anti")
    after_pay = nw.col("before") & (nw.col("month") == nw.col("first"))
    before_pay = (nw.col("month") == PAY_MONTH) & (nw.col("month") > nw.col("fresh_until"))
    after_excused = excused.select("line", month=nw.col("month") + 1).unique()
    parts = (months.filter(after_pay | before_pay), months.join(after_excused, on=["line", "month"], how="semi"))
    return nw.concat([part.select(MONTH) for part in parts]).unique()


def not_counted(gaps: Gaps, counted: Frame) -> Frame:
    """The months from ``first`` to ``last`` that do not count, by spell (``SPELL``): gaps without what counts."""
    ends = gaps.rows.select("gap", month=nw.col("last") + 1)
    cuts = nw.concat([ends, counted.select("gap", "month").unique()])
    beside = {"previous": nw.col("month").shift(1), "other": nw.col("gap").shift(1)}
    cuts = in_order(cuts, "gap", "month", of="gap", then=[beside])
    is_first = (nw.col("gap") != nw.col("other")).fill_null(True)
    first = nw.when(is_first).then(nw.col("gap") % STEP).otherwise(nw.col("previous") + 1).cast(nw.Int32)
    months = cuts.select(line=unpacked(nw.col("gap"), STEP), first=first, last=nw.col("month") - 1)
    months = months.filter(nw.col("first") <= nw.col("last"))
    months = months.join(gaps.spells.select(*SPELL, "line", *TOUCHED), on="line", how="inner")
    touched = (nw.col("first") <= nw.col("touched_last")) & (nw.col("last") >= nw.col("touched_first"))
    return months.filter(touched).select(*SPELL, "first", "last")
