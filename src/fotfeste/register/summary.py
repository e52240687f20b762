"""What a panel and an outcome came to, in few numbers."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelYear:
    """Person-months of one calendar year; ``hours`` is the mean of the agreed hours a week in those employed."""

    year: int
    employed: int
    ordinary: int
    subsidised: int
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmOutcome:
    """One outcome in one arm: the mean of those whose outcome is known, and how many have one that may still change."""

    arm: str | None
    n: int
    known: int
    mean: float | None
    censored: int


def panel_years(out: Path) -> tuple[PanelYear, ...]:
    """Count the person-months of the panel in ``out``, year by year."""
    rows = (
        pl.scan_parquet(out / "panel" / "*.parquet")
        .group_by(year=pl.col("month") // 12)
        .agg(
            employed=pl.len(),
            ordinary=pl.col("ordinary").sum(),
            subsidised=pl.col("subsidised").sum(),
            hours=pl.col("hours").mean() / 100,
        )
        .sort("year")
        .collect(engine="streaming")
    )
    return tuple(PanelYear(**row) for row in rows.iter_rows(named=True))


def arm_outcomes(out: Path) -> tuple[ArmOutcome, ...]:
    """Sum up the outcome in ``out``, arm by arm."""
    rows = (
        pl.scan_parquet(out / "by_person" / "*.parquet")
        .group_by("arm")
        .agg(n=pl.len(), known=pl.col("value").count(), mean=pl.col("value").mean(), censored=pl.col("censored").sum())
        .sort("arm", nulls_last=True)
        .collect()
    )
    return tuple(ArmOutcome(**row) for row in rows.iter_rows(named=True))
