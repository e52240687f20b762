"""The panel and the outcomes of a prepared folder, on one machine or on a cluster.

A run that was killed goes on with the first bucket that is missing.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import narwhals as nw

from fotfeste.register.buckets import Buckets, NotPrepared, Progress, no_progress, open_buckets
from fotfeste.register.curves import MONTHS, by_month
from fotfeste.register.definitions import Definition
from fotfeste.register.engine import Engine, OneMachine, Portion
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

DAYS = 31
ONE_MACHINE = OneMachine()


def panel_and_work(run: Run) -> tuple[Frame, Frame]:
    """The person-months and the periods in work, on whatever engine the files are frames of."""
    held = spells(run)
    months = job_months(held, run)
    return person_months(months, held, run), work_periods(held, months.gone, run)


def make_panel(
    buckets: Buckets,
    out: Path,
    *,
    rules: Rules,
    window: Window,
    weeks: bool = False,
    engine: Engine = ONE_MACHINE,
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
    made_of["engine"] = engine.told
    _start_over_unless(out, "panel", made_of, also=("work", "weeks", "outcomes", "by_person"))
    steps, week_steps = engine.ladder(window.months), engine.ladder(weeks_of(window) if weeks else 1)

    def make(portion: Portion) -> None:
        run = Run(files=engine.files(portion), ladder=steps, rules=rules, window=window, keep=engine.keep)
        months, work = panel_and_work(run)
        if weeks:
            work = engine.keep(work)
            engine.write(person_weeks(work, run, week_steps), out / "weeks", portion, days=["monday"])
        engine.write(work.select(WORK), out / "work", portion)
        engine.write(months, out / "panel", portion)

    _make_missing([out / "panel", *([out / "weeks"] if weeks else [])], buckets, engine, make, progress)


def make_outcomes(
    out: Path,
    definition: Definition,
    *,
    months: int = MONTHS,
    engine: Engine = ONE_MACHINE,
    progress: Progress = no_progress,
) -> Buckets:
    """Write one outcome by person, ``out/by_person/b=N.parquet``, and by month, ``out/outcomes/b=N.parquet``.

    Parameters
    ----------
    out : Path
        Where ``make_panel`` wrote the whole panel, on whatever engine.
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
    made = all(portion.is_made(out / "panel") for portion in engine.portions(buckets))
    if panel is None or panel["sources"] != buckets.sources or not made:
        raise NotPrepared(out)
    window = Window(**panel["window"])
    made_of = {"definition": {"id": definition.id, "version": definition.version}, "months": months, "panel": panel}
    made_of["engine"] = engine.told
    _start_over_unless(out, "outcomes", made_of, also=("by_person",))
    steps = engine.ladder(max(definition.months * DAYS, window.months, months + 1))

    def make(portion: Portion) -> None:
        files = engine.files(portion) | {name: engine.results(out / name, portion) for name in ("panel", "work")}
        people = engine.keep(followed(files["participants"], window, months=definition.months))
        one = outcomes(people, files, definition, steps)
        each = by_month(people, files, definition, steps, months=months)
        shown = partial(_shown, definition=definition)
        engine.write(one, out / "by_person", portion, days=["entered"], shown=partial(shown, value="value"))
        engine.write(each, out / "outcomes", portion, shown=partial(shown, value="outcome"))

    _make_missing([out / "outcomes"], buckets, engine, make, progress)
    return buckets


def _make_missing(
    results: Sequence[Path], buckets: Buckets, engine: Engine, make: Callable[[Portion], None], progress: Progress
) -> None:
    """Make each portion whose files are not all there; those that wait are given up when one fails."""
    portions = engine.portions(buckets)
    pool = ThreadPoolExecutor(engine.at_once)
    try:
        missing = [portion for portion in portions if not portion.is_made(*results)]
        for done, _ in enumerate(pool.map(make, missing), 1 + len(portions) - len(missing)):
            progress(done, len(portions))
    finally:
        pool.shutdown(cancel_futures=True)


def _shown(frame: Frame, definition: Definition, value: str) -> Frame:
    """As a reader expects it: people by the identifiers they came with, hours and kroner."""
    units = nw.col(value) / 100 if definition.measure in HUNDREDTHS else nw.col(value)
    return frame.drop("person_id").rename({"person": "person_id"}).with_columns(units)


def _start_over_unless(out: Path, result: str, made_of: Mapping[str, Any], *, also: Sequence[str]) -> None:
    """Clear what was made of something else, and remember what a result is to be made of."""
    if not is_made_of(out, result, made_of):
        for old in (result, *also):
            shutil.rmtree(out / old, ignore_errors=True)
            shutil.rmtree(out / f"{old}.part", ignore_errors=True)
        remember(out, result, made_of)
