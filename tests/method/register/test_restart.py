import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.method.register.cases import CASES, FIRST, LAST, write_cases

from fotfeste.register.definitions import find_definition
from fotfeste.register.making import make_outcomes, make_panel
from fotfeste.register.periods import Window
from fotfeste.register.preparing import prepare
from fotfeste.register.rules import Rules

WINDOW = Window(first=FIRST, last=LAST)


class Killed(Exception):
    pass


def _killed_after(steps):
    def progress(done, of):
        if done == steps:
            raise Killed

    return progress


def _all(out):
    return {name: pl.read_parquet(out / name / "*.parquet") for name in ("panel", "work", "outcomes", "by_person")}


@pytest.fixture
def delivered(tmp_path):
    write_cases(tmp_path)
    return tmp_path


def test_a_run_that_was_killed_goes_on_where_it_was_and_ends_the_same(delivered, tmp_path):
    for out, kills in ((tmp_path / "whole", False), (tmp_path / "killed", True)):
        settings = {"people_per_bucket": 3}
        if kills:
            with pytest.raises(Killed):
                prepare(delivered, out, progress=_killed_after(3), **settings)
            assert not (out / "buckets").exists()
        buckets = prepare(delivered, out, **settings)
        assert buckets.count == -(-len(CASES) // 3) > 8
        if kills:
            with pytest.raises(Killed):
                make_panel(buckets, out, rules=Rules(), window=WINDOW, progress=_killed_after(1))
            first = (out / "panel" / "b=0.parquet").stat()
            assert 1 <= len(list((out / "panel").iterdir())) < buckets.count
        make_panel(buckets, out, rules=Rules(), window=WINDOW)
        if kills:
            assert (out / "panel" / "b=0.parquet").stat().st_mtime_ns == first.st_mtime_ns
            with pytest.raises(Killed):
                make_outcomes(out, find_definition("one-day"), progress=_killed_after(2))
        make_outcomes(out, find_definition("one-day"))
        assert not list(out.rglob("*.part"))
    whole, killed = _all(tmp_path / "whole"), _all(tmp_path / "killed")
    for name in ("outcomes", "by_person"):
        assert_frame_equal(whole[name], killed[name], check_row_order=False)
    for name, shown in (("panel", ("month", "ordinary", "hours", "pay")), ("work", ("start", "stop", "hours"))):
        assert_frame_equal(whole[name].select(shown), killed[name].select(shown), check_row_order=False)


def test_other_rules_or_other_files_begin_again(delivered, tmp_path):
    out = tmp_path / "out"
    made = []
    for rules in (Rules(), Rules(), Rules.without(["pay_decides"])):
        make_panel(prepare(delivered, out), out, rules=rules, window=WINDOW)
        made.append((out / "panel" / "b=0.parquet").stat().st_mtime_ns)
    assert made[0] == made[1] < made[2]
    assert pl.read_parquet(out / "panel" / "b=0.parquet").height > 0
    (delivered / "pay.csv").write_text((delivered / "pay.csv").read_text().split("\n")[0] + "\n", encoding="utf-8")
    make_panel(prepare(delivered, out), out, rules=Rules(), window=WINDOW)
    assert pl.read_parquet(out / "panel" / "b=0.parquet")["pay"].sum() == 0
