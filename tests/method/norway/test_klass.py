"""Code lists made new: made-up versions of the municipalities, in the shape that Klass answers."""

import json
from datetime import date

import pytest
from tests.method.norway.test_codes import NEW_YEAR, row

from fotfeste.norway import codes
from fotfeste.norway.codes import Code, CodeList, municipalities, occupations, read_klass, renew_from, renewed
from fotfeste.norway.klass import COUNTIES, MUNICIPALITIES, OCCUPATIONS, NotOurs, recognised

LATER = date(2030, 1, 1)
LIER, NES = (Code(code, name, 1, code[:2], NEW_YEAR, None) for code, name in (("3312", "Lier"), ("3228", "Nes")))


def later(code, name, parent):
    return Code(code, name, 1, parent, LATER, None)


@pytest.fixture
def no_folder():
    yield
    renew_from(None)


def klass(known, **renamed):
    """What Klass would answer of a list: every code that holds, some with another name."""
    told = [
        row(
            code=code.code,
            name=renamed.get(f"_{code.code}", code.name),
            level=str(code.level),
            parentCode=code.parent,
            validFromInRequestedRange="2030-01-01",
        )
        for code in known
    ]
    return read_klass(json.dumps({"codes": told}))


def test_what_is_no_longer_there_ended_the_day_the_new_version_began():
    merged = later("3340", "Nye Lier", "33")
    told = renewed([LIER, NES], [merged, later("3228", "Nes", "32")])
    places = CodeList(told)
    assert places["3312"] == Code("3312", "Lier", 1, "33", NEW_YEAR, LATER)  # can still be read
    assert places.current == (NES, merged)  # and NES holds since it began, not since the version did
    assert places.search("Lier") == (merged,)


def test_a_code_with_a_new_name_is_offered_with_it_and_the_old_one_stands_beside():
    told = renewed([LIER], [later("3312", "Lier og Røyken", "33")])
    assert [(code.name, code.valid_from, code.valid_to) for code in told] == [
        ("Lier", NEW_YEAR, LATER),
        ("Lier og Røyken", LATER, None),
    ]
    assert CodeList(told)["3312"].name == "Lier og Røyken"


def test_the_same_answer_twice_changes_nothing_the_second_time():
    answer = [later("3340", "Nye Lier", "33")]
    once = renewed([LIER, NES], answer)
    assert renewed(once, answer) == once


@pytest.mark.parametrize("kept", [OCCUPATIONS, COUNTIES, MUNICIPALITIES], ids=lambda kept: kept.file)
def test_each_list_is_known_by_its_codes_and_one_without_changes_changes_nothing(kept):
    known = kept.now()
    told, codes = recognised(klass(known.current))
    assert told is kept
    assert renewed(known.every, codes) == known.every


def test_nowhere_is_no_place():
    told, codes = recognised([*klass(municipalities().current), later("9999", "Uoppgitt", None)])
    assert told is MUNICIPALITIES
    assert "9999" not in {code.code for code in codes}


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        ([], "empty"),
        ([later("A", "Jordbruk", None)], "shape"),
        ([later("9901", "Ukjent", None)], "other"),
        ([Code("0301", "Oslo", 1, None, date(2020, 1, 1), None)], "old"),
    ],
)
def test_what_is_none_of_our_lists_is_refused(codes, reason):
    with pytest.raises(NotOurs) as refused:
        recognised(codes)
    assert refused.value.reason == reason


def test_the_list_in_the_folder_is_read_before_the_one_that_comes_along(tmp_path, no_folder):
    told = renewed(municipalities().every, klass(municipalities().current, _0301="Kristiania"))
    (tmp_path / "municipalities.csv").write_text(codes.write_codes(told), encoding="utf-8")
    renew_from(tmp_path)
    assert municipalities()["0301"].name == "Kristiania"
    assert municipalities().search("Oslo") == ()
    assert occupations()["5223"].name == "Butikkmedarbeidere"  # there is no file of these
    renew_from(None)
    assert municipalities()["0301"].name == "Oslo"


def test_a_newer_list_that_comes_along_is_taken_up_and_the_old_codes_stay(tmp_path, no_folder):
    old = [
        Code("1804", "Bodø by", 1, "18", date(2010, 1, 1), None),
        Code("1805", "Narvik", 1, "18", date(2010, 1, 1), None),
    ]
    (tmp_path / "municipalities.csv").write_text(codes.write_codes(old), encoding="utf-8")
    renew_from(tmp_path)
    assert municipalities()["1804"].name == "Bodø"
    assert municipalities()["1805"].valid_to == NEW_YEAR  # Narvik is 1806 since 2020
    assert len(municipalities().current) == 357
