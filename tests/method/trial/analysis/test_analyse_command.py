"""``fotfeste trial analyse`` on a made-up trial of the Norwegian design."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.method.trial.analysis.made_up import PLAN, rows, write
from typer.testing import CliRunner

from fotfeste.commands.trial import app
from fotfeste.trial.analysis.binary import Counts, risk_difference


def run(*words: object) -> Any:
    return CliRunner().invoke(app, ["trial", "analyse", *map(str, words)])


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    return rows()


@pytest.fixture(scope="module")
def short_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan without its sensitivity analyses and its last two outcomes."""
    text = PLAN.read_text(encoding="utf-8")
    text = re.sub(r"sensitivity = .*", "sensitivity = []", text).replace(
        "tipping_point = true", "tipping_point = false"
    )
    for outcome in ("first_job", "weeks"):
        text = re.sub(rf'\[\[secondary\]\]\noutcome = "{outcome}"\n(.+\n)*', "", text)
    path = tmp_path_factory.mktemp("plan") / "short.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, told: list[dict[str, Any]]) -> tuple[Path, dict[str, Any], str]:
    """One run with everything: the folder, the JSON, and what was written to the report as HTML."""
    folder = tmp_path_factory.mktemp("trial")
    data = write(folder / "data.csv", told)
    result = run(
        PLAN,
        data,
        "--json",
        "--also",
        "one_day@18:odds_ratio",
        "--screened",
        600,
        "--report",
        folder / "r.html",
        "--charts",
        folder / "charts",
    )
    assert result.exit_code == 0, result.output
    return folder, json.loads(result.stdout), (folder / "r.html").read_text(encoding="utf-8")


def counted(told: list[dict[str, Any]], column: str, *, known: bool) -> Counts:
    arms = {a: [r for r in told if r["arm"] == a and (not known or r[column] != "")] for a in ("ips", "usual")}
    events = {a: sum(r[column] == 1 for r in people) for a, people in arms.items()}
    return Counts(events1=events["ips"], n1=len(arms["ips"]), events2=events["usual"], n2=len(arms["usual"]))


def test_the_primary_answer_is_newcombes_interval_of_all_who_were_randomised(
    outcome: tuple[Path, dict[str, Any], str], told: list[dict[str, Any]]
) -> None:
    found = outcome[1]["analyses"][0]
    plain = risk_difference(counted(told, "in_work@18", known=False))
    assert (found["role"], found["rule"], found["measure"]) == ("primary", "not_in_work", "RD")
    assert (found["estimate"], found["ci_low"], found["ci_high"]) == (plain.estimate, plain.ci_low, plain.ci_high)
    assert found["definition"] | {"id": "in_work_at_18_months", "version": 1} == found["definition"]


def test_both_denominators_are_always_told(
    outcome: tuple[Path, dict[str, Any], str], told: list[dict[str, Any]]
) -> None:
    for found in outcome[1]["analyses"]:
        for name in ("all_randomised", "with_data"):
            assert found[name]["estimate"] is not None, (found["id"], name)
    primary = outcome[1]["analyses"][0]
    answered = counted(told, "in_work@18", known=True)
    assert [arm["people"] for arm in primary["with_data"]["arms"]] == [answered.n1, answered.n2]
    assert primary["with_data"]["estimate"] == pytest.approx(answered.risk1 - answered.risk2)
    assert [arm["people"] for arm in primary["all_randomised"]["arms"]] == [205, 205]


def test_only_what_the_plan_names_is_analysed_and_the_rest_is_post_hoc(
    outcome: tuple[Path, dict[str, Any], str],
) -> None:
    roles = [(a["role"], a["id"]) for a in outcome[1]["analyses"]]
    assert [role for role, _ in roles] == ["primary", *["secondary"] * 7, "post_hoc"]
    assert roles[-1] == ("post_hoc", "one_day@18/odds_ratio/woolf")
    assert outcome[1]["analyses"][-1]["planned"] is False
    assert outcome[1]["analyses"][-1]["p_adjusted"] is None
    assert "Ikke planlagt (post hoc)" in outcome[2]


def test_secondary_p_values_are_holms(outcome: tuple[Path, dict[str, Any], str]) -> None:
    secondary = [a for a in outcome[1]["analyses"] if a["role"] == "secondary"]
    smallest = min(secondary, key=lambda a: a["p"])
    assert smallest["p_adjusted"] == pytest.approx(7 * smallest["p"])


def test_a_welch_of_the_scores_is_scipys(tmp_path: Path, short_plan: Path, told: list[dict[str, Any]]) -> None:
    data = write(tmp_path / "data.csv", told)
    result = run(short_plan, data, "--json", "--also", "hads@12:mean_difference:welch")
    found = json.loads(result.stdout)["analyses"][-1]
    arms = [[r["hads@12"] for r in told if r["arm"] == a and r["hads@12"] != ""] for a in ("ips", "usual")]
    other = stats.ttest_ind(*arms, equal_var=False)
    assert (found["t"], found["p"]) == pytest.approx((other.statistic, other.pvalue))


def test_the_randomisation_test_agrees_with_the_chi_square_in_a_large_trial(
    outcome: tuple[Path, dict[str, Any], str],
) -> None:
    found = outcome[1]["analyses"][0]
    assert found["randomisation_test"]["p"] == pytest.approx(found["p"], abs=0.006)


