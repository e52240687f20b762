"""Files as people have them become headings and rows of text, and what cannot be read is refused with a sentence."""

import datetime as dt
import random
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from fotfeste.norway.identity import make_synthetic
from fotfeste_web.imports.columns.cells import read_identity, read_municipality, read_occupation, read_phone, read_yes
from fotfeste_web.imports.columns.column import Unreadable
from fotfeste_web.imports.columns.dates import read_birth_year, read_clock, read_day, read_hours, read_minutes
from fotfeste_web.imports.examining import table_of
from fotfeste_web.imports.kinds import KINDS
from fotfeste_web.imports.matching import match, missing
from fotfeste_web.imports.reading import MAX_BYTES, MAX_ROWS, Unusable, read_table
from fotfeste_web.imports.reading.words import fold
from fotfeste_web.imports.template import template_csv, template_xlsx
from tests.site.spreadsheets import as_csv, as_xlsx

HEAD = ("Fornavn", "Etternavn", "Fødselsår")
ROWS = [("Åse", "Grønn-Sæther", "1990"), ("Øyvind", "Blå", "1985")]
KNOWN = {fold(name) for name in HEAD}


def rows_of(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return list(read_table(content, known=KNOWN).rows)


def in_parts(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


# Letters and signs that spreadsheets write: RFC 4180 and what «Lagre som» in Excel for Windows offers.
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_the_letters_and_with_the_signs_that_spreadsheets_write(encoding, delimiter):
    assert rows_of(as_csv([HEAD, *ROWS], delimiter=delimiter, encoding=encoding)) == [(2, ROWS[0]), (3, ROWS[1])]


def test_a_csv_and_an_xlsx_of_the_same_rows_are_read_alike():
    assert rows_of(as_xlsx([HEAD, *ROWS])) == rows_of(as_csv([HEAD, *ROWS]))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (dt.datetime(2026, 2, 1), "01.02.2026"),
        (dt.date(2026, 2, 1), "01.02.2026"),
        (dt.time(9, 30), "09:30"),
        (90000000, "90000000"),
        (37.5, "37,5"),
        (True, "ja"),
        (None, ""),
    ],
)
def test_a_cell_of_a_workbook_is_read_as_a_norwegian_would_type_it(cell, text):
    assert rows_of(as_xlsx([HEAD, ("Åse", "Blå", cell)])) == [(2, ("Åse", "Blå", text))]


def test_decimal_commas_lie_inside_cells_and_quotes_keep_line_breaks():
    content = 'Fornavn;Etternavn;Fødselsår\r\nÅse;"Blå; to linjer\nog slutt";37,5\r\n'.encode()
    assert rows_of(content) == [(2, ("Åse", "Blå; to linjer\nog slutt", "37,5"))]


def test_titles_above_empty_rows_and_headings_printed_again_are_no_rows():
    lines = [("Deltakere 2026", "", ""), (), HEAD, ROWS[0], ("", "", ""), HEAD, ROWS[1]]
    for write in (as_csv, as_xlsx):
        assert [number for number, _ in rows_of(write(lines))] == [4, 7]


def test_of_two_lines_of_headings_the_one_that_is_known_counts():
    lines = [("Person", "", "Når"), HEAD, ROWS[0]]
    assert read_table(as_xlsx(lines), known=KNOWN).headings == HEAD


def test_the_sheet_with_the_headings_is_read_whichever_it_is():
    book = openpyxl.Workbook()
    book.active.append(("Innhold",))
    sheet = book.create_sheet("Deltakere")
    for line in (HEAD, *ROWS):
        sheet.append(line)
    out = BytesIO()
    book.save(out)
    assert len(rows_of(out.getvalue())) == 2


def test_an_apostrophe_that_kept_a_cell_from_being_run_is_taken_off_again():
    assert rows_of(as_csv([HEAD, ("'+47 900 00 000", "'=A1", "'n Roll")]))[0][1] == ("+47 900 00 000", "=A1", "'n Roll")


def a_bomb() -> bytes:
    return in_parts(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=bytes(101_000_000))


def a_bomb_of_texts() -> bytes:
    return in_parts(xl__workbook_xml=b"<workbook/>", xl__sharedStrings_xml=bytes(31_000_000))


def with_merged_cells() -> bytes:
    book = openpyxl.Workbook()
    for line in (HEAD, *ROWS):
        book.active.append(line)
    book.active.merge_cells("A2:A3")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


