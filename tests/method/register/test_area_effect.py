"""Areas exposed at different times: other programs' numbers, known truths, and where two-way fixed effects go wrong."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.method.register.golden_numbers import GOLDEN, golden
from typer.testing import CliRunner

from fotfeste.commands.register import app
from fotfeste.register.effect.areas import AreaPanel, Unbalanced, area_panel, read_areas
from fotfeste.register.effect.between import area_effect
from fotfeste.register.effect.staggered import Control, staggered
from fotfeste.register.effect.two_way import two_way

AREAS = GOLDEN / "areas.csv"
R, PYTHON = golden("r.csv"), golden("areas_python.csv")
run = CliRunner().invoke


def only(panel: AreaPanel, kept: np.ndarray) -> AreaPanel:
    of = {name: getattr(panel, name)[kept] for name in ("outcome", "first", "people", "weight")}
    return replace(panel, areas=tuple(np.array(panel.areas)[kept]), **of)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(("control", "name"), [("never", "nevertreated"), ("not_yet", "notyettreated")])
def test_staggered_effects_and_their_errors_are_those_of_did(control: Control, name: str, weighted: bool) -> None:
    """csdid 0.4.3, the Python port of R's did: att_gt and aggte without covariates; validation/register_areas.py."""
    tag = f"{name}_{'weighted' if weighted else 'plain'}"
    told = staggered(read_areas(AREAS, weighted=weighted), control=control)
    found = {f"{tag}_{one.first}_{one.period}": one.effect for one in told.group_times}
    found |= {f"{tag}_event_{one.since}": one.effect for one in told.event_study}
    found[f"{tag}_simple"] = told.overall
    assert len(found) == 14 + 9 + 1
    for key, effect in found.items():
        assert effect.estimate == pytest.approx(PYTHON[key], abs=1e-9)
        assert effect.se == pytest.approx(PYTHON[f"{key}_se"], rel=1e-9)


@pytest.mark.parametrize("tag", ["plain", "weighted"])
def test_two_way_fixed_effects_are_those_of_r(tag: str) -> None:
    """R 4.2.2: lm with dummies, sandwich 3.0-2 vcovCL(type = "HC1"); validation/register.R."""
    told = two_way(read_areas(AREAS, weighted=tag == "weighted")).effect
    assert told.estimate == pytest.approx(R[f"{tag}_twfe"], rel=1e-9)
    assert told.se == pytest.approx(R[f"{tag}_twfe_se"], rel=1e-9)


def test_with_one_cohort_the_two_event_studies_are_one_and_rs() -> None:
    """R 4.2.2 as above, among the areas of 2004 and the never exposed; the staggered estimates must agree with it."""
    panel = read_areas(AREAS)
    one = only(panel, panel.first != 2006)
    staggered_path = {one.since: one.effect.estimate for one in staggered(one).event_study}
    for since, effect in two_way(one).event_study:
        assert effect.estimate == pytest.approx(R[f"one_cohort_e{2004 + since}"], rel=1e-9)
        assert effect.se == pytest.approx(R[f"one_cohort_e{2004 + since}_se"], rel=1e-9)
        assert staggered_path[since] == pytest.approx(effect.estimate, rel=1e-9)


def test_the_wild_bootstrap_goes_through_every_sign_of_ten_areas() -> None:
    """wildboottest 0.3.2, all 1024 signs, null imposed; validation/register_areas.py."""
    panel = read_areas(AREAS)
    told = two_way(only(panel, np.array([int(area) <= 10 for area in panel.areas])))
    assert told.effect.t == pytest.approx(PYTHON["wild_t_10"], rel=1e-9)
    assert told.wild_p == pytest.approx(PYTHON["wild_p_10"], abs=1e-12)


def made_up(growth: float, *, never: bool, noise: float = 0.0, seed: int = 1, areas: int = 30) -> AreaPanel:
    """Areas exposed in period 3, 6 or never, of 10 periods, with an effect of 1 that grows by ``growth`` a period."""
    random = np.random.default_rng(seed)
    starts = np.resize([3.0, 6.0, np.inf] if never else [3.0, 6.0], areas)
    area, period = (index.ravel() for index in np.indices((areas, 10)))
    since = period - starts[area]
    effect = np.where(since >= 0, 1 + growth * np.maximum(since, 0, where=since >= 0, out=np.zeros(since.size)), 0)
    outcome = area * 0.3 + period * 0.5 + effect + noise * random.standard_normal(area.size)
    first = {str(a): start for a, start in enumerate(starts)}
    return area_panel(area, period, outcome, first)


