"""A plan with three arms, two to one to one: drawn, verified, and each arm analysed against the reference."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.method.trial.analysis.made_up import PLAN
from tests.method.trial.commands import run

from fotfeste.trial.analysis.binary import Counts, risk_difference

ARMS = {"ips": 2, "brief": 1, "usual": 1}
SCHEMES = {
    "permuted_blocks": 'by = ["site", "severity"]\nblock_sizes = [4, 8]',
    "minimisation": 'by = ["site", "severity"]\np = 0.8',
    "simple": "",
}


def plan(folder: Path, scheme: str, analyses: str) -> Path:
    """The Norwegian plan with a third arm and few analyses."""
    text = PLAN.read_text(encoding="utf-8")
    text = text.replace('"\nshare = 1', '"\nshare = 2', 1).replace(
        '[[site]]\nid = "nord"', '[[arm]]\nid = "brief"\nname = "Kort tilbud"\nshare = 1\n\n[[site]]\nid = "nord"', 1
    )
    text = re.sub(r"usual = ([\d.]+) }", r"usual = \1, brief = \1 }", text)
    text = re.sub(r"\[randomisation\]\n(.+\n)+", f'[randomisation]\nscheme = "{scheme}"\n{SCHEMES[scheme]}\n', text)
    text = re.sub(r"\[\[secondary\]\]\n(.+\n)+\n", "", text).replace("[missing]", f"{analyses}\n[missing]")
    text = re.sub(r"sensitivity = .*", "sensitivity = []", text)
    text = text.replace("tipping_point = true", "").replace("randomisation_test = true", "")
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


SECONDARY = '[[secondary]]\noutcome = "first_job"\nmonth = 18\nmeasure = "hazard_ratio"\n'


@pytest.mark.parametrize("scheme", SCHEMES)
def test_three_arms_are_drawn_in_their_ratio_and_verified(tmp_path: Path, scheme: str) -> None:
    file, seed, log = plan(tmp_path, scheme, SECONDARY), tmp_path / "seed", tmp_path / "allocations.csv"
    sealed = run("commit", file, "--seed-file", seed).stdout.strip()
    run("simulate", file, "--out", tmp_path)
    assert (
        run("randomise", file, "--seed-file", seed, "--requests", tmp_path / "requests.csv", "--out", log).exit_code
        == 0
    )
    with log.open(encoding="utf-8", newline="") as told:
        drawn = [row["arm"] for row in csv.DictReader(told)]
    # Four standard deviations of a binomial of 410 for the simple scheme; the others keep nearer.
    room = {"simple": 41, "permuted_blocks": 24, "minimisation": 24}[scheme]
    for arm, share in ARMS.items():
        assert abs(drawn.count(arm) - 410 * share / 4) < room
    assert run("verify", file, "--seed-file", seed, "--commitment", sealed, "--allocations", log).exit_code == 0
    changed = log.read_text(encoding="utf-8").replace(f",{drawn[0]},", ",brief," if drawn[0] != "brief" else ",ips,", 1)
    log.write_text(changed, encoding="utf-8")
    assert run("verify", file, "--seed-file", seed, "--commitment", sealed, "--allocations", log).exit_code == 1


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], dict[str, Any], str]:
    """The people, the JSON, and the report."""
    folder = tmp_path_factory.mktemp("three")
    file, report = plan(folder, "permuted_blocks", SECONDARY), folder / "r.html"
    run("simulate", file, "--out", folder)
    result = run("analyse", file, folder / "data.csv", "--json", "--report", report)
    assert result.exit_code == 0, result.output
    with (folder / "data.csv").open(encoding="utf-8", newline="") as data:
        return list(csv.DictReader(data)), json.loads(result.stdout), report.read_text(encoding="utf-8")


def test_each_arm_is_compared_with_the_reference_alone(
    analysed: tuple[list[dict[str, str]], dict[str, Any], str],
) -> None:
    people, found, _ = analysed
    primary = [a for a in found["analyses"] if a["role"] == "primary"]
    assert [(a["arm"], a["reference"]) for a in primary] == [("ips", "usual"), ("brief", "usual")]
    for one in primary:
        yes, n = {}, {}
        for arm in (one["arm"], "usual"):
            here = [row["in_work@18"] for row in people if row["arm"] == arm]
            yes[arm], n[arm] = here.count("1"), len(here)
        told = risk_difference(
            Counts(events1=yes[one["arm"]], n1=n[one["arm"]], events2=yes["usual"], n2=n["usual"]), method="newcombe"
        )
        assert (one["estimate"], one["ci_low"], one["ci_high"]) == pytest.approx(
            (told.estimate, told.ci_low, told.ci_high)
        )


def test_several_arms_share_the_chance_of_a_false_answer(
    analysed: tuple[list[dict[str, str]], dict[str, Any], str],
) -> None:
    # The plan says Holm: the smallest of two p-values is doubled, in the primary analysis as in the secondary one.
    for role in ("primary", "secondary"):
        pairs = sorted((a["p"], a["p_adjusted"]) for a in analysed[1]["analyses"] if a["role"] == role)
        assert pairs[0][1] == pytest.approx(min(1, 2 * pairs[0][0]))


def test_flow_baseline_curves_and_subgroups_have_every_arm(
    analysed: tuple[list[dict[str, str]], dict[str, Any], str],
) -> None:
    people, found, page = analysed
    counts = {arm["arm"]: arm["randomised"] for arm in found["flow"]["arms"]}
    assert counts == {arm: sum(row["arm"] == arm for row in people) for arm in ARMS}
    assert {tuple(arm["arm"] for arm in line["arms"]) for line in found["baseline"]} == {("ips", "usual", "brief")}
    (curve,) = found["curves"]
    assert curve["arms"].keys() == set(ARMS)
    assert curve["log_rank"].keys() == {"ips", "brief"}
    assert [group["arm"] for group in found["subgroups"]] == ["ips", "brief"]
    for text in ("18 md. – Kort tilbud", "Hvem de var ved start", "justert for flere armer", "log-rank-test"):
        assert text in page
