"""A trial's own result as one more study."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from fotfeste.commands.evidence import app

COUNTED = "study,events1,n1,events2,n2,outcome_definition\nA,30,60,20,60,one day\nB,25,80,15,78,one day\n"
MORE = "study,events1,n1,events2,n2,outcome_definition\nT,44,100,31,101,in_work_at_18_months 1\n"
DEFINITION = {"id": "in_work_at_18_months", "version": 1}


def trial(**changed: Any) -> dict[str, Any]:
    """As `fotfeste trial analyse` writes it: 44 of 100 and 31 of 101 in work at 18 months; hours have no counts."""
    arms = [{"arm": "ips", "people": 100, "value": 0.44}, {"arm": "usual", "people": 101, "value": 31 / 101}]
    main = {"outcome": "in_work", "month": 18, "arm": "ips", "reference": "usual", "measure": "RD", "arms": arms}
    earlier = main | {"month": 12, "estimate": 0.02, "se": 0.03}
    main |= {"estimate": 0.44 - 31 / 101, "se": None, "definition": DEFINITION}
    hours = {"outcome": "hours", "month": 18, "measure": "MD", "estimate": 80.0, "se": 60.0, "arms": []}
    return {"command": "trial analyse", "plan": {"title": "T"}, "analyses": [main, earlier, hours]} | changed


def register(**changed: Any) -> dict[str, Any]:
    """As `fotfeste register effect` writes it: the same people at 18 months, nothing to be shown at 17."""
    told = {
        "month": 18,
        "intervention": {"n": 100, "events": 44, "mean": 0.44},
        "control": {"n": 101, "events": 31, "mean": 31 / 101},
        "difference": {"measure": "RD", "estimate": 0.44 - 31 / 101, "se": 0.0677},
        "ratio": {"measure": "RR", "estimate": math.log(0.44 * 101 / 31), "se": 0.19},
    }
    held_back = {"month": 17, "intervention": None, "control": None, "difference": None, "ratio": None}
    return {
        "command": "register effect",
        "outcome": "outcome",
        "definition": DEFINITION,
        "rounded_to": None,
        "by_month": [held_back, told, told | {"month": 19}],
    } | changed


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("counted.csv").write_text(COUNTED, encoding="utf-8")
    Path("typed.csv").write_text(COUNTED + MORE.splitlines()[1] + "\n", encoding="utf-8")
    Path("trial.json").write_text(json.dumps(trial()), encoding="utf-8")
    Path("T.json").write_text(json.dumps(register()), encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["evidence", *words])


def told(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("measure", ["RR", "OR", "RD"])
@pytest.mark.parametrize("added", [("trial.json",), ("T.json", "--add-time", "18")])
def test_an_added_trial_is_the_same_as_its_counts_typed_in(here: Path, measure: str, added: tuple[str, ...]) -> None:
    found = told("pool", "counted.csv", "--measure", measure, "--add", *added)
    typed = told("pool", "typed.csv", "--measure", measure)
    assert (typed["k"], found["k"]) == (3, 3)
    assert [row["study"] for row in found["studies"]] == ["A", "B", "T"]
    for name in ("estimate", "se", "ci_low", "ci_high", "tau2", "pi_low", "warnings", "studies"):
        assert found[name] == typed[name]
    assert "mixed_outcome_definitions" in found["warnings"]
    assert [one["file"] for one in found["made_of"]] == ["counted.csv", added[0]]
    assert found["definition"]["added"][0]["definition"] == DEFINITION


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("study,effect,variance\nA,0.3,0.04\n", f"T,{math.log(0.44 * 101 / 31)!r},{0.19**2!r}\n"),
        ("study,ratio,se\nA,1.3,0.2\n", f"T,{0.44 * 101 / 31!r},0.19\n"),
        (
            "study,ratio,ci_low,ci_high\nA,1.3,0.9,1.9\n",
            f"T,{0.44 * 101 / 31!r},{0.44 * 101 / 31 * math.exp(-1.959963984540054 * 0.19)!r},"
            f"{0.44 * 101 / 31 * math.exp(1.959963984540054 * 0.19)!r}\n",
        ),
    ],
)
def test_where_effects_are_read_it_comes_with_its_own_effect(here: Path, table: str, row: str) -> None:
    Path("few.csv").write_text(table, encoding="utf-8")
    Path("typed.csv").write_text(table + row, encoding="utf-8")
    found = told("pool", "few.csv", "--add", "T.json", "--add-time", "18")
    typed = told("pool", "typed.csv")
    assert (found["k"], found["estimate"], found["se"]) == (
        2,
        pytest.approx(typed["estimate"], rel=1e-12),
        pytest.approx(typed["se"], rel=1e-12),
    )


def test_a_number_in_empty_cells_is_asked_for_by_its_own_name(here: Path) -> None:
    Path("empty.csv").write_text(COUNTED.replace("20,60", "0,60"), encoding="utf-8")
    row = told("effects", "empty.csv", "--zero-add", "1", "--measure", "OR")["studies"][0]
    assert row["effect"] == pytest.approx(math.log(31 * 61 / (31 * 1)))  # (30 + 1)(60 + 1) / ((30 + 1)(0 + 1))


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (None, (), "a.json: Filen finnes ikke eller kan ikke leses."),
        ("{", (), "a.json: Filen kan ikke leses som JSON."),
        ('{"analyses": 3}', (), "a.json: Filen er ikke et resultat."),
        ({"command": "evidence pool"}, (), "a.json, command: Dette er ikke resultatet av et forsøk."),
        (trial(), ("--add-outcome", "in_work"), "Resultatet har flere. Velg med --add-outcome og --add-time."),
        (trial(), ("--add-outcome", "sleep"), "a.json, analyses: Resultatet har ikke utfallet eller måneden. Det har "
         "in_work (18), in_work (12), hours (18)."),
        (trial(), ("--add-outcome", "hours"), "a.json, analyses[3]: Resultatet har ikke antall hendelser"),
        (trial(analyses=[one | {"arm": arm} for arm in ("ips", "iplus") for one in trial()["analyses"][:1]]), (),
         "a.json, analyses[1]: Forsøket har flere tiltak (ips, iplus) mot samme kontrollgruppe."),
        (trial(plan={"title": "A"}), (), "a.json, A: Studien står der fra før."),
        (register(), (), "Velg med --add-outcome og --add-time."),
        (register(), ("--add-time", "17"), "Resultatet har ikke utfallet eller måneden."),
        (register(rounded_to=5), ("--add-time", "18"), "a.json, by_month[2].difference: Antallene er avrundet."),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_said_with_file_and_key(
    here: Path, content: Any, more: tuple[str, ...], said: str
) -> None:
    if content is not None:
        Path("a.json").write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    result = run("pool", "counted.csv", "--add", "a.json", *more)
    assert result.exit_code == 2
    assert said in result.output
