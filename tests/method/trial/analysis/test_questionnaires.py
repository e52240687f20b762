"""Questionnaires are scored as their files say."""

from pathlib import Path

import numpy as np
import pytest

from fotfeste.files import BadKey
from fotfeste.trial.questionnaires import BadAnswer, UnknownInstrument, instrument, score, shipped

PHQ = instrument("phq-9", 1)
GAD = instrument("gad-7", 1)

REVERSED = """
id = "own"
version = 2
name = "Two items"
source = "the test"
licence = "CC0 1.0"
scoring = "mean"
max_missing = 1
better = "higher"
waves = [0, 6]
answers = [{ value = 1, text_en = "no" }, { value = 4, text_en = "yes" }]
items = [{ id = "a", text_en = "good" }, { id = "b", text_en = "bad", reversed = true }]
"""


def test_ranges_and_bands_are_those_of_the_papers() -> None:
    # Kroenke et al. 2001: nine items, 0 to 27, cut at 5, 10, 15, 20. Spitzer et al. 2006: seven, cut at 5, 10, 15.
    assert (len(PHQ.items), PHQ.range, [b.lowest for b in PHQ.bands]) == (9, (0, 27), [0, 5, 10, 15, 20])
    assert (len(GAD.items), GAD.range, [b.lowest for b in GAD.bands]) == (7, (0, 21), [0, 5, 10, 15])
    assert PHQ.band(14).name_nb == "moderate plager"


def test_every_shipped_instrument_says_who_may_use_it() -> None:
    assert {"phq-9", "gad-7", "work-is-good-for-health"} <= {id for id, _ in shipped()}
    for told in shipped().values():
        assert "No permission required" in told.licence or told.licence.startswith("CC0")


def test_a_sum_is_the_sum_of_the_answers() -> None:
    assert score([[0, 1, 2, 3, 0, 1, 2, 3, 0]], PHQ).tolist() == [12]


def test_two_missing_answers_take_the_mean_of_the_others_and_three_leave_no_score() -> None:
    answers = np.array([[1, 2, 1, 2, 1, 2, 1, np.nan, np.nan], [1, 2, 1, 2, 1, 2, np.nan, np.nan, np.nan]], float)
    found = score(answers, PHQ)
    assert found[0] == pytest.approx(10 + 2 * 10 / 7)
    assert np.isnan(found[1])


def test_an_answer_that_is_not_on_the_form_is_refused_with_its_place() -> None:
    with pytest.raises(BadAnswer) as raised:
        score([[0, 0, 0, 0, 0, 0, 0], [0, 0, 4, 0, 0, 0, 0]], GAD)
    assert (raised.value.person, raised.value.item, raised.value.value) == (1, "3", 4)


def test_a_folder_of_ones_own_holds_licensed_instruments(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(REVERSED)
    own = instrument("own", 2, own=tmp_path)
    assert score([[4, 1], [4, 4], [4, np.nan], [np.nan, np.nan]], own)[:3].tolist() == [4, 2.5, 4]
    with pytest.raises(UnknownInstrument):
        instrument("own", 1, own=tmp_path)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("version = 2", ""), "version"),
        (('scoring = "mean"', 'scoring = "median"'), "scoring"),
        (("max_missing = 1", "max_missing = 2"), "max_missing"),
        (('id = "b"', 'id = "a"'), "items"),
    ],
)
def test_a_file_with_something_wrong_says_which_key(tmp_path: Path, change: tuple[str, str], key: str) -> None:
    (tmp_path / "own.toml").write_text(REVERSED.replace(*change))
    with pytest.raises(BadKey) as raised:
        instrument("own", 2, own=tmp_path)
    assert raised.value.key == key
