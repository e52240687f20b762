"""The interval of tau2 from the generalised Q, and the distribution that it is read from."""

import numpy as np
import pytest
from scipy.stats import chi2

from fotfeste.evidence.model import fit
from fotfeste.evidence.pooling import pool
from fotfeste.evidence.quadratic import chance_below
from fotfeste.evidence.studies import NoInterval
from fotfeste.evidence.tau2_intervals import generalised_q

# Jackson, Turner, Rhodes and Viechtbauer (2014), BMC Med Res Methodol 14:103, examples 1 and 2: effects, variances and
# moderator as metafor's tests have them (tests/testthat/test_analysis_example_jackson2014.r, which names them so).
FIRST = (
    [0.0267, 0.8242, 0.3930, 2.4405, 2.1401, 1.2528, 2.4849, 0.3087, 1.4246, 0.1823, 1.1378, 1.2321, 2.0695, 4.0237,
     1.4383, 1.6021],
    [0.1285, 0.0315, 0.0931, 2.0967, 1.0539, 0.1602, 1.0235, 0.0218, 0.5277, 0.0556, 0.3304, 0.1721, 0.4901, 2.0200,
     0.3399, 0.1830],
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
)  # fmt: skip
SECOND = (
    [0.54, 0.4, 0.64, 0.365, 0.835, 0.02, 0.12, 0.085, 1.18, 0.08, 0.18, 0.325, 0.06, 0.715, 0.065, 0.245, 0.24, 0.06,
     0.19],
    [0.0176, 0.019, 0.0906, 0.0861, 0.0063, 0.0126, 0.0126, 0.0041, 0.0759, 0.0126, 0.0104, 0.0242, 0.0026, 0.2629,
     0.0169, 0.0156, 0.0481, 0.0084, 0.0044],
    [1986, 1987, 1988, 1988, 1998, 1999, 2000, 2000, 2000, 2001, 2001, 2001, 2002, 2002, 2002, 2002, 2003, 2003, 2003],
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "power", "printed"),
    [
        (FIRST, 1, (0.0029, 0.6907)),
        (FIRST, 0.5, (0.0000, 1.1245)),
        (SECOND, 1, (0.0170, 0.1393)),
        (SECOND, 0.5, (0.0180, 0.1375)),
    ],
)
def test_the_interval_is_the_one_that_metafor_prints(data, power: float, printed: tuple[float, float]) -> None:
    # confint(rma(yi, vi, mods = ~ xi, method = "GENQ", weights = 1/vi)), and 1/sqrt(vi)
    y, v, x = (np.array(column, dtype=float) for column in data)
    model = fit(y, v, np.column_stack((np.ones_like(x), x)), method="GENQ", genq_weights=v**-power)
    # R's uniroot stops within 1.2e-4.
    assert generalised_q(model, 0.95) == pytest.approx(printed, abs=1.2e-4)


def test_at_the_ends_q_is_as_large_or_small_as_the_level_leaves_out() -> None:
    """By the slow way: the series of Ruben (1962), Ann Math Stat 33:542-570, and the matrices written out."""
    y, v = np.array(SECOND[0]), np.array(SECOND[1])
    told = pool(y, v, method="DL", tau2_interval="generalised_q")
    a = 1 / v
    p = np.diag(a) - np.outer(a, a) / a.sum()
    for end, chance in ((told.tau2_ci_low, 0.975), (told.tau2_ci_high, 0.025)):
        weights = np.linalg.eigvals(p @ np.diag(v + end)).real
        assert series(y @ p @ y, np.sort(weights)[1:]) == pytest.approx(chance, abs=1e-9)


def test_the_chance_is_the_slow_series() -> None:
    draw = np.random.default_rng(5)
    for size, spread in ((1, 0), (2, 3), (3, 4), (30, 3)):
        weights = np.exp(draw.uniform(0, spread, size))
        for part in (0.2, 1.0, 2.5):
            x = float(part * weights.sum())
            assert chance_below(x, weights) == pytest.approx(series(x, weights), rel=1e-10, abs=1e-12)


def test_a_thousand_equal_weights_are_chi_squared() -> None:
    for chance in (1e-6, 0.025, 0.975):
        assert chance_below(3 * chi2.ppf(chance, 1000), np.full(1000, 3.0)) == pytest.approx(chance, rel=1e-9)


def series(x: float, weights: np.ndarray) -> float:
    """A mixture of chi-squared distributions with 2 more degrees of freedom each."""
    scale = 0.9 * weights.min()
    shares = [float(np.prod(np.sqrt(scale / weights)))]
    powers: list[float] = []
    while shares[-1] > 1e-16 or len(shares) < 50:
        powers.append(0.5 * float(np.sum((1 - scale / weights) ** (len(powers) + 1))))
        shares.append(float(np.dot(powers[::-1], shares)) / len(powers))
    return float(np.dot(shares, chi2.cdf(x / scale, weights.size + 2 * np.arange(len(shares)))))


def test_only_estimators_that_are_a_q_have_it() -> None:
    with pytest.raises(NoInterval) as refused:
        pool([0.1, 0.5, 0.9], [0.1, 0.1, 0.1], method="REML", tau2_interval="generalised_q")
    assert (refused.value.method, refused.value.kind) == ("REML", "generalised_q")
    with pytest.raises(NoInterval):
        pool([0.1, 0.5, 0.9], [0.1, 0.1, 0.1], method="DL", tau2_interval="profile_likelihood")
    assert pool([0.1, 0.1, 0.1], [0.1, 0.2, 0.1], method="HE", tau2_interval="generalised_q").tau2_ci_high == 0
