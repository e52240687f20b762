"""How fast registers become person-months and outcomes, beside a scan and sort of the same files as delivered.

``python -m benchmarks.register --people 100000``; ``make bench`` runs it on 20,000. A million people are 15 million
spells and about 118 million pay months over 20 years, and take 10 GiB of memory for the sort alone. Each part runs in a
process of its own, the files too, so that its peak of memory is its own: a process that is started begins with the peak
of the one that starts it.
"""

import argparse
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import polars as pl

from benchmarks.telling import tell

Tell = Callable[..., None]
T = TypeVar("T")
EVERYDAY = 20_000
CHUNK = 50_000
SPELLS = 15
FIRST, AFTER = (date(2015, 1, 1) - date(1970, 1, 1)).days, (date(2035, 1, 1) - date(1970, 1, 1)).days


def deliver(people: int, folder: Path) -> tuple[int, int]:
    """Made-up registers of 20 years in the order they come in: jobs by start, pay month by month. Rows of each."""
    spells = months = 0
    for at in range(0, people, CHUNK):
        jobs, pay = _chunk(at, min(CHUNK, people - at))
        spells, months = spells + len(jobs), months + len(pay)
        for name, frame, day in (("jobs", jobs, "start"), ("pay", pay, "month")):
            year = pl.col("start").dt.year() if name == "jobs" else pl.col("month") // 12
            written = pl.col("month") // 12 * 100 + pl.col("month") % 12 + 1  # 201501
            frame = frame.sort(day).with_columns(year=year)
            frame = frame.with_columns(month=written) if name == "pay" else frame
            years = frame.partition_by("year", as_dict=True, include_key=False)
            for (of,), part in years.items():
                (folder / name).mkdir(parents=True, exist_ok=True)
                part.write_parquet(folder / name / f"{of}-{at:08}.parquet")
    _people(people).write_parquet(folder / "participants.parquet")
    return spells, months


def _people(people: int) -> pl.DataFrame:
    draw = np.random.default_rng(1)
    included = draw.integers(FIRST + 700, AFTER - 1500, people)
    return pl.DataFrame(
        {
            "person_id": np.arange(people),
            "inclusion_date": included.astype(np.int32),
            "arm": np.where(np.arange(people) % 2, "ips", "control"),
        }
    ).with_columns(pl.col("inclusion_date").cast(pl.Date))


