"""Tables in the dialects that spreadsheets write."""

import math
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from fotfeste.files import BadCell, Cells, read_cells
from fotfeste.files.sentences import cell_sentence


@pytest.fixture
def cells(tmp_path: Path):
    def read(content: str | bytes, name: str = "a.csv") -> Cells:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_cells(path)

    return read


@pytest.mark.parametrize(
    "content",
    [
        "navn,tall\nØrsta,1.5\n,2\n",
        "navn\ttall\nØrsta\t1,5\n\t2\n",
        "\ufeffnavn;tall\r\nØrsta;1,5\r\n;2\r\n",
        "navn;tall\nØrsta;1,5\n;2\n".encode("latin-1"),
    ],
)
def test_the_same_table_in_every_dialect(cells, content) -> None:
    table = cells(content)
    assert table.columns["navn"] == ("Ørsta", "")
    assert table.numbers("tall").tolist() == [1.5, 2]
    assert table.lines == (2, 3)


def test_a_parquet_file_says_the_same(cells) -> None:
    written = BytesIO()
    frame = pl.DataFrame({"navn": ["Ørsta ", None], "tall": [1.5, 2.0], "n": [7, 8], "dag": [date(2026, 3, 2), None]})
    frame.write_parquet(written)
    table = cells(written.getvalue(), "a.parquet")
    assert table.columns["navn"] == ("Ørsta", "")
    assert table.numbers("tall").tolist() == [1.5, 2]
    assert table.text("n") == ("7", "8")
    assert table.days("dag", missing=True) == (date(2026, 3, 2), None)
    assert table.lines == (1, 2)


def test_json_is_a_list_of_rows_or_columns(cells) -> None:
    rows = cells('[{"a": 1, "b": "x"}, {"a": 2.5, "b": null}]', "a.json")
    assert rows.columns == cells('{"a": [1, 2.5], "b": ["x", null]}', "b.json").columns
    assert rows.columns == {"a": ("1", "2.5"), "b": ("x", "")}


def test_days_and_empty_cells(cells) -> None:
    table = cells("day,n\n2026-03-02,1\n.,NA\n")
    assert table.days("day", missing=True) == (date(2026, 3, 2), None)
    assert math.isnan(table.numbers("n", missing=True)[1])
    assert table.only([True, False]).days("day") == (date(2026, 3, 2),)


@pytest.mark.parametrize(
    ("content", "ask", "told"),
    [
        ("a\n\n x \n", lambda t: t.numbers("a"), ("number", 3, "a", "x")),
        ("a\ninf\n", lambda t: t.numbers("a"), ("not_finite", 2, "a", "inf")),
        ("a\nNA\n", lambda t: t.numbers("a"), ("missing", 2, "a", "NA")),
        ("a\n2.3.2026\n", lambda t: t.days("a"), ("date", 2, "a", "2.3.2026")),
        ("a\n1\n", lambda t: t.text("b"), ("missing_column", 1, "b", None)),
    ],
)
def test_a_cell_that_is_wrong_is_told_by_its_place(cells, content, ask, told) -> None:
    table = cells(content)
    with pytest.raises(BadCell) as caught:
        ask(table)
    bad = caught.value
    assert (bad.reason, bad.row, bad.column, bad.value) == told
    assert cell_sentence(bad).startswith(f"a.csv, rad {bad.row}, kolonne {bad.column}")


@pytest.mark.parametrize(
    ("content", "reason", "row"),
    [
        ("", "empty", None),
        ("a,a\n1,2\n", "repeated_column", 1),
        ("a,b\n1,2,3\n", "too_many_values", 2),
        (b"PAR1\0\0", "parquet", None),
        (b"a\0b", "unreadable", None),
    ],
)
def test_a_file_that_is_no_table_is_refused(cells, content, reason: str, row: int | None) -> None:
    with pytest.raises(BadCell) as caught:
        cells(content)
    assert (caught.value.reason, caught.value.row) == (reason, row)
