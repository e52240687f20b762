import json
from hashlib import sha256
from importlib.metadata import EntryPoint, version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fotfeste.cli import GROUP, command_line
from fotfeste.fidelity import scale

IPS = scale("ips-25")
MADE_UP = Path(__file__).with_name("fidelity_two_subscales.toml")
FOURS = ["item,rating,rater,comment", *(f"{number},4,Kari," for number in range(1, 26))]


def run(*args):
    found = [EntryPoint(name="fidelity", group=GROUP, value="fotfeste.commands.fidelity:app")]
    return CliRunner().invoke(command_line(found), ["fidelity", *map(str, args)])


def told(*args):
    result = run(*args, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


@pytest.fixture
def write(tmp_path):
    def write(lines, name="ratings.csv"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def test_a_complete_file_has_a_total_and_a_band(write):
    result = run("score", write(FOURS), "--scale", "ips-25")
    assert result.exit_code == 0
    assert "IPS kvalitetsskala, 25 punkter: 100 (god)" in result.stdout
    assert "Egne ord, ikke skjemaets" in result.stdout


def test_json_is_the_score_itself_with_what_it_was_made_by(write):
    path = write(FOURS)
    score = told("score", path)
    assert (score["total"], score["band"], score["rated"], score["items"]) == (100, "good", 25, 25)
    assert [(section["id"], section["total"]) for section in score["sections"]] == [
        ("staffing", 12),
        ("organization", 32),
        ("services", 56),
    ]
    assert score["ratings"]["25"] == 4
    assert (score["schema"], score["version"], score["command"]) == (
        "fotfeste.fidelity.score/1",
        version("fotfeste"),
        "fidelity score",
    )
    assert score["data_sha256"] == sha256(path.read_bytes()).hexdigest()
    assert score["definition"] == {"id": "ips-25", "version": 1, "sha256": IPS.sha256}


def test_a_blank_rating_is_an_item_not_rated(write):
    path = write([*FOURS[:7], "7,,Kari,ikke sett ennå", *FOURS[8:]])
    score = told("score", path)
    assert (score["total"], score["band"], score["rated"], score["ratings"]["7"]) == (None, None, 24, None)
    assert "24 av 25 punkter vurdert, ingen sum ennå" in run("score", path).stdout


def test_a_file_from_a_norwegian_spreadsheet_is_read(write):
    lines = ["\ufeffitem;rating;comment", *(f"{number};5;bra, men «nytt»" for number in range(1, 26))]
    assert told("score", write(lines))["total"] == 125


def test_one_of_several_raters_is_chosen_by_name(write):
    path = write([*FOURS, *(f"{number},5,Ola," for number in range(1, 26))])
    assert told("score", path, "--rater", "Ola")["total"] == 125
    assert told("score", path, "--rater", "Kari")["total"] == 100


@pytest.mark.parametrize(
    ("lines", "where", "what"),
    [
        (["item,rating", "1,4", "2,6"], "ratings.csv, rad 3, kolonne rating", "«6» er ikke et helt tall fra 1 til 5"),
        (["item,rating", "1,4.5"], "ratings.csv, rad 2, kolonne rating", "«4.5»"),
        (["item,rating", "26,4"], "ratings.csv, rad 2, kolonne item", "ikke punkt «26»"),
        (["item,rating", "1,4", "", "1,4"], "ratings.csv, rad 4, kolonne item", "to ganger"),
        (["item,rating,note", "1,4,x"], "ratings.csv, rad 1, kolonne note", "ukjent"),
        (["item,rating,item", "1,4,1"], "ratings.csv, rad 1, kolonne item", "står to ganger"),
        (["item,comment", "1,x"], "ratings.csv, rad 1, kolonne rating", "mangler"),
        (["item,rating", "1,4,x"], "ratings.csv, rad 2", "flere verdier"),
        ([*FOURS, "1,4,Ola,"], "ratings.csv, rad 27, kolonne rater", "fra flere (Kari, Ola)"),
    ],
)
def test_a_bad_file_is_refused_with_row_and_column(write, lines, where, what):
    path = write(lines)
    for args in (["score", path], ["agreement", write(FOURS, "other.csv"), path]):
        result = run(*args)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(where)
        assert what in result.stderr


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    result = run("score", tmp_path / "none.csv")
    assert (result.exit_code, result.stderr) == (2, "none.csv: Fila finnes ikke eller kan ikke leses.\n")
    (tmp_path / "latin.csv").write_bytes("item,rating,comment\n1,4,måned".encode("latin-1"))
    assert "UTF-8" in run("score", tmp_path / "latin.csv").stderr


def test_an_unknown_rater_or_scale_is_refused(write):
    result = run("score", write(FOURS), "--rater", "Per")
    assert (result.exit_code, "«Per»" in result.stderr) == (2, True)
    result = run("score", write(FOURS), "--scale", "ips25")
    assert (result.exit_code, result.stderr) == (2, "Skalaen «ips25» finnes ikke. Mente du «ips-25»?\n")


def test_two_files_are_compared(write):
    a = write(FOURS, "a.csv")
    b = write(["item,rating", "1,4", "2,2", "3,5"], "b.csv")
    result = run("agreement", a, b)
    assert result.exit_code == 0
    assert "3 av 25 punkter" in result.stdout
    assert "67 %" in result.stdout  # one of three is two apart
    compared = told("agreement", a, b, "--scale", "ips-25")
    assert (compared["n"], compared["exact"], compared["within_one"]) == (3, 1 / 3, 2 / 3)
    assert compared["disagreements"] == [{"item": "2", "a": 4, "b": 2}, {"item": "3", "a": 4, "b": 5}]
    assert compared["data_sha256"] == [sha256(path.read_bytes()).hexdigest() for path in (a, b)]


def test_an_undefined_kappa_is_said(write):
    path = write(FOURS)
    assert "Kappa kan ikke regnes ut" in run("agreement", path, path).stdout
    assert told("agreement", path, path)["kappa_linear"] is None


def test_the_scale_is_shown_in_either_language_with_the_marks():
    assert "Arbeid ute i felt" in run("scale", "ips-25").stdout
    english = run("scale", "ips-25", "--lang", "en").stdout
    assert "Work in the community" in english
    assert "has not been checked against the form" in english
    assert run("scale", "ips-25", "--lang", "fr").exit_code == 2
    assert run("scale", "ips").exit_code == 2


def test_the_scale_as_json_has_every_item_with_its_thresholds():
    shown = told("scale", "ips-25")
    assert (shown["id"], shown["definition"]["version"], shown["source_date"]) == ("ips-25", 1, "2008-01-07")
    assert len(shown["items"]) == 25
    assert [anchor["most"] for anchor in shown["items"][0]["anchors"]] == [None, 40, 30, 25, 20]


def test_a_scale_file_of_ones_own_is_used_in_place_of_a_name(write):
    ratings = write(["item,rating", "1,3", "2,2", "3,3"])
    result = run("score", ratings, "--scale", MADE_UP)
    assert "Arbeid: 5 (høy)" in result.stdout
    assert "Egne ord" not in result.stdout
    broken = write([MADE_UP.read_text(encoding="utf-8").replace("highest = 3", "highest = 3.5")], "mine.toml")
    result = run("score", ratings, "--scale", broken)
    assert (result.exit_code, result.stderr) == (
        2,
        "mine.toml, linje 11, nøkkel highest: «3.5» er ikke et helt tall.\n",
    )
    assert run("scale", broken).exit_code == 2
