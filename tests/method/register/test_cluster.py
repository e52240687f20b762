"""Spark with two workers, each a process of its own, against Polars."""

import gc
import shutil

import narwhals as nw
import polars as pl
import pytest
from tests.method.register.any_day import move_jobs

from fotfeste.register.cluster import cluster
from fotfeste.register.definitions import find_definition
from fotfeste.register.engine import OneMachine
from fotfeste.register.frames import unpacked
from fotfeste.register.making import make_outcomes, make_panel
from fotfeste.register.numbering import MOST
from fotfeste.register.periods import Window
from fotfeste.register.preparing import prepare
from fotfeste.register.rules import Rules
from fotfeste.register.simulation import Plan, simulate

PEOPLE, BUCKETS = 2000, 3
TWO_WORKERS = "local-cluster[2,1,1024]"
DEFINITIONS = ("one-day", "longest-job", "13-of-16-weeks", "wages")
HOURS = 2**14
"""In hundredths. With the lowest job they need 54 bits; the real numbers by which Spark divides hold 53."""
RESULTS = ("panel", "weeks", "work", *(f"{name}/{part}" for name in DEFINITIONS for part in ("by_person", "outcomes")))


@pytest.mark.more
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # py4j leaves its socket to the collector of garbage
def test_every_cell_is_the_same_on_two_workers(tmp_path):
    simulate(Plan(people=PEOPLE, seed=3), tmp_path)
    move_jobs(tmp_path)
    _with_the_largest_identifiers(tmp_path)
    _make(tmp_path, tmp_path / "polars", OneMachine())
    with cluster(TWO_WORKERS) as spark:
        _make(tmp_path, tmp_path / "spark", spark)
        hours = spark.ladder(1).select(told=unpacked(nw.lit(HOURS * MOST + MOST - 1), MOST)).to_native().first().told
    gc.collect()
    assert hours == HOURS
    for result in RESULTS:
        for bucket in range(BUCKETS):
            name = f"{result}/b={bucket}.parquet"
            one, other = (pl.read_parquet(tmp_path / engine / name) for engine in ("polars", "spark"))
            assert one.height > PEOPLE / BUCKETS / 2, name
            assert one.schema == other.schema, name
            assert one.sort(pl.all()).equals(other.sort(pl.all())), name
    assert not list(tmp_path.rglob("*.part"))


def _with_the_largest_identifiers(folder):
    """As many digits as there may be."""
    for path in folder.glob("*.parquet"):
        frame = pl.read_parquet(path)
        wide = {name: MOST - 1 - frame[name] for name in ("person_id", "job_id") if name in frame.columns}
        frame.with_columns(**wide).write_parquet(path)


def _make(folder, out, engine):
    buckets = prepare(folder, out, people_per_bucket=-(-PEOPLE // BUCKETS))
    assert (buckets.count, buckets.numbered) == (BUCKETS, False)
    window = Window(first=buckets.first_month, last=buckets.last_month)
    make_panel(buckets, out, rules=Rules(), window=window, weeks=True, engine=engine)
    for name in DEFINITIONS:
        make_outcomes(out, find_definition(name), engine=engine)
        for part in ("by_person", "outcomes"):
            shutil.move(out / part, out / name / part)
