import pandas as pd
import polars as pl
import pytest
from tests.method.register.any_day import move_jobs
from tests.method.register.pandas_panel import pandas_panel

from fotfeste.register.delivered import read_folder
from fotfeste.register.making import make_panel
from fotfeste.register.panel import PANEL
from fotfeste.register.periods import Window
from fotfeste.register.preparing import prepare
from fotfeste.register.rules import Rules
from fotfeste.register.simulation import Plan, simulate


@pytest.fixture(scope="module")
def registers(tmp_path_factory):
    """Register files with every trap in them, and jobs that begin and end on any day."""
    folder = tmp_path_factory.mktemp("registers")
    simulate(Plan(people=1500, seed=3), folder)
    move_jobs(folder)
    return folder


def as_pandas(frame):
    told = frame.collect()
    columns = {
        name: told[name].to_numpy() if told[name].dtype != pl.String else told[name].to_list() for name in told.columns
    }
    return pd.DataFrame(columns)


def test_a_plain_panel_in_pandas_is_the_same_in_every_cell(registers):
    buckets = prepare(registers, registers, people_per_bucket=800)
    window = Window(first=buckets.first_month, last=buckets.last_month)
    make_panel(buckets, registers, rules=Rules(), window=window)
    panel = pl.read_parquet(registers / "panel" / "*.parquet").sort("person_id", "month")
    files = {name: as_pandas(file.frame) for name, file in read_folder(registers).items() if name in NAMES}
    other = pandas_panel(files, window.first, window.last)
    assert panel.height == len(other) > 10_000
    different = {name: int((panel[name].to_numpy() != other[name].to_numpy()).sum()) for name in PANEL}
    assert not any(different.values()), different


NAMES = ("participants", "jobs", "pay", "leave", "measures", "benefits")