REFUSED = {
    "empty": (b"", "Filen er tom"),
    "blank lines": (b"\r\n ; ; \r\n", "Filen er tom"),
    "larger than the largest": (b"a" * (MAX_BYTES + 1), "større enn 10 MB"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "verken CSV eller XLSX"),
    "a zip of something else": (in_parts(word__document_xml=b"<x/>"), "ikke et regneark"),
    "a zip cut in two": (as_xlsx([HEAD, *ROWS])[:900], "ikke et regneark"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "gamle formatet XLS"),
    "a workbook with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "har passord",
    ),
    "a formula that was never computed": (as_xlsx([HEAD, ("Åse", "Blå", "=1990+5")]), "ikke er regnet ut"),
    "merged cells": (with_merged_cells(), r"slått sammen \(rad 2 til 3\)"),
    "a quote that never ends": (
        f'Fornavn;Etternavn\n"Åse;{"x" * 200_000}'.encode(),
        "anførselstegn|mer enn 20000 tegn",
    ),
    "too many columns": (as_csv([[f"K{n}" for n in range(101)], ["x"] * 101]), "mer enn 100 kolonner"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_spreadsheet_to_read_is_refused_with_its_reason(what):
    content, sentence = REFUSED[what]
    with pytest.raises(Unusable, match=sentence):
        rows_of(content)


@pytest.mark.parametrize("bomb", [a_bomb, a_bomb_of_texts])
def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused_before_it_is_opened(bomb):
    content = bomb()
    assert len(content) < 1_000_000
    with pytest.raises(Unusable, match="for stor når den pakkes ut"):
        rows_of(content)


def test_one_row_more_than_can_be_taken_is_refused():
    content = as_csv([HEAD, *ROWS * (MAX_ROWS // 2)])
    assert len(rows_of(content)) == MAX_ROWS
    with pytest.raises(Unusable, match="mer enn 20000 rader"):
        rows_of(content + b"En;Til;1990\r\n")


# The forms that the issue names, and those of «Datoformat» in Norwegian calendars. 39448 is 1 January 2008 in
# Microsoft's description of DATE.
@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[(text, dt.date(2026, 2, 1)) for text in ("1.2.2026", "01.02.2026", "01.02.26", "1.2.26", "2026-02-01")],
        *[(text, dt.date(2026, 2, 1)) for text in ("1/2-2026", "1/2 2026", "01/02/2026", "1-2-2026", "1. 2. 2026")],
        *[(text, dt.date(2026, 2, 1)) for text in ("1. februar 2026", "1 feb 2026", "1. feb. 26", "1.FEBRUAR 2026")],
        *[(text, dt.date(2026, 2, 1)) for text in ("01.02.2026 00:00", "2026-02-01T00:00:00", "2026/02/01")],
        ("39448", dt.date(2008, 1, 1)),
        ("29.02.2024", dt.date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_in_the_forms_that_people_use(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text", ["31.02.2026", "2/13/2026", "februar", "1.2", "12", "99999999", "i fjor", "1.2.1826", "1.2.9999"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Unreadable):
        read_day(text)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_birth_year, "1990", 1990),
        (read_birth_year, "12.03.65", 1965),
        (read_birth_year, "12.03.1990", 1990),
        (read_clock, "09.30", dt.time(9, 30)),
        (read_clock, "kl. 9", dt.time(9)),
        (read_clock, "0,395833333", dt.time(9, 30)),  # half past nine as a part of a day
        (read_minutes, "45 min", 45),
        (read_minutes, "1:15", 75),
        (read_minutes, "1,5 t", 90),
        (read_hours, "18,75", Decimal("18.75")),
        (read_hours, "37.5", Decimal("37.5")),
        *[(read_yes, word, True) for word in ("ja", "JA", "x", "1", "j")],
        *[(read_yes, word, False) for word in ("nei", "Nei", "0", "n")],
        (read_phone, "+47 900 00 000", "+47 900 00 000"),
        (read_phone, "tlf. 900.00.000", "900 00 000"),
        (read_occupation, "7512", "7512"),
        (read_municipality, "Bodø", "1804"),
        (read_municipality, "Herøy (Nordland)", "1818"),
        (read_municipality, "301", "0301"),
    ],
)
def test_a_cell_is_read_in_the_forms_that_people_use(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_yes, "kanskje"),
        (read_phone, "ring kona"),
        (read_phone, "123"),
        (read_phone, make_synthetic(dt.date(1990, 1, 1), 3)),  # a person's number in the wrong column
        (read_clock, "25.00"),
        (read_minutes, "0"),
        (read_hours, "80"),
        (read_hours, "mange"),
        (read_municipality, "Herøy"),
        (read_occupation, "0"),
        (read_identity, "1,23457E+10"),
        (read_identity, "12345678901"),
    ],
)
def test_what_does_not_go_in_a_column_is_refused(read, text):
    with pytest.raises(Unreadable):
        read(text)


def test_an_identity_number_that_lost_its_nought_in_a_spreadsheet_is_the_same(settings):
    settings.FOTFESTE_SYNTHETIC_ONLY = True
    number = make_synthetic(dt.date(1990, 1, 1), random.Random(4))
    assert number.startswith("0")
    assert read_identity(number[1:]).digits == read_identity(number).digits == number


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_no_word_for_a_heading_is_of_two_columns(kind):
    names = [name for column in kind.columns for name in column.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
@pytest.mark.parametrize("write", [template_csv, template_xlsx])
def test_a_template_is_read_back_whole_and_its_explanations_are_no_rows(kind, write):
    table = table_of(write(kind), kind)
    assert list(table.rows) == []
    assert missing(match(table.headings, kind), kind) == []
    assert "" not in match(table.headings, kind)


@pytest.mark.parametrize(
    ("heading", "key"),
    [("FORNAVN", "first_name"), ("Fodselsar", "birth_year"), (" Tlf. ", "phone"), ("Henvist dato*", "received_on"),
     ("Telefon (mobil)", "phone"), ("Nav-kontor", "nav_office"), ("E-post", "email"), ("Yndlingsfarge", "")],
)  # fmt: skip
def test_a_heading_is_known_without_case_accents_and_spaces(heading, key):
    assert match([heading], KINDS["participants"]) == [key]


def test_of_two_headings_for_one_column_the_first_is_taken():
    assert match(["Telefon", "Mobil", "Feil"], KINDS["participants"]) == ["phone", "", ""]
