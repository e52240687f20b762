"""A table as CSV: what a spreadsheet would run is shown instead, and every word is there."""

import csv as python_csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.documents import Table, csv


def read(table: Table) -> list[list[str]]:
    return list(python_csv.reader(StringIO(csv(table).decode("utf-8-sig"), newline=""), delimiter=";"))


# OWASP, CSV Injection: cells that begin with these, or with their full-width forms, are read as formulas.
@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＋", "－", "＠", "−"])
def test_no_cell_begins_as_a_formula(begins: str) -> None:
    ((_, cell),) = read(Table(("a", "b"), (("x", f"{begins}cmd|'/c calc'!A1"),), ""))[1:]
    assert cell.startswith("'")
    assert cell.endswith("cmd|'/c calc'!A1")


@pytest.mark.parametrize("cell", ["+2", "-1", "3", "", "Møte - på kafé", "a;b", 'sa "ja"', "to\nlinjer"])
def test_other_cells_stand_as_they_are(cell: str) -> None:
    assert read(Table(("a",), ((cell,),), ""))[1:] == [[cell]]


@given(st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn", "Zs")), min_size=1))
def test_no_word_is_lost(cell: str) -> None:
    (found,) = read(Table(("a",), ((cell,),), ""))[1][:1]
    assert found.removeprefix("'") == cell.removeprefix("'")
