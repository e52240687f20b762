"""GRADE from the fit, absolute effects as the Handbook prints them, and the standard words."""

import json
import math
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from fotfeste.commands.evidence import app
from fotfeste.evidence.certainty import Stated, absolute_per_1000, grade, statement
from fotfeste.evidence.certainty.summary import direction_of
from fotfeste.evidence.decision import optimal_information_size
from fotfeste.evidence.pooling import pool
from fotfeste.evidence.trials import trials_path


def judged(y: list[float], v: list[float], **told: Any) -> dict[str, tuple[int, str]]:
    certainty = grade(pool(y, v), np.array(y), np.array(v), **told)
    return {j.domain: (j.levels, j.rule) for j in certainty.judgements} | {"level": certainty.level}  # type: ignore[dict-item]


def test_the_information_size_is_that_of_r() -> None:
    # R, help page of power.prop.test: p1 = .50, p2 = .75, power = .90 gives n = 76.7 in each group.
    assert optimal_information_size(baseline=0.5, ratio=1.5, people=77, power=0.9).needed_people == 2 * 77
    # The same page: n = 50, p1 = .50, p2 = .75 has power 0.740.
    assert optimal_information_size(baseline=0.5, ratio=1.5, people=50, power=0.7401).needed_people == 2 * 50


@pytest.mark.parametrize(
    ("ratio", "measure", "fewer"),
    # Cochrane Handbook 6.4, 15.4.4.2 and 15.4.4.3: assumed risk 0.3; RR 0.92 is 24 fewer and OR 0.73 is 62 fewer.
    [(0.92, "RR", 24), (0.73, "OR", 62)],
)
def test_an_absolute_effect_is_that_of_the_handbook(ratio: float, measure: str, fewer: int) -> None:
    told = absolute_per_1000(math.log(ratio), math.log(ratio), 0.0, baseline=0.3, measure=measure)
    assert round(-told.more) == fewer
    assert (told.without, told.with_it_high) == (300, pytest.approx(300))


def test_a_risk_never_passes_all_or_none() -> None:
    assert absolute_per_1000(math.log(5), 0, 2, baseline=0.4, measure="RR").with_it == 1000
    assert absolute_per_1000(-0.5, -0.9, 0, baseline=0.4, measure="RD").with_it_low == 0


ALIKE = ([0.5, 0.52, 0.48, 0.51, 0.49], [0.01] * 5)
APART = ([1.9, -0.4, 1.2, 0.1, 0.9], [0.01] * 5)
VAGUE = ([0.3, 0.1, 0.4], [0.5] * 3)


def test_precise_studies_that_agree_keep_high_certainty() -> None:
    found = judged(*ALIKE, threshold=0.2)
    assert found["inconsistency"] == (0, "next_study_on_the_same_side")
    assert found["imprecision"] == (0, "interval_on_one_side")
    assert found["level"] == "high"


def test_studies_on_both_sides_of_the_threshold_lose_certainty() -> None:
    assert judged(*APART)["inconsistency"] == (-1, "next_study_on_either_side")
    assert judged(*APART, threshold=0.2)["inconsistency"] == (-2, "next_study_may_matter_either_way")
    assert judged(*VAGUE)["inconsistency"] == (0, "differences_may_be_chance")


def test_an_interval_over_the_threshold_loses_certainty() -> None:
    assert judged(*VAGUE)["imprecision"] == (-1, "interval_crosses_threshold")
    assert judged(*VAGUE, threshold=0.2)["imprecision"] == (-2, "interval_holds_benefit_and_harm")


def test_too_few_people_lose_certainty_however_narrow_the_interval() -> None:
    # R 4.2.2, power.prop.test(p1 = .3, p2 = .36, power = .8): n = 962.92 in each group; 30 per cent of both is 577.8.
    told = {"threshold": math.log(1.2), "baseline": 0.3}
    assert judged(*ALIKE, **told, people=1926)["imprecision"] == (0, "enough_people")
    assert judged(*ALIKE, **told, people=1925)["imprecision"] == (-1, "too_few_people")
    assert judged(*ALIKE, **told, people=578)["imprecision"] == (-1, "too_few_people")
    assert judged(*ALIKE, **told, people=577)["imprecision"] == (-2, "far_too_few_people")