def _chunk(first: int, people: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    draw = np.random.default_rng(first + 7)
    n = SPELLS * people
    start = draw.integers(FIRST, AFTER - 1, n)
    end = np.minimum(start + draw.exponential(230, n).astype(int), AFTER - 1)
    jobs = pl.DataFrame(
        {
            "person_id": np.repeat(np.arange(first, first + people), SPELLS),
            "job_id": np.arange(first * SPELLS, first * SPELLS + n),
            "type": np.where(draw.random(n) < 0.03, "freelance", "ordinary"),
            "establishment_org": draw.integers(910_000_000, 910_100_000, n),
            "start": start.astype(np.int32),
            "end": end.astype(np.int32),
            "percent": draw.choice([20.0, 50.0, 80.0, 100.0], n),
            "fulltime_hours": np.full(n, 37.5),
        }
    ).with_columns(pl.col("start", "end").cast(pl.Date))
    month = [pl.col(name).dt.year().cast(pl.Int32) * 12 + pl.col(name).dt.month() - 1 for name in ("start", "end")]
    pay = jobs.select("person_id", "job_id", month=pl.int_ranges(month[0], month[1] + 1, dtype=pl.Int32)).explode(
        "month"
    )
    paid = draw.random(len(pay)) < 0.97
    pay = pay.filter(pl.Series(paid))
    fixed = draw.integers(300_000, 5_000_000, len(pay))
    pay = pay.with_columns(
        fixed=pl.Series(fixed), holiday=pl.when(pl.col("month") % 12 == 5).then(fixed // 8).otherwise(0)
    )
    late = pl.Series(draw.random(n) < 0.02)
    return jobs.with_columns(end=pl.when(~late).then("end")), pay


def scan_and_sort(folder: Path) -> dict[str, float]:
    began = time.perf_counter()
    for name, by in (("jobs", ["person_id", "start"]), ("pay", ["person_id", "job_id", "month"])):
        pl.scan_parquet(folder / name).sort(by).collect()
    return {"seconds": time.perf_counter() - began}


def panel_and_outcomes(folder: Path) -> dict[str, float]:
    from fotfeste.register.buckets import make_buckets
    from fotfeste.register.definitions import find_definition
    from fotfeste.register.delivered import read_folder
    from fotfeste.register.making import make_outcomes, make_panel
    from fotfeste.register.periods import Window
    from fotfeste.register.rules import Rules

    with tempfile.TemporaryDirectory(dir=folder) as made:
        out = Path(made)
        files = {name: file.frame for name, file in read_folder(folder).items()}
        times = [time.perf_counter()]
        buckets = make_buckets(files, out, sources={"pay": "made up"})
        times.append(time.perf_counter())
        window = Window(first=buckets.first_month, last=buckets.last_month)
        make_panel(buckets, out, rules=Rules(), window=window)
        times.append(time.perf_counter())
        make_outcomes(out, find_definition("13-of-16-weeks"))
        times.append(time.perf_counter())
        rows = pl.scan_parquet(out / "panel" / "*.parquet").select(pl.len()).collect().item()
    parts = {
        name: after - before
        for name, before, after in zip(("bucketing", "panel", "outcomes"), times, times[1:], strict=False)
    }
    return {"seconds": times[-1] - times[0], **parts, "panel_rows": rows}


def in_pandas(folder: Path) -> dict[str, float]:
    """The panel alone, from files in memory."""
    import pandas as pd
    from tests.method.register.pandas_panel import pandas_panel

    from fotfeste.register.delivered import read_folder
    from fotfeste.register.schema import FILES

    given = read_folder(folder)
    files = {}
    for name in ("participants", "jobs", "pay", "leave", "measures", "benefits"):
        told = (
            given[name].frame.collect()
            if name in given
            else pl.DataFrame(schema=dict.fromkeys(FILES[name].names, pl.Date))
        )
        files[name] = pd.DataFrame(
            {c: told[c].to_numpy() if told[c].dtype != pl.String else told[c].to_list() for c in told.columns}
        )
    began = time.perf_counter()
    panel = pandas_panel(files, 2015 * 12, 2034 * 12 + 11)
    return {"seconds": time.perf_counter() - began, "panel_rows": len(panel)}


def _apart(part: Callable[..., T], *given: Any) -> T:
    """Run in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(part, given)


def _alone(part: Callable[[Path], dict[str, float]], folder: Path) -> dict[str, float]:
    """Run in a process of its own; with its peak of memory."""
    return _apart(_measured, part, folder)


def _measured(part: Callable[[Path], dict[str, float]], folder: Path) -> dict[str, float]:
    told = part(folder)
    return told | {"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def register(tell: Tell, *, people: int = EVERYDAY, runs: int = 3) -> None:
    with tempfile.TemporaryDirectory(prefix="fotfeste-register-") as name:
        folder = Path(name)
        spells, months = _apart(deliver, people, folder)
        sizes: dict[str, Any] = {"people": people, "spells": spells, "pay_months": months}
        pairs = [(_alone(scan_and_sort, folder), _alone(panel_and_outcomes, folder)) for _ in range(runs)]
        for at, figure in enumerate(
            ("register, scan and sort as delivered", "register, bucketing, panel and outcomes")
        ):
            middle = sorted((pair[at] for pair in pairs), key=lambda told: told["seconds"])[runs // 2]
            tell(figure, **sizes, **{name: round(value, 2) for name, value in middle.items()})
        ratios = [made["seconds"] / sorted_["seconds"] for sorted_, made in pairs]
        tell(
            "register, ratio of the two",
            **sizes,
            ratio=round(statistics.median(ratios), 2),
            runs=runs,
            target_ratio=2.0,
        )
        if people <= EVERYDAY:
            told = _alone(in_pandas, folder)
            ours = statistics.median(made["panel"] for _, made in pairs)
            times = {"seconds": round(told["seconds"], 2), "times_slower": round(told["seconds"] / ours, 1)}
            tell("register, the panel in pandas", **sizes, **times, peak_mib=told["peak_mib"], target_times=4)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=EVERYDAY)
    asked.add_argument("--runs", type=int, default=3)
    register(tell, **vars(asked.parse_args()))
