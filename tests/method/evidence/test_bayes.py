"""The Bayesian random-effects model against sampled posteriors, plain integration and its own limits."""

import json
import math

import numpy as np
import pytest
from scipy import integrate, stats
from typer.testing import CliRunner

from fotfeste.commands.evidence import app
from fotfeste.evidence.bayes import bayes
from fotfeste.evidence.pooling import pool
from fotfeste.evidence.studies import TooFewStudies
from fotfeste.evidence.trials import trials_path

SCHOOLS = [28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0]
ERRORS = [15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0]
# posteriordb, reference posterior eight_schools_noncentered (Stan; mu normal(0, 5), tau half-Cauchy(5)): mean and
# Monte Carlo error of the eight effects, mu and tau.
SAMPLED = {
    "means": [6.15050229, 4.93958114, 3.90590609, 4.79601675, 3.61443632, 4.05114758, 6.31716976, 4.88399694,
              4.41051834, 3.60205952],
    "errors": [0.0557, 0.0462, 0.0542, 0.0475, 0.0461, 0.0485, 0.0499, 0.0543, 0.0330, 0.0319],
}  # fmt: skip


def test_the_eight_schools_have_the_posterior_that_was_sampled() -> None:
    found = bayes(SCHOOLS, np.square(ERRORS), prior="half_cauchy", scale=5, mean_prior=(0, 5))
    told = [*(s.estimate for s in found.studies), found.estimate, found.tau]
    apart = np.abs(np.array(told) - SAMPLED["means"]) / SAMPLED["errors"]
    assert apart.max() < 3.5


@pytest.mark.parametrize(("prior", "scale"), [("half_normal", 0.4), ("half_cauchy", 0.3), ("uniform", 2.0)])
def test_the_posterior_is_that_of_plain_integration_over_mean_and_tau(prior: str, scale: float) -> None:
    y, v, threshold = np.array([0.9, 0.1, 0.6, 0.2, 0.5]), np.array([0.04, 0.02, 0.09, 0.05, 0.03]), 0.3
    densities = {
        "half_normal": lambda t: stats.halfnorm.pdf(t, scale=scale),
        "half_cauchy": lambda t: stats.halfcauchy.pdf(t, scale=scale),
        "uniform": lambda t: stats.uniform.pdf(t, scale=scale),
    }

    def whole(of) -> float:
        """Integral of a function of mean and tau times likelihood and prior."""
        end = scale if prior == "uniform" else 12.0
        mus, taus = np.linspace(-7, 8, 1201), np.concatenate((np.linspace(0, 1, 161), np.linspace(1, end, 161)[1:]))
        mu, t = mus[:, None], taus[None, :]
        likelihood = np.prod([stats.norm.pdf(a, mu, np.sqrt(b + t**2)) for a, b in zip(y, v, strict=True)], axis=0)
        values = of(mu, t) * likelihood * densities[prior](t)
        return float(integrate.simpson(integrate.simpson(values, x=mus, axis=0), x=taus))

    found = bayes(y, v, prior=prior, scale=scale, threshold=threshold)
    one = whole(lambda mu, t: 1.0 + 0 * mu * t)
    tolerance = {"rel": 2e-3 if prior == "half_cauchy" else 1e-4}  # the plain one ends at 12
    assert found.estimate == pytest.approx(whole(lambda mu, t: mu + 0 * t) / one, **tolerance)
    assert found.tau == pytest.approx(whole(lambda mu, t: t + 0 * mu) / one, **tolerance)
    spread = whole(lambda mu, t: (mu - found.estimate) ** 2 + 0 * t) / one
    assert found.se == pytest.approx(math.sqrt(spread), **tolerance)
    above = whole(lambda mu, t: stats.norm.sf((threshold - mu) / np.maximum(t, 1e-9))) / one
    assert found.p_new_above == pytest.approx(above, rel=2e-3)
    inside = whole(lambda mu, t: ((mu > found.ci_low) & (mu < found.ci_high)) * (1.0 + 0 * t)) / one
    assert inside == pytest.approx(0.95, abs=3e-3)


def test_a_prior_of_no_difference_gives_the_common_effect() -> None:
    y, v = np.array([0.2, 0.5, 0.3, 0.9]), np.array([0.04, 0.09, 0.02, 0.05])
    found = bayes(y, v, scale=1e-7)
    mean, se = np.sum(y / v) / np.sum(1 / v), np.sum(1 / v) ** -0.5
    assert (found.estimate, found.se) == pytest.approx((mean, se), rel=1e-6)
    assert (found.ci_low, found.ci_high) == pytest.approx(stats.norm.interval(0.95, mean, se), rel=1e-6)


def test_other_units_and_another_order_change_nothing_else() -> None:
    y, v = np.array([0.2, 0.5, -0.3, 0.9]), np.array([0.04, 0.09, 0.02, 0.05])
    found = bayes(y, v, scale=0.5, threshold=0.1)
    moved = bayes(1000 * y[::-1] + 1e6, 1e6 * v[::-1], scale=500, threshold=1e6 + 100)
    assert moved.estimate - 1e6 == pytest.approx(1000 * found.estimate, rel=1e-6)
    assert (moved.se, moved.tau) == pytest.approx((1000 * found.se, 1000 * found.tau), rel=1e-6)
    assert moved.p_new_above == pytest.approx(found.p_new_above, rel=1e-6)


def test_many_precise_studies_do_not_fall_between_the_points() -> None:
    rng = np.random.default_rng(3)
    v = np.full(400, 1e-4)
    y = rng.normal(0.3, np.sqrt(0.04 + v))
    found, reml = bayes(y, v, prior="uniform", scale=None), pool(y, v)
    assert found.estimate == pytest.approx(reml.estimate, abs=1e-6)
    assert found.tau == pytest.approx(math.sqrt(reml.tau2), rel=5e-3)
    assert found.tau_ci_low < 0.2 < found.tau_ci_high


def test_a_prior_without_end_needs_three_studies() -> None:
    with pytest.raises(TooFewStudies):
        bayes([0.1, 0.4], [0.1, 0.1], prior="uniform", scale=None)
    assert bayes([0.1], [0.1], scale=0.5).se > math.sqrt(0.1)


def test_the_command_tells_the_chance_that_a_new_site_does_better_than_a_threshold(tmp_path) -> None:
    words = ["evidence", "bayes", str(trials_path()), "--threshold", "1.5"]
    result = CliRunner().invoke(app, [*words, "--json", "--chart", str(tmp_path / "posterior.svg")])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["threshold"] == pytest.approx(math.log(1.5))
    assert 0.5 < found["p_new_above"] < found["p_above"] < 1
    assert found["ratio"] == pytest.approx(math.exp(found["estimate"]))
    assert len(found["studies"]) == found["k"] == 26
    assert (tmp_path / "posterior.svg").read_text().startswith("<svg")
    shown = CliRunner().invoke(app, words)
    assert "sannsynlighet" in shown.stdout.lower()


def test_a_scale_that_depends_on_the_unit_must_be_said(tmp_path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("study,yi,vi\na,30,100\nb,50,90\n")
    result = CliRunner().invoke(app, ["evidence", "bayes", str(path), "--measure", "GEN"])
    assert result.exit_code == 2
    assert "--scale" in result.stderr
