"""What a panel and an outcome came to, in few numbers; those that few people are behind are held back."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from fotfeste.register.disclosure import SMALL, protect

KINDS = ("ordinary", "both", "subsidised")
"""A month of work is in ordinary jobs alone, in subsidised ones alone, or in both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelYear:
    """Person-months or person-weeks of one year; ``hours`` is the mean of the agreed hours a week in those employed.

    None is held back.
    """

    year: int
    employed: int | None
    ordinary: int | None
    subsidised: int | None
    hours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmOutcome:
    """One outcome in one arm: the mean of those whose outcome is known, and how many have one that may still change.

    None is held back; a mean that nobody has is None too.
    """

    arm: str | None
    n: int | None
    known: int | None
    mean: float | None
    censored: int | None


def panel_years(out: Path, *, weeks: bool = False, below: int = SMALL) -> tuple[PanelYear, ...]:
    """Count the person-months of the panel in ``out``, or its person-weeks, year by year; held back as ``below`` says.

    A week is of the year that most of it is in.
    """
    year = pl.col("monday").dt.iso_year() if weeks else pl.col("month") // 12
    files = sorted((out / ("weeks" if weeks else "panel")).glob("*.parquet"))
    parts = [_counted(pl.scan_parquet(path).with_columns(year=year)) for path in files]
    told = pl.concat(parts).group_by("year", "kind").agg(pl.col("months", "people", "hours").sum())
    of = {(year, kind): numbers for year, kind, *numbers in told.rows()}
    years = sorted(year for year, kind in of if year is not None and kind is None)
    if not years:
        return ()
    number = {name: [[of.get((year, kind), (0, 0, 0))[at] for kind in (*KINDS, None)] for year in (*years, None)]
              for at, name in enumerate(("months", "people", "hours"))}  # fmt: skip
    months = np.array(number["months"], dtype=np.int64)[:-1, :-1]
    safe = protect(months, below=below, people=number["people"])
    return tuple(
        PanelYear(
            year=year,
            employed=employed,
            ordinary=_sum(cells[0], cells[1]),
            subsidised=_sum(cells[1], cells[2]),
            hours=None if employed is None else hours[-1] / employed / 100,
        )
        for year, cells, employed, hours in zip(years, safe.cells, safe.row_sums, number["hours"], strict=False)
    )


def _counted(panel: pl.LazyFrame) -> pl.DataFrame:
    """Months, people and hours by ``year`` and ``kind``, and of all years, all kinds and both, which are None."""
    both = (pl.col("ordinary") == 1) & (pl.col("subsidised") == 1)
    kind = pl.when(both).then(pl.lit("both")).when(pl.col("ordinary") == 1).then(pl.lit("ordinary"))
    rows = panel.select("person_id", "hours", "year", kind=kind.otherwise(pl.lit("subsidised")))
    none = {"year": pl.lit(None, pl.Int32), "kind": pl.lit(None, pl.String)}
    told = [
        rows.with_columns(**{name: none[name] for name in ("year", "kind") if name not in by})
        .group_by("year", "kind")
        .agg(months=pl.len().cast(pl.Int64), people=pl.col("person_id").n_unique().cast(pl.Int64),
             hours=pl.col("hours").cast(pl.Int64).sum())
        for by in (("year", "kind"), ("year",), ("kind",), ())
    ]  # fmt: skip
    return pl.concat(told).collect()


def arm_outcomes(out: Path, *, share: bool, below: int = SMALL) -> tuple[ArmOutcome, ...]:
    """Sum up the outcome in ``out``, arm by arm; ``share`` where it is yes or no. Held back where ``below`` says.

    Where the outcome is known of nobody whose outcome may change, people are those known and those who may change:
    then the first are held back with the last.
    """
    rows = (
        pl.scan_parquet(out / "by_person" / "*.parquet")
        .group_by("arm")
        .agg(n=pl.len(), known=pl.col("value").count(), mean=pl.col("value").mean(), censored=pl.col("censored").sum())
        .sort("arm", nulls_last=True)
        .collect()
    )
    arms = tuple(ArmOutcome(**row) for row in rows.iter_rows(named=True))
    return _held_back(arms, share=share, below=below) if arms else ()


def _held_back(arms: tuple[ArmOutcome, ...], *, share: bool, below: int) -> tuple[ArmOutcome, ...]:
    n, known, censored = (np.array([getattr(arm, name) for arm in arms]) for name in ("n", "known", "censored"))
    yes = np.rint([(arm.mean or 0) * (arm.known or 0) for arm in arms]).astype(np.int64) if share else known
    value = protect(np.column_stack((yes, known - yes)), below=below)
    change = protect(np.column_stack((censored, n - censored)), below=below)
    return tuple(
        replace(
            arm,
            n=None if all_ is None or knows is None or (arm.known != arm.n and may is None) else arm.n,
            known=knows,
            mean=None if None in (*cells, knows) else arm.mean,
            censored=may,
        )
        for arm, cells, knows, (may, _), all_ in zip(
            arms, value.cells, value.row_sums, change.cells, change.row_sums, strict=True
        )
    )


def _sum(*cells: int | None) -> int | None:
    return None if None in cells else sum(cell or 0 for cell in cells)
