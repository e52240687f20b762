"""``fotfeste economics`` from the file to what is printed, written and drawn."""

import json
import re
import shlex
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from tests.method.economics.examples import FOLDER, FOUR_STATES, TRIAL
from tests.method.economics.test_reading import changed, line_of, with_people
from typer.testing import CliRunner

from fotfeste.commands.economics import app
from fotfeste.commands.trace import app as tracing
from fotfeste.economics.breakeven import break_even
from fotfeste.economics.evaluation import evaluate
from fotfeste.economics.payers import ACCOUNTS
from fotfeste.economics.reading import read_analysis
from fotfeste.files.tracing import trace


def run(*words: object) -> Any:
    return CliRunner().invoke(app, ["economics", *map(str, words)])


def told(*words: object) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize("example", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_answers_as_json(example: Path) -> None:
    found = told("evaluate", example, "--draws", 50)
    read = evaluate(read_analysis(example))
    assert found["net_benefit"] == read.net_benefit
    assert found["horizon"] == read.horizon
    assert list(found["by_payer"]) == list(ACCOUNTS)
    assert sum(a["net_benefit"] for a in found["by_payer"].values()) == pytest.approx(found["net_benefit"])
    assert found["data_sha256"] == read_analysis(example).sha256
    assert (found["schema"], found["command"]) == ("fotfeste.economics.evaluate/1", "economics evaluate")
    assert found["uncertainty"]["draws"] == 50
    assert {r["formula"] for r in found["returns"]} >= {"net_benefit_plus_cost_over_cost", "net_benefit_over_cost"}


def test_another_horizon_turns_the_sign_of_the_first_example() -> None:
    assert told("evaluate", TRIAL, "--draws", 0)["net_benefit"] < 0
    assert told("evaluate", TRIAL, "--draws", 0, "--horizon", 43)["net_benefit"] > 0


def test_another_perspective_counts_its_own_account() -> None:
    whole = told("evaluate", TRIAL, "--draws", 0)
    assert told("evaluate", TRIAL, "--draws", 0, "--perspective", "nav")["net_benefit"] == pytest.approx(
        whole["by_payer"]["nav"]["net_benefit"]
    )


def test_the_same_seed_writes_the_same_json() -> None:
    one, same, other = (run("evaluate", TRIAL, "--draws", 200, "--seed", s, "--json").stdout for s in (3, 3, 4))
    assert one == same
    assert one != other


def test_people_read_a_table_with_payers_decimal_comma_and_a_real_minus() -> None:
    result = run("evaluate", TRIAL, "--draws", 100)
    assert result.exit_code == 0
    assert "−81\N{NO-BREAK SPACE}770\N{NO-BREAK SPACE}kr" in result.output
    for word in ("NAV", "Deltakeren", "Samfunnet", "antatt"):
        assert word in result.output


def test_the_break_even_of_the_command_is_that_of_the_library() -> None:
    found = told("breakeven", TRIAL, "--longest", 60)
    assert set(found["breakeven"]) == {"wage", "duration", "effect", "cost"}
    assert found["breakeven"]["wage"]["value"] == break_even(read_analysis(TRIAL), "wage").value
    assert len(found["breakeven"]["wage"]["over_horizon"]) == 60
    assert found["breakeven"]["duration"]["value"] is None
    one = told("breakeven", TRIAL, "--of", "aap.amount")
    assert list(one["breakeven"]) == ["aap.amount"]


def test_the_states_of_a_cohort_are_all_of_it_at_every_cycle() -> None:
    found = told("markov", FOUR_STATES, "--draws", 0)["states"]
    assert len(found["months"]) == 49
    for arm in ("intervention", "reference"):
        assert [sum(shares) for shares in found[arm]] == pytest.approx([1] * 49)
    assert found["intervention"][-1][1] > found["reference"][-1][1]  # more in work alone
    printed = run("markov", FOUR_STATES, "--draws", 0)
    assert "AAP og arbeid" in printed.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("evaluate", "missing.toml"), "missing.toml: Fila finnes ikke"),
        (("evaluate", TRIAL, "--horizon", "18.5"), "18,5 måneder er ikke et helt antall"),
        (("evaluate", TRIAL, "--horizon", "0"), "0 måneder er ikke et helt antall"),
        (("evaluate", TRIAL, "--horizon", "nan"), "nan måneder er ikke et helt antall"),
        (("evaluate", TRIAL, "--horizon", "inf"), "Horisonten kan ikke være lengre enn 1200 måneder"),
        (("breakeven", TRIAL, "--longest", "1e7"), "Horisonten kan ikke være lengre enn 1200 måneder"),
        (("breakeven", TRIAL, "--longest", "0"), "0 måneder er ikke et helt antall"),
        (("evaluate", TRIAL, "--draws", "0", "--chart", "nowhere/x.svg"), "nowhere/x.svg: Filen kan ikke skrives"),
        (("evaluate", TRIAL, "--draws", "0", "--report", "nowhere/x.pdf"), "nowhere/x.pdf: Filen kan ikke skrives"),
        (("breakeven", TRIAL, "--of", "lønn"), "Ingen tall i filen heter «lønn»"),
        (("markov", TRIAL), "Analysen har ingen tilstander"),
        (("evaluate", TRIAL, "--draws", "0", "--figure", "plane", "--chart", "x.svg"), "Filen sier ikke nok"),
        (("evaluate", TRIAL, "--draws", "0", "--chart", "x.bmp"), "er ikke en figurfil"),
        (("evaluate", TRIAL, "--draws", "0", "--report", "x.txt"), "er ikke en rapport"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    words: tuple[object, ...], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_the_table_of_a_figure_is_not_written_over_the_persons(tmp_path: Path) -> None:
    path, _ = with_people(tmp_path)
    before = (tmp_path / "people.csv").read_bytes()
    for words in (("evaluate", path, "--draws", "0"), ("breakeven", path, "--of", "wage")):
        result = run(*words, "--chart", tmp_path / "people.svg")
        assert (result.exit_code, (tmp_path / "people.csv").read_bytes()) == (2, before)
        assert "ville blitt skrevet over people.csv" in result.stderr


def test_a_bad_key_is_said_with_its_line(tmp_path: Path) -> None:
    path = changed(tmp_path, TRIAL, ('payer = "nav"', 'payer = "Staten"'))
    result = run("evaluate", path)
    assert result.exit_code == 2
    where = f"analyse.toml, linje {line_of(path, 'payer')}, nøkkel costs[1].payer: "
    assert where + "«Staten» er ikke en betaler. Bruk participant" in result.stderr


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        (("evaluate", TRIAL, "--draws", "100"), "month,net_benefit,society,public,low,high"),
        (("evaluate", TRIAL, "--draws", "100", "--figure", "plane"), "effect,cost"),
        (("evaluate", TRIAL, "--draws", "100", "--figure", "acceptability"), "willingness_to_pay,probability,evpi"),
        (("evaluate", TRIAL, "--draws", "0", "--figure", "tornado"), "parameter,low,high,at_low,at_high,name"),
        (("breakeven", TRIAL, "--of", "wage", "--longest", "60"), "horizon,value"),
        (("markov", FOUR_STATES, "--draws", "0"), "arm,month,state,share"),
    ],
)
def test_each_figure_is_drawn_with_its_table_beside_it(words: tuple[object, ...], columns: str, tmp_path: Path) -> None:
    result = run(*words, "--chart", tmp_path / "figur.svg")
    assert result.exit_code == 0, result.output
    drawn = (tmp_path / "figur.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "NaN" not in drawn
    table = (tmp_path / "figur.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0] == columns
    assert len(table) > 3


def test_the_report_says_in_plain_words_what_it_costs_whom_it_serves_and_what_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "rapport.html"
    assert run("evaluate", TRIAL, "--draws", "100", "--report", path).exit_code == 0
    text = path.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "Regnet 18 måneder fram koster tiltaket 81 770 kr mer enn det gir",
        "I løpet av denne tiden rekker det ikke å tjene seg inn.",
        "De som får jobb, måtte tjent 1 419 682 kr i året",
        "Hva som ikke er regnet med",
        "er sannsynligheten for at det lønner seg under 1 %.",
        "Prisindeks",
        "Usikkerheten i: Arbeid som blir gjort, lønn",
        "Helse og livskvalitet: deltakerne med jobbstøtte hadde det bedre",
        "Reme m.fl. 2019",
        read_analysis(TRIAL).sha256,
        f"«fotfeste economics evaluate», versjon {version('fotfeste')}, med frø 1 for trekningene",
    ):
        assert words in text
    assert text.count("<figure>") == 4
    assert "Tabell 1: Kostnad og nytte per deltaker" in text
    later = tmp_path / "lenger.html"
    run("evaluate", TRIAL, "--draws", "0", "--horizon", "43", "--report", later)
    found = later.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "gir tiltaket 5 279 kr mer enn det koster" in found
    assert "Det lønner seg fra måned 42." in found
    assert "Det er regnet lenger fram enn effekten er målt." in found
    assert "måtte tjent" not in found


def test_a_figure_and_a_report_lead_back_to_what_they_were_made_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_people(tmp_path)
    monkeypatch.chdir(tmp_path)
    asked = ("evaluate", "analyse.toml", "--draws", "50", "--seed", "7", "--horizon", "43")
    assert run(*asked, "--chart", "figur.svg", "--report", "rapport.html").exit_code == 0
    for made in ("figur.svg", "figur.csv", "rapport.html"):
        found = trace(Path(made))
        assert (found.command, found.status, found.is_whole) == ("economics evaluate", "unchanged", True)
        assert [(one.file, one.status) for one in found.made_of] == [
            ("analyse.toml", "source"),
            ("people.csv", "source"),
        ]
        assert {name: found.definition[name] for name in ("horizon", "perspective", "draws", "seed")} == {
            "horizon": 43,
            "perspective": "society",
            "draws": 50,
            "seed": 7,
        }
    with Path("people.csv").open("a") as rows:
        rows.write("\nIPS;1;1;1")
    for made in ("figur.svg", "rapport.html"):
        walked = CliRunner().invoke(tracing, [made])
        assert walked.exit_code == 1
        assert "people.csv  endret siden" in walked.output


ROOT = FOLDER.parents[1]
PAGES = ("README.md", "docs/methods/economics.md")
SHOWN = {
    line.partition("#")[0].strip()
    for page in PAGES
    for line in re.findall(r"^fotfeste (economics .+)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("line", sorted(SHOWN))
def test_a_command_of_the_pages_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [str(ROOT / word) if word.startswith("examples/") else word for word in shlex.split(line)]
    draws = ["--draws", "50"] if words[1] != "breakeven" else []
    result = CliRunner().invoke(app, [*words, *draws])
    assert result.exit_code == 0, result.output
    for name in re.findall(r"--(?:chart|report) (\S+)", line):
        content = (tmp_path / name).read_bytes()
        assert content.startswith({".svg": b"<svg", ".pdf": b"%PDF-"}[Path(name).suffix])
        assert Path(name).suffix != ".pdf" or b"/MarkInfo" in content  # tagged


def test_the_pages_show_each_example_and_each_command() -> None:
    assert {line.split()[1] for line in SHOWN} == {"evaluate", "breakeven", "markov"}
    for example in FOLDER.glob("*.toml"):
        assert any(example.name in line for line in SHOWN)
