"""The same functions on Spark, with two workers in this machine, give the same cells."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from fotfeste.register.buckets import make_buckets
from fotfeste.register.definitions import find_definition
from fotfeste.register.delivered import read_folder
from fotfeste.register.making import make_outcomes, make_panel
from fotfeste.register.periods import Window
from fotfeste.register.rules import Rules
from fotfeste.register.simulation import Plan, simulate


@pytest.mark.more
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_spark_gives_the_same_cells_as_polars(tmp_path):
    from fotfeste.register.spark import cluster, write_all

    simulate(Plan(people=400, seed=5), tmp_path)
    files = {name: file.frame for name, file in read_folder(tmp_path).items()}
    buckets = make_buckets(files, tmp_path, sources={"seed": "5"}, people_per_bucket=150, number=True)
    window = Window(first=buckets.first_month, last=buckets.last_month)
    definition = find_definition("13-of-16-weeks")
    make_panel(buckets, tmp_path, rules=Rules(), window=window)
    make_outcomes(tmp_path, definition)
    with cluster("local[2]") as spark:
        write_all(spark, buckets, tmp_path / "spark", definition, rules=Rules(), window=window)
    for name in ("panel", "work", "by_person", "outcomes"):
        ours, theirs = (pl.read_parquet(out / name / "*.parquet") for out in (tmp_path, tmp_path / "spark"))
        assert ours.height == theirs.height > 300
        if name in ("by_person", "outcomes"):
            theirs = theirs.drop("person_id").rename({"person": "person_id"})
        columns = [column for column in ours.columns if column != "entered"]
        assert_frame_equal(ours.select(columns).sort(columns), theirs.select(columns).sort(columns), check_dtypes=False)