def test_the_flow_adds_up(outcome: tuple[Path, dict[str, Any], str]) -> None:
    flow = outcome[1]["flow"]
    assert (flow["screened"], flow["not_randomised"], flow["randomised"]) == (600, 190, 410)
    for arm in flow["arms"]:
        assert arm["withdrew"] + arm["died"] + arm["lost"] + arm["with_outcome"] == arm["randomised"]
    assert sum(arm["withdrew"] for arm in flow["arms"]) > 0


def test_subgroups_and_curves_and_the_effect_over_time_are_there(outcome: tuple[Path, dict[str, Any], str]) -> None:
    (severity,) = outcome[1]["subgroups"]
    assert severity["levels"].keys() == {"moderate", "severe"}
    assert 0 < severity["p_interaction"] < 1
    (curve,) = outcome[1]["curves"]
    assert curve["arms"]["ips"]["n"] > 180
    assert [p["month"] for p in outcome[1]["over_time"]] == [12, 18]


def test_the_figures_and_the_report_tell_the_numbers(outcome: tuple[Path, dict[str, Any], str]) -> None:
    folder, found, page = outcome
    names = {path.name for path in (folder / "charts").iterdir()}
    assert names == {"flyt.svg", "kurve-first_job-18.svg", "over-tid-ips.svg", "undergrupper-ips.svg"}
    assert "Ikke trukket (n = 190)" in (folder / "charts" / "flyt.svg").read_text(encoding="utf-8")
    shown = f"{100 * found['analyses'][0]['estimate']:.1f}".replace(".", ",")
    assert f"{shown} prosentpoeng" in page
    assert found["data_sha256"] in page
    assert "in_work_at_18_months, versjon 1" in page
    assert "hvor konklusjonen snur" in page


def test_the_same_data_give_the_same_answer(tmp_path: Path, short_plan: Path, told: list[dict[str, Any]]) -> None:
    data = write(tmp_path / "data.csv", told[:80])
    one, two, other = (run(short_plan, data, "--json", "--seed", seed).stdout for seed in (1, 1, 2))
    assert one == two
    assert one != other


def test_tables_for_people(tmp_path: Path, short_plan: Path, told: list[dict[str, Any]]) -> None:
    result = run(short_plan, write(tmp_path / "data.csv", told[:80]))
    assert result.exit_code == 0
    for text in ("Trukket", "bare de med", "Moderat", "Undergrupper har liten styrke"):
        assert text in result.stdout


def test_bad_data_are_all_told_and_nothing_is_written(
    tmp_path: Path, short_plan: Path, told: list[dict[str, Any]]
) -> None:
    bad = [dict(row) for row in told[:20]]
    bad[2]["arm"] = "placebo"
    bad[4]["person"] = bad[0]["person"]
    bad[6]["in_work@18"] = "3"
    result = run(short_plan, write(tmp_path / "data.csv", bad), "--json", "--report", tmp_path / "r.pdf")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert not (tmp_path / "r.pdf").exists()
    assert result.stderr.splitlines() == [
        "data.csv, rad 4, kolonne arm, «placebo»: Planen har ikke denne armen. Den har ips, usual.",
        "data.csv, rad 6, kolonne person, «p000»: Personen står der fra før.",
        "data.csv, rad 8, kolonne in_work@18, «3»: Her skal det stå 0 eller 1.",
        "data.csv: Noe er galt 3 steder. Ingenting er analysert.",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--also", "one_day"), "kan ikke leses"),
        (("--also", "one_day@6:risk_ratio"), "har ikke utfallet"),
        (("--also", "one_day@18:hazard_ratio"), "passer ikke"),
        (("--also", "one_day@18:risk_ratio:welch"), "gir ikke dette målet"),
        (("--screened", "5"), "færre enn"),
        (("--report", "r.odt"), "ikke en rapportfil"),
    ],
)
def test_options_that_cannot_be_used_are_said(
    tmp_path: Path, short_plan: Path, told: list[dict[str, Any]], words: tuple[str, ...], said: str
) -> None:
    result = run(short_plan, write(tmp_path / "data.csv", told[:20]), *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_outcome_that_nobody_has_is_told_as_not_estimable(
    tmp_path: Path, short_plan: Path, told: list[dict[str, Any]]
) -> None:
    empty = [row | {"one_day@18": 0 if row["one_day@18"] != "" else ""} for row in told[:80]]
    found = json.loads(run(short_plan, write(tmp_path / "data.csv", empty), "--json").stdout)
    (ratio,) = (a for a in found["analyses"] if a["outcome"] == "one_day")
    assert ratio["estimate"] is None
    assert ratio["not_estimable"] == "no_events"
    assert np.isfinite(found["analyses"][0]["estimate"])


def test_a_trial_where_nobody_has_a_later_outcome_yet_is_told_without_effects(
    tmp_path: Path, told: list[dict[str, Any]]
) -> None:
    early = [row | {c: "" for c in row if "@" in c and not c.endswith("@0")} for row in told[:40]]
    result = run(PLAN, write(tmp_path / "data.csv", early), "--json", "--report", tmp_path / "r.html")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert [arm["with_outcome"] for arm in found["flow"]["arms"]] == [0, 0]
    assert found["curves"] == []
    assert all(a["with_data"]["estimate"] is None for a in found["analyses"])