def test_small_studies_with_other_effects_lose_certainty_where_there_are_ten() -> None:
    v = np.linspace(0.01, 0.4, 12)
    crooked = (0.2 + 2.5 * np.sqrt(v) + 0.01 * np.cos(np.arange(12))).tolist()
    assert judged(crooked, v.tolist())["publication_bias"] == (-1, "small_studies_differ")
    assert judged(crooked[:9], v.tolist()[:9])["publication_bias"] == (0, "too_few_studies_to_test")


def test_a_persons_judgement_goes_first_and_both_are_kept() -> None:
    certainty = grade(
        pool(*APART),
        np.array(APART[0]),
        np.array(APART[1]),
        stated={
            "risk_of_bias": Stated(levels=-1, reason="Uten blinding"),
            "inconsistency": Stated(levels=0, reason="Alle viser vei"),
        },
    )
    by = {j.domain: j for j in certainty.judgements}
    assert (by["inconsistency"].levels, by["inconsistency"].computed, by["inconsistency"].stated) == (0, -1, 0)
    assert by["risk_of_bias"].reason == "Uten blinding"
    assert certainty.not_judged == ("indirectness", "publication_bias")
    assert certainty.level == "low"  # from high: bias and imprecision


def test_other_designs_start_at_low_and_nothing_falls_below_very_low() -> None:
    assert judged(*ALIKE, design="non_randomised")["level"] == "low"
    assert judged(*APART, threshold=0.2, design="non_randomised")["level"] == "very_low"


def test_a_judgement_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="with a reason"):
        Stated(levels=-1, reason=" ")
    with pytest.raises(ValueError, match="0, -1 or -2"):
        Stated(levels=-3, reason="x")


@pytest.mark.parametrize(
    ("lang", "level", "estimate", "said"),
    [
        ("nb", "high", 0.5, "IPS gir flere i jobb enn vanlig hjelp."),
        ("nb", "moderate", 0.5, "IPS gir trolig flere i jobb enn vanlig hjelp."),
        ("nb", "low", -0.5, "IPS gir muligens færre i jobb enn vanlig hjelp."),
        ("nb", "low", 0.05, "IPS gir muligens liten eller ingen forskjell i arbeid."),
        ("en", "moderate", 0.5, "IPS likely results in flere i jobb than vanlig hjelp."),
        ("en", "very_low", 0.0, "The evidence is very uncertain about the effect of IPS on arbeid."),
    ],
)
def test_the_finding_is_said_in_the_standard_words(lang: Any, level: Any, estimate: float, said: str) -> None:
    words = {"intervention": "IPS", "comparison": "vanlig hjelp", "outcome": "arbeid"}
    told = statement(level, direction_of(estimate, 0.1), **words, more="flere i jobb", less="færre i jobb", lang=lang)
    assert told == said


def test_the_command_judges_the_trials_and_says_what_nobody_judged() -> None:
    words = ["evidence", "grade", str(trials_path()), "--baseline", "0.27", "--threshold", "1.25"]
    words += ["--stated", "risk_of_bias=-1:uten blinding"]
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    by = {j["domain"]: j for j in found["judgements"]}
    assert (by["risk_of_bias"]["levels"], by["risk_of_bias"]["reason"]) == (-1, "uten blinding")
    assert found["not_judged"] == ["indirectness"]
    assert found["per_1000"]["with_it"] == pytest.approx(270 * found["ratio"])
    shown = CliRunner().invoke(app, words).stdout
    assert "Tilliten til resultatet er" in shown
    assert "Ikke vurdert" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--stated", "bias=-1:x"], "--stated: «bias=-1:x»"),
        (["--stated", "imprecision=-1:"], "grunn"),
        (["--baseline", "27"], "andel mellom 0 og 1"),
        (["--threshold", "-1"], "over null"),
    ],
)
def test_a_judgement_that_cannot_be_read_ends_in_a_sentence(words: list[str], said: str) -> None:
    result = CliRunner().invoke(app, ["evidence", "grade", str(trials_path()), *words])
    assert result.exit_code == 2
    assert said in result.stderr
