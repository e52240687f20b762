"""The panel of a prepared folder, bucket by bucket on Polars. A run that was killed goes on where it was."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import narwhals as nw
import polars as pl

from fotfeste.register.buckets import PREPARED, Buckets, Progress, no_progress
from fotfeste.register.frames import Frame
from fotfeste.register.months import job_months
from fotfeste.register.panel import person_months
from fotfeste.register.periods import Run, Window
from fotfeste.register.rules import Rules
from fotfeste.register.spells import spells
from fotfeste.register.work import work_periods
from fotfeste.register.writing import write_frame, write_text


def panel_and_work(run: Run) -> tuple[Frame, Frame]:
    """The person-months and the periods in work, on whatever engine the files are frames of."""
    held = spells(run)
    months = job_months(held, run)
    return person_months(months.counted, run.rules), work_periods(held, run.keep(months.gone))


def make_panel(buckets: Buckets, out: Path, *, rules: Rules, window: Window, progress: Progress = no_progress) -> None:
    """Write ``out/panel/b=N.parquet`` and ``out/work/b=N.parquet`` for every bucket that does not have them.

    Raises
    ------
    OSError
        Where the folder cannot be written.
    """
    wanted = {"sources": buckets.sources, "buckets": buckets.count, "rules": asdict(rules), "window": asdict(window)}
    start_over_unless(out / "panel", wanted, also=out / "work")
    steps = ladder(window.months)
    for bucket in range(buckets.count):
        made = out / "panel" / f"b={bucket}.parquet"
        if not made.exists():
            files = bucket_files(buckets, bucket)
            panel, work = panel_and_work(Run(files=files, ladder=steps, rules=rules, window=window, keep=keep))
            told = pl.collect_all([work.to_native(), panel.to_native()])
            write_frame(told[0], out / "work" / made.name)
            write_frame(told[1], made)
        progress(bucket + 1, buckets.count)


def start_over_unless(folder: Path, wanted: Mapping[str, object], *, also: Path | None = None) -> None:
    """Clear a folder that was made of something else than what is wanted now."""
    told, text = folder / "made_of.json", json.dumps(wanted, indent=2, sort_keys=True)
    if not told.exists() or told.read_text(encoding="utf-8") != text:
        for old in (folder, also):
            if old:
                shutil.rmtree(old, ignore_errors=True)
        write_text(told, text)


def keep(frame: Frame) -> Frame:
    kept: pl.DataFrame = frame.to_native().collect()
    return nw.from_native(kept.lazy())


def bucket_files(buckets: Buckets, bucket: int) -> dict[str, Frame]:
    """The files of one bucket, those not delivered without rows."""
    files = {}
    for name, kinds in PREPARED.items():
        path = buckets.path(name, bucket)
        frame = pl.scan_parquet(path) if path.exists() else pl.LazyFrame(schema=kinds)
        files[name] = nw.from_native(frame)
    return files


def ladder(months: int) -> Frame:
    """The rows (n, i) with 0 <= i < n, for n up to the months of a window."""
    counts = pl.DataFrame({"n": range(1, months + 1)}, schema={"n": pl.Int32})
    steps = counts.with_columns(i=pl.int_ranges(0, pl.col("n"), dtype=pl.Int32)).explode("i")
    return nw.from_native(steps.lazy())
