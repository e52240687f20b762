"""Every figure is drawn in every format and both languages, with its numbers beside it."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fotfeste.charts.evidence import forest
from fotfeste.charts.evidence.words import short, told_apart
from fotfeste.commands.evidence import app
from fotfeste.evidence.trials import trials_path

FIGURES = {
    "pool": [],
    "subgroup": ["--by", "population"],
    "cumulate": [],
    "bias": [],
    "influence": [],
    "regress": ["--mods", "year"],
    "gosh": [],
}


def draw(path: Path, command: str, *words: str) -> None:
    result = CliRunner().invoke(
        app, ["evidence", command, str(trials_path()), *FIGURES[command], "--chart", str(path), *words]
    )
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("command", FIGURES)
def test_a_figure_is_drawn_with_its_table_beside(command: str, tmp_path: Path) -> None:
    path = tmp_path / "figure.svg"
    draw(path, command)
    assert path.read_text(encoding="utf-8").startswith("<svg")
    rows = list(csv.DictReader(path.with_suffix(".csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) >= 26


@pytest.mark.parametrize("figure", ["radial", "labbe"])
def test_the_other_figures_of_the_studies_have_every_study_in_their_table(figure: str, tmp_path: Path) -> None:
    draw(tmp_path / "f.svg", "pool", "--figure", figure)
    rows = list(csv.DictReader((tmp_path / "f.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 26


def test_the_forest_plot_tells_the_level_it_was_asked_for(tmp_path: Path) -> None:
    draw(tmp_path / "f.svg", "pool", "--level", "0.9")
    assert "RR [90 % KI]" in (tmp_path / "f.svg").read_text(encoding="utf-8")


def test_the_forest_plot_is_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    draw(tmp_path / "nb.svg", "pool")
    draw(tmp_path / "en.svg", "pool", "--lang", "en")
    bokmal, english = ((tmp_path / f"{lang}.svg").read_text(encoding="utf-8") for lang in ("nb", "en"))
    assert "taler for IPS" in bokmal
    # Bejerholm 2017 as Probyn et al. (2021) printed it: section 1 of the data's notes.
    assert "10,61 [1,49; 75,38]" in bokmal
    assert "favours IPS" in english
    assert "10.61 [1.49; 75.38]" in english


def test_png_and_html_are_whole_files(tmp_path: Path) -> None:
    draw(tmp_path / "f.png", "pool")
    draw(tmp_path / "f.html", "pool")
    assert (tmp_path / "f.png").read_bytes().startswith(b"\x89PNG")
    assert "</html>" in (tmp_path / "f.html").read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.tmp"))


def test_a_file_that_is_no_figure_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evidence", "pool", str(trials_path()), "--chart", str(tmp_path / "f.pdf")])
    assert result.exit_code == 2
    assert ".svg, .png eller .html" in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_figures_table_is_never_written_over_the_data(tmp_path: Path) -> None:
    data = tmp_path / "trials.csv"
    data.write_bytes(trials_path().read_bytes())
    result = CliRunner().invoke(app, ["evidence", "pool", str(data), "--chart", str(tmp_path / "trials.png")])
    assert result.exit_code == 2
    assert "skrevet over trials.csv" in result.stderr
    assert data.read_bytes() == trials_path().read_bytes()


def test_more_studies_than_a_figure_can_hold_end_in_a_sentence(tmp_path: Path) -> None:
    data = tmp_path / "many.csv"
    data.write_text("events1,n1,events2,n2\n" + "5,20,3,20\n" * 5001)
    result = CliRunner().invoke(app, ["evidence", "pool", str(data), "--chart", str(tmp_path / "f.svg")])
    assert result.exit_code == 2
    assert "many.csv: Dette regnes for høyst 1000 studier. Her er det 5001." in result.stderr


def test_an_interval_that_is_cut_ends_in_an_arrow_also_where_it_is_pooled() -> None:
    rows = [
        {"kind": "study", "study": "A", "effect": 0.1, "ci_low": -0.2, "ci_high": 0.4},
        {"kind": "study", "study": "B", "effect": 0.6, "ci_low": 0.2, "ci_high": 1.0},
        {"kind": "pooled", "study": None, "effect": 0.3, "ci_low": -2.8, "ci_high": 3.4, "pi_low": -4, "pi_high": 5},
    ]
    around = rows[2] | {"ci_low": -0.5, "ci_high": 1.2}
    assert arrows(rows) == [(2, "left"), (2, "right"), (2.5, "left"), (2.5, "right")]
    assert arrows([*rows[:2], around]) == [(2.5, "left"), (2.5, "right")]


def test_three_studies_with_wide_intervals_are_shown_whole() -> None:
    rows = [
        {"kind": "study", "study": name, "effect": y, "ci_low": y - 0.5, "ci_high": y + 0.5}
        for name, y in (("A", 0.5), ("B", 0.3), ("C", 0.8))
    ]
    assert arrows([*rows, {"kind": "pooled", "study": None, "effect": 0.5, "ci_low": 0.0, "ci_high": 1.0}]) == []


def test_the_forest_plot_says_what_the_bar_below_the_diamond_is(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evidence", "pool", str(trials_path()), "--json"])
    told = json.loads(result.stdout)
    low, high = (f"{told[name]:.2f}".replace(".", ",") for name in ("ratio_pi_low", "ratio_pi_high"))
    draw(tmp_path / "f.svg", "pool")
    assert f"Lys strek: prediksjonsintervall, [{low}; {high}] for alle." in (tmp_path / "f.svg").read_text("utf-8")


def test_a_per_cent_sign_is_written_as_the_language_does(tmp_path: Path) -> None:
    draw(tmp_path / "nb.svg", "pool", "--figure", "labbe")
    draw(tmp_path / "en.svg", "pool", "--lang", "en")
    assert ">20 %<" in (tmp_path / "nb.svg").read_text("utf-8")
    assert "(I² 73%, τ² 0.12)" in (tmp_path / "en.svg").read_text("utf-8")


def arrows(rows: list[dict[str, Any]]) -> list[tuple[float, str]]:
    middle = next(part for part in forest(rows).to_dict()["hconcat"] if len(part["layer"]) > 2)
    drawn = [mark for layer in middle["layer"] for mark in layer.get("data", {}).get("values", ())]
    return sorted((mark["y"], mark["to"]) for mark in drawn if "to" in mark)


def test_two_long_names_that_end_differently_are_told_apart() -> None:
    first, second = (f"Undersøkelsen av individuell jobbstøtte hos unge voksne i {place}" for place in ("Oslo", "Bodø"))
    assert short(first, 44) != short(second, 44)
    assert len(short(first, 44)) <= 44
    assert short("Reme 2019", 44) == "Reme 2019"


def test_long_names_that_differ_in_the_middle_get_their_number_in_the_table() -> None:
    names = [f"Undersøkelsen av individuell jobbstøtte i {place}, forlenget oppfølging" for place in ("Oslo", "Bodø")]
    assert told_apart(names, 30) == ["1. Undersøkelsen av in…oppfølging", "2. Undersøkelsen av in…oppfølging"]
    assert told_apart(["Reme 2019", "Mueser 2004"], 30) == ["Reme 2019", "Mueser 2004"]


def test_a_figure_in_a_folder_that_is_not_there_ends_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "borte" / "f.svg"
    result = CliRunner().invoke(app, ["evidence", "pool", str(trials_path()), "--chart", str(path)])
    assert result.exit_code == 2
    assert f"{path}: Filen kan ikke skrives." in result.stderr
