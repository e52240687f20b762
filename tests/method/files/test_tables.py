"""TOML read strictly: what is asked comes out, and what is wrong is told with its line."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from fotfeste.files import BadKey, Table, read_toml
from fotfeste.files.key_lines import key_lines
from fotfeste.files.sentences import key_sentence

TEXT = '''# a review
title = "Virker det?" # with a # in a comment
share = 0.5
whole = 3
day = 2026-03-02
long = """
not_a_key = 1
[not.a.table]
"""

[search]
"odd name" = 'C:\\x'
limits = { low = 1, high = 2 }

[[item]]
id = "a"
anchors = [
    { rating = 1, nb = "ett" }, # the first
    { rating = 2, nb = "to, [tre] {fire}" },
]

[[item]]
id = "b"
[item.window]
count = 3
[[item.caps]]
id = "c"
'''

LINES = {
    "title": 2,
    "share": 3,
    "day": 5,
    "long": 6,
    "search": 11,
    "search.odd name": 12,
    "search.limits.high": 13,
    "item[1].id": 16,
    "item[1].anchors": 17,
    "item[1].anchors[2].nb": 19,
    "item[2]": 22,
    "item[2].window.count": 25,
    "item[2].caps[1].id": 27,
}


def table(path: Path, text: str) -> Table:
    path.write_text(text, encoding="utf-8")
    return read_toml(path)


def test_every_key_has_the_line_where_it_stands() -> None:
    found = key_lines(TEXT)
    assert {key: found[key] for key in LINES} == LINES
    assert "not_a_key" not in found
    assert key_lines(TEXT.replace("\n", "\r\n")) == found


def test_values_come_out_as_what_they_are(tmp_path: Path) -> None:
    top = table(tmp_path / "a.toml", TEXT)
    assert (top.text("title"), top.real("share"), top.real("whole")) == ("Virker det?", 0.5, 3.0)
    assert (top.day("day"), top.optional_text("subtitle"), top.yes("draft")) == (date(2026, 3, 2), None, False)
    assert [item.text("id") for item in top.tables("item")] == ["a", "b"]
    assert len(top.sha256) == 64


@pytest.mark.parametrize(
    ("text", "ask", "told"),
    [
        ("\na = 'x'", lambda t: t.number("a"), ("a", "number", 2)),
        ("\n\na = true", lambda t: t.real("a"), ("a", "real", 3)),
        ("a = nan", lambda t: t.real("a"), ("a", "real", 1)),
        (f"a = 1{'0' * 400}", lambda t: t.real("a"), ("a", "real", 1)),
        (f"a = [1, 1{'0' * 400}]", lambda t: t.reals("a"), ("a[2]", "real", 1)),
        ("a = 1", lambda t: t.text("b"), ("b", "missing", None)),
        ("a = 1\n[b]\nc = 2", lambda t: t.table("b").text("d"), ("b.d", "missing", 2)),
        ("[[b]]\nc = 1\n[[b]]", lambda t: [row.number("c") for row in t.tables("b")], ("b[2].c", "missing", 3)),
        ("a = 'x'", lambda t: t.choice("a", Literal["y"]), ("a", "choice", 1)),
        ("\na = [1, 'x']", lambda t: t.texts("a"), ("a", "list", 2)),
        ("\nab = 1", lambda t: t.done(), ("ab", "unknown", 2)),
    ],
)
def test_what_is_wrong_is_told_with_key_and_line(tmp_path: Path, text: str, ask, told) -> None:
    asked = table(tmp_path / "a.toml", text)
    with pytest.raises(BadKey) as caught:
        ask(asked)
    assert (caught.value.key, caught.value.reason, caught.value.line) == told


def test_a_text_that_is_not_toml_has_the_line_where_it_breaks(tmp_path: Path) -> None:
    with pytest.raises(BadKey) as caught:
        table(tmp_path / "a.toml", "a = 1\nb = \n")
    assert (caught.value.reason, caught.value.line) == ("syntax", 2)
    assert key_sentence(caught.value).startswith("a.toml, linje 2: Fila er ikke gyldig TOML")


def test_the_reader_chooses_its_own_error(tmp_path: Path) -> None:
    class BadReview(BadKey):
        pass

    with pytest.raises(BadReview):
        read_toml(tmp_path / "none.toml", error=BadReview)
    (tmp_path / "a.toml").write_text("[a]")
    with pytest.raises(BadReview):
        read_toml(tmp_path / "a.toml", error=BadReview).table("a").text("b")