def test_an_effect_that_grows_is_found_by_one_and_missed_by_the_other() -> None:
    """Without noise the truth is the mean of what was put in; two-way fixed effects give the cells wrong weights."""
    panel = made_up(1.0, never=True)
    put_in = [1.0 + (period - first) for first in (3, 6) for period in range(first, 10)]
    told = area_effect(panel)
    assert told.staggered.overall.estimate == pytest.approx(np.mean(put_in))
    assert told.two_way.effect.estimate < np.mean(put_in) - 0.4
    assert "two_way_compares_exposed_with_exposed" in told.warnings
    constant = area_effect(made_up(0.0, never=True))
    assert constant.apart == pytest.approx(0, abs=1e-9)


def test_two_way_fixed_effects_weigh_some_cells_negatively_when_all_are_exposed_in_the_end() -> None:
    """The coefficient is the weighted mean of the cells' effects (de Chaisemartin and D'Haultfœuille 2020, theorem 1):
    an effect in the last period alone of the early areas comes out with the wrong sign."""
    told = two_way(made_up(0.0, never=False))
    assert told.negative_weights > 0
    assert told.event_study == ()  # exposed in 3 or 6: what comes three periods apart cannot be told apart
    assert told.effect.estimate == pytest.approx(1.0)
    panel = made_up(0.0, never=False)
    early = (panel.first == 3)[:, None] & (panel.periods == 9)
    base = panel.outcome - panel.exposed
    assert two_way(replace(panel, outcome=base + early)).effect.estimate < 0


def test_the_pretest_sees_areas_that_drift_apart_before() -> None:
    calm, drifting = made_up(0.0, never=True, noise=0.5), made_up(0.0, never=True, noise=0.5)
    before = np.minimum(drifting.periods - drifting.first[:, None], 0)
    apart = replace(drifting, outcome=drifting.outcome + np.where(np.isfinite(before), 1.0 * before, 0))
    tests = [staggered(panel).pretest for panel in (calm, apart)]
    assert tests[0] is not None
    assert tests[1] is not None
    assert tests[0].p > 0.01
    assert tests[1].p < 1e-6


def test_with_few_areas_and_no_effect_the_wild_test_rejects_as_often_as_it_says() -> None:
    """300 tables of nine areas without any effect, level 5 per cent, within three Monte Carlo errors above."""
    empty = [made_up(0.0, never=True, noise=1.0, seed=seed, areas=9) for seed in range(300)]
    rejected = np.mean(
        [two_way(replace(panel, outcome=panel.outcome - panel.exposed)).wild_p <= 0.05 for panel in empty]
    )
    assert rejected < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)


def test_rows_of_people_and_area_means_with_their_numbers_are_the_same_panel() -> None:
    area, period = [1, 1, 1, 1, 2, 2, 3, 3], [1, 1, 2, 2, 1, 2, 1, 2]
    rows = area_panel(area, period, [0, 1, 1, 1, 0, 1, 1, 0], {"1": 2})
    means = area_panel([1, 1, 2, 2, 3, 3], [1, 2] * 3, [0.5, 1, 0, 1, 1, 0], {"1": 2}, people=[2, 2, 1, 1, 1, 1])
    assert (rows.outcome == means.outcome).all()
    with pytest.raises(Unbalanced):
        area_panel([1, 1, 2], [1, 2, 1], [0, 1, 0], {"1": 2})


def test_the_command_tells_both_answers_and_why_they_differ(tmp_path: Path) -> None:
    chart = tmp_path / "areas.svg"
    told = run(app, ["register", "effect", str(AREAS), "--by", "area", "--chart", str(chart)])
    assert "Toveis faste effekter" in told.output
    assert "trekkes den da fra seg selv" in " ".join(told.output.split())
    assert "<svg" in chart.read_text()
    result = json.loads(run(app, ["register", "effect", str(AREAS), "--by", "area", "--json"]).output)
    assert result["staggered"]["overall"]["estimate"] == pytest.approx(PYTHON["nevertreated_plain_simple"])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1,1,3,,\n1,2,4,,\n2,1,3,,\n2,2,4,,\n", "Ingen områder får tiltaket"),
        ("1,1,3,2,\n1,2,4,2,\n2,1,3,,\n", "Området 2 mangler utfall i 2."),
        ("1,1,3,2,\n1,2,4,1,\n", "own.csv, rad 3, kolonne first, «1»: Området har en annen første periode"),
        ("1,1,x,2,\n", "own.csv, rad 2, kolonne outcome, «x»: Dette er ikke et tall."),
    ],
)
def test_areas_that_cannot_be_compared_are_refused(tmp_path: Path, rows: str, said: str) -> None:
    table = tmp_path / "own.csv"
    table.write_text("area,period,outcome,first,note\n" + rows)
    told = run(app, ["register", "effect", str(table), "--by", "area"])
    assert told.exit_code == 2
    assert told.output.startswith(said)
