"""Person-months from the months of jobs, and person-weeks likewise: establishments added up, one main job."""

import narwhals as nw

from fotfeste.register.frames import STEP, Frame, most, packed, unpacked
from fotfeste.register.months import JobMonths
from fotfeste.register.numbering import MOST
from fotfeste.register.periods import Run

PANEL = (
    "person_id", "month", "ordinary", "subsidised", "jobs", "percent", "hours", "ordinary_hours", "pay",
    "main_job", "establishment", "main_hours",
)  # fmt: skip


WIDE = ("person_id", "pay", "main_job", "establishment")
KINDS = {name: nw.Int64 if name in WIDE else nw.Int32 for name in PANEL}


def person_months(months: JobMonths, spells: Frame, run: Run) -> Frame:
    """One row for each person and month in employment; a month without a row is a month without.

    Parameters
    ----------
    months : JobMonths
        As ``job_months`` gives them.
    spells : LazyFrame
        As ``spells`` gives them.

    Returns
    -------
    LazyFrame
        ``person_id``; ``month``; ``ordinary`` and ``subsidised`` (1 where any job is); ``jobs``; ``percent`` and
        ``hours`` a week over all jobs and ``ordinary_hours`` over the ordinary ones, in hundredths; ``pay`` in øre;
        ``main_job`` with its ``establishment`` and ``main_hours``, which are the whole establishment's where
        establishments are added up. The main job is in the establishment with the most hours, and there the one with
        the most; of equals the one with the lowest number.
    """
    together = by_person(months.shared, spells, run, "month")
    return nw.concat([part.select(PANEL) for part in (_alone(months.alone), together)])


def _alone(rows: Frame) -> Frame:
    """Months with one job, which is the main one."""
    rows = rows.rename({"job_id": "main_job", "establishment_org": "establishment"}).with_columns(
        jobs=nw.lit(1),
        subsidised=1 - nw.col("ordinary"),
        ordinary_hours=nw.col("hours") * nw.col("ordinary"),
        main_hours=nw.col("hours"),
    )
    return rows.with_columns(nw.col(name).cast(kind) for name, kind in KINDS.items())


def by_person(rows: Frame, spells: Frame, run: Run, unit: str) -> Frame:
    """The jobs of each person in each month or week ``unit`` put together, as ``person_months`` tells."""
    rows = run.keep(
        rows.select(
            "job_id",
            "establishment_org",
            "percent",
            "hours",
            "ordinary",
            "pay",
            at=packed(nw.col("person_id"), nw.col(unit)),
            best=_first_of_most(nw.col("hours"), MOST - 1 - nw.col("job_id")),
        )
    )
    months = run.keep(
        rows.with_columns(ordinary_hours=nw.col("hours") * nw.col("ordinary"), subsidised=1 - nw.col("ordinary"))
        .with_columns(nw.col("percent", "hours", "ordinary_hours").cast(nw.Int64))  # or Polars' sum may wrap
        .group_by("at")
        .agg(
            nw.len().alias("jobs"),
            nw.col("percent", "hours", "ordinary_hours", "pay").sum(),
            nw.col("ordinary", "subsidised", "best").max(),
            nw.col("establishment_org").min().alias("establishment"),
            nw.col("establishment_org").max().alias("other"),
        )
    )
    # Nearly all are in one establishment in a month, and only those who are not need a second look.
    alone = months.filter(nw.col("establishment") == nw.col("other"))
    several = run.keep(months.filter(nw.col("establishment") != nw.col("other")).drop("establishment"))
    if run.rules.sum_establishment:
        alone = alone.with_columns(best=_first_of_most(nw.col("hours"), nw.col("best") % MOST))
        several = several.join(_best_of_establishments(rows, several), on="at", how="left")
        several = several.with_columns(best=most(nw.col("best"), nw.col("together").fill_null(0)))
    places = spells.select("job_id", establishment="establishment_org").unique("job_id", keep="any")
    several = several.with_columns(job_id=MOST - 1 - nw.col("best") % MOST)
    several = several.join(places, on="job_id", how="left")
    told = nw.concat([part.select(*alone.collect_schema().names()) for part in (alone, several)])
    told = told.with_columns(
        (nw.col("at") % STEP).cast(nw.Int32).alias(unit),
        person_id=unpacked(nw.col("at"), STEP),
        main_job=MOST - 1 - nw.col("best") % MOST,
        main_hours=unpacked(nw.col("best"), MOST),
    )
    return told.with_columns(nw.col(name).cast(kind) for name, kind in KINDS.items() if name != "month")


def _best_of_establishments(rows: Frame, several: Frame) -> Frame:
    """The establishment with the most hours together, where three jobs or more are in different ones."""
    crowded = rows.join(several.filter(nw.col("jobs") > 2).select("at"), on="at", how="semi")
    crowded = crowded.with_columns(nw.col("hours").cast(nw.Int64))
    units = crowded.group_by("at", "establishment_org").agg(nw.col("hours").sum(), nw.col("best").max())
    together = units.with_columns(together=_first_of_most(nw.col("hours"), nw.col("best") % MOST))
    return together.group_by("at").agg(nw.col("together").max())


def _first_of_most(hours: nw.Expr, order: nw.Expr) -> nw.Expr:
    """One number whose maximum is the most hours, and among equals the highest ``order``."""
    return hours.cast(nw.Int64) * MOST + order
