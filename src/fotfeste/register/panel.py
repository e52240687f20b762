"""Person-months from the months of jobs: establishments added up, one main job."""

import narwhals as nw

from fotfeste.register.frames import Frame
from fotfeste.register.months import STEP
from fotfeste.register.numbering import MOST
from fotfeste.register.rules import Rules

PANEL = (
    "person_id", "month", "ordinary", "subsidised", "jobs", "percent", "hours", "ordinary_hours", "pay",
    "main_job", "establishment", "main_hours",
)  # fmt: skip


KINDS = {"month": nw.Int32} | dict.fromkeys(("ordinary", "subsidised", "jobs", "percent", "hours"), nw.Int32)


def person_months(rows: Frame, rules: Rules) -> Frame:
    """One row for each person and month in employment; a month without a row is a month without.

    Parameters
    ----------
    rows : LazyFrame
        Spells in the months that count, as ``job_months`` gives them.

    Returns
    -------
    LazyFrame
        ``person_id``; ``month``; ``ordinary`` and ``subsidised`` (1 where any job is); ``jobs``; ``percent`` and
        ``hours`` a week over all jobs and ``ordinary_hours`` over the ordinary ones, in hundredths; ``pay`` in øre;
        ``main_job`` with its ``establishment`` and ``main_hours``, which are the whole establishment's where
        establishments are added up. The main job is in the establishment with the most hours, and there the one with
        the most; of equals the one with the lowest number.
    """
    rows = rows.filter((nw.col("month") >= nw.col("first")) & (nw.col("month") <= nw.col("last")))
    places = rows.group_by("job_id").agg(nw.col("establishment_org").max().alias("establishment"))
    rows = rows.with_columns(
        at=nw.col("person_id").cast(nw.Int64) * STEP + nw.col("month"),
        ordinary_hours=nw.col("hours") * nw.col("ordinary"),
        subsidised=1 - nw.col("ordinary"),
        jobs=nw.lit(1),
        best=_first_of_most(nw.col("hours"), MOST - 1 - nw.col("job_id")),
    )
    sums = ("jobs", "percent", "hours", "ordinary_hours", "pay")
    unit = "establishment_org" if rules.sum_establishment else "job_id"
    units = rows.group_by("at", unit).agg(
        *(nw.col(name).cast(nw.Int64).sum() for name in sums), nw.col("ordinary", "subsidised", "best").max()
    )
    units = units.with_columns(best=_first_of_most(nw.col("hours"), nw.col("best") % MOST))
    months = units.group_by("at").agg(nw.col(*sums).sum(), nw.col("ordinary", "subsidised", "best").max())
    months = months.with_columns(
        person_id=nw.col("at") // STEP,
        month=(nw.col("at") % STEP).cast(nw.Int32),
        main_job=MOST - 1 - nw.col("best") % MOST,
        main_hours=nw.col("best") // MOST,
    )
    months = months.join(places.with_columns(main_job="job_id"), on="main_job", how="left")
    return months.select(*(nw.col(name).cast(KINDS.get(name, nw.Int64)) for name in PANEL))


def _first_of_most(hours: nw.Expr, order: nw.Expr) -> nw.Expr:
    """One number whose maximum is the most hours, and among equals the highest ``order``."""
    return hours.cast(nw.Int64) * MOST + order
