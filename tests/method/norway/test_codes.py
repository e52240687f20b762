import json
from datetime import date

from fotfeste.norway.codes import (
    Code,
    CodeList,
    counties,
    municipalities,
    occupations,
    read_codes,
    read_klass,
    write_codes,
)

NEW_YEAR = date(2024, 1, 1)


def row(**changed):
    """One code as Klass answers it."""
    empty = {
        "parentCode": None,
        "level": "1",
        "shortName": "",
        "validFrom": None,
        "validTo": None,
        "notes": "",
    }
    return empty | {"validFromInRequestedRange": "2024-01-01", "validToInRequestedRange": None} | changed


def test_norway_has_15_counties_and_357_municipalities_from_2024():
    # SSB, "Kommune- og fylkesinndelingen" 1.1.2024.
    assert (len(counties()), len(municipalities())) == (15, 357)


def test_every_municipality_lies_in_a_county():
    assert {municipality.parent for municipality in municipalities().values()} == set(counties())
    assert counties()[municipalities()["4601"].parent or ""].name == "Vestland"  # Bergen


def test_styrk_has_four_levels_and_every_code_begins_with_its_parents():
    # Counts of SSB's Klass, classification 7 on 2024-01-01.
    codes = occupations().values()
    assert [sum(code.level == level for code in codes) for level in (1, 2, 3, 4)] == [10, 43, 122, 407]
    for code in codes:
        assert code.level == len(code.code)
        assert code.parent == (code.code[:-1] or None)
        assert code.parent is None or code.parent in occupations()


def test_an_occupation_is_found_by_its_code_and_its_place_in_the_tree():
    assert occupations()["5223"].name == "Butikkmedarbeidere"
    assert [code.code for code in occupations().children("522")] == ["5221", "5222", "5223"]
    assert len(occupations().children(None)) == 10


def test_a_search_puts_names_that_begin_with_the_text_first():
    names = [code.name for code in municipalities().search("NES", limit=6)]
    assert names == ["Nesna", "Nesodden", "Nes", "Nesbyen", "Unjárga - Nesseby", "Sandnes"]


def test_a_search_knows_norwegian_letters_whatever_the_case_and_the_keyboard():
    assert municipalities().search("ØRSTA")[0].name == "Ørsta"
    assert municipalities().search("A\u030alesund")[0].name == "Ålesund"  # å written as a and a ring
    assert counties().search("møre")[0].code == "15"


def test_a_search_takes_a_code_and_a_level():
    assert occupations().search("5223")[0].code == "5223"
    assert {code.level for code in occupations().search("lager", level=4)} == {4}


def test_a_code_that_has_ended_can_be_read_but_is_not_offered():
    viken = Code("30", "Viken", 1, None, date(2020, 1, 1), NEW_YEAR)
    akershus = Code("32", "Akershus", 1, None, NEW_YEAR, None)
    places = CodeList([viken, akershus])
    assert places["30"] == viken
    assert places.get("99") is None
    assert places.current == (akershus,)
    assert places.search("viken") == ()
    assert places.children(None) == (akershus,)


def test_klass_is_read_with_the_start_of_the_version_where_the_code_has_none():
    answer = {
        "codes": [
            row(code="5", name="Salgs- og serviceyrker"),
            row(
                code="52",
                name="Salgsyrker",
                level="2",
                parentCode="5",
                validFrom="2011-01-01",
                validTo="2025-01-01",
            ),
        ]
    }
    assert read_klass(json.dumps(answer)) == (
        Code("5", "Salgs- og serviceyrker", 1, None, NEW_YEAR, None),
        Code("52", "Salgsyrker", 2, "5", date(2011, 1, 1), date(2025, 1, 1)),
    )


def test_a_written_code_list_is_read_back():
    codes = (
        Code("32", 'Akershus, "ny"', 1, None, NEW_YEAR, None),
        Code("3201", "Bærum", 1, "32", NEW_YEAR, NEW_YEAR),
    )
    assert read_codes(write_codes(codes)) == codes
