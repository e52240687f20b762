"""The panel and the outcomes of a prepared folder, bucket by bucket on Polars.

A bucket is the step of progress and of memory, and a run that was killed goes on with the first bucket that is missing.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from fotfeste.register.buckets import PREPARED, Buckets, NotPrepared, Progress, no_progress, open_buckets
from fotfeste.register.curves import MONTHS, by_month
from fotfeste.register.definitions import Definition
from fotfeste.register.following import followed
from fotfeste.register.frames import Frame
from fotfeste.register.months import job_months
from fotfeste.register.outcomes import HUNDREDTHS, outcomes
from fotfeste.register.panel import person_months
from fotfeste.register.periods import Run, Window
from fotfeste.register.provenance import is_made_of, remember, remembered
from fotfeste.register.rules import Rules
from fotfeste.register.spells import spells
from fotfeste.register.weeks import person_weeks, weeks_of
from fotfeste.register.work import WORK, work_periods
from fotfeste.register.writing import write_frame

DAYS = 31


def panel_and_work(run: Run) -> tuple[Frame, Frame]:
    """The person-months and the periods in work, on whatever engine the files are frames of."""
    held = spells(run)
    months = job_months(held, run)
    return person_months(months.counted, held, run), work_periods(held, months.gone, run)


def make_panel(
    buckets: Buckets,
    out: Path,
    *,
    rules: Rules,
    window: Window,
    weeks: bool = False,
    progress: Progress = no_progress,
) -> None:
    """Write ``out/panel/b=N.parquet`` and ``out/work/b=N.parquet`` for every bucket that does not have them.

    With ``weeks``, ``out/weeks/b=N.parquet`` too.

    Raises
    ------
    OSError
        Where the folder cannot be written.
    """
    made_of = {"sources": buckets.sources, "rules": asdict(rules), "window": asdict(window), "buckets": buckets.count}
    _start_over_unless(out, "panel", made_of, also=("work", "weeks", "outcomes", "by_person"))
    steps, week_steps = ladder(window.months), ladder(weeks_of(window) if weeks else 1)
    for bucket in range(buckets.count):
        panel = _panel(out, bucket)
        by_week = out / "weeks" / panel.name
        if not panel.exists() or (weeks and not by_week.exists()):
            run = Run(files=_files(buckets, bucket), ladder=steps, rules=rules, window=window, keep=keep)
            months, work = panel_and_work(run)
            if weeks:
                work = keep(work)
                told: pl.DataFrame = person_weeks(work, run, week_steps).to_native().collect()
                write_frame(told.with_columns(pl.col("monday").cast(pl.Date)), by_week)
            write_frame(work.select(WORK).to_native().collect(), out / "work" / panel.name)
            write_frame(months.to_native().collect(), panel)
        progress(bucket + 1, buckets.count)


def make_outcomes(
    out: Path, definition: Definition, *, months: int = MONTHS, progress: Progress = no_progress
) -> Buckets:
    """Write one outcome by person, ``out/by_person/b=N.parquet``, and by month, ``out/outcomes/b=N.parquet``.

    Parameters
    ----------
    out : Path
        Where ``make_panel`` wrote the whole panel.
    definition : OutcomeDefinition or RegisterDefinition
        From ``find_definition``.
    months : int
        How many months after that of inclusion are laid out, where people are followed so long.

    Raises
    ------
    NotPrepared
        Where the panel is not there, or not all of it.
    OtherWork
        Where the definition asks for what registers do not tell.
    """
    buckets, panel = open_buckets(out), remembered(out, "panel")
    if panel is None or panel["sources"] != buckets.sources or not _panel(out, buckets.count - 1).exists():
        raise NotPrepared(out)
    window = Window(**panel["window"])
    made_of = {"definition": {"id": definition.id, "version": definition.version}, "months": months, "panel": panel}
    _start_over_unless(out, "outcomes", made_of, also=("by_person",))
    steps = ladder(max(definition.months * DAYS, window.months, months + 1))
    for bucket in range(buckets.count):
        told = out / "outcomes" / f"b={bucket}.parquet"
        if not told.exists():
            files = _files(buckets, bucket) | {
                name: nw.from_native(pl.scan_parquet(out / name / told.name)) for name in ("panel", "work")
            }
            people = keep(followed(files["participants"], window, months=definition.months))
            one = outcomes(people, files, definition, steps).to_native().collect()
            each = by_month(people, files, definition, steps, months=months).to_native().collect()
            write_frame(_shown(one, definition, "value"), out / "by_person" / told.name)
            write_frame(_shown(each, definition, "outcome"), told)
        progress(bucket + 1, buckets.count)
    return buckets


def _panel(out: Path, bucket: int) -> Path:
    return out / "panel" / f"b={bucket}.parquet"


def _shown(frame: pl.DataFrame, definition: Definition, value: str) -> pl.DataFrame:
    """As a reader expects it: people by the identifiers they came with, days as days, hours and kroner."""
    units = pl.col(value) / 100 if definition.measure in HUNDREDTHS else pl.col(value)
    frame = frame.drop("person_id").rename({"person": "person_id"}).with_columns(units)
    if "entered" in frame.columns:
        frame = frame.with_columns(pl.col("entered").cast(pl.Date), pl.col("censored").cast(pl.Boolean))
    return frame


def _start_over_unless(out: Path, result: str, made_of: Mapping[str, Any], *, also: Sequence[str]) -> None:
    """Clear what was made of something else, and remember what a result is to be made of."""
    if not is_made_of(out, result, made_of):
        for old in (result, *also):
            shutil.rmtree(out / old, ignore_errors=True)
        remember(out, result, made_of)


def keep(frame: Frame) -> Frame:
    """Compute a frame once."""
    kept: pl.DataFrame = frame.to_native().collect()
    return nw.from_native(kept.lazy())


def _files(buckets: Buckets, bucket: int) -> dict[str, Frame]:
    """The files of one bucket, those not delivered without rows."""
    files = {}
    for name, kinds in PREPARED.items():
        path = buckets.path(name, bucket)
        frame = pl.scan_parquet(path) if path.exists() else pl.LazyFrame(schema=kinds)
        files[name] = nw.from_native(frame)
    return files


def ladder(longest: int) -> Frame:
    """The rows (n, i) with 0 <= i < n, for n up to ``longest``."""
    counts = pl.DataFrame({"n": range(1, longest + 1)}, schema={"n": pl.Int32})
    steps = counts.with_columns(i=pl.int_ranges(0, pl.col("n"), dtype=pl.Int32)).explode("i")
    return nw.from_native(steps.lazy())
