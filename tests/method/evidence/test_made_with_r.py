"""Numbers made for this project with R 4.2.2 and metafor 3.8-1 (Debian's r-cran-metafor), the call beside each.

The data are those of metafor's own help pages (metadat): Colditz et al. 1994 (bcg) and Ishak et al. 2007.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import t

from fotfeste.evidence import bias
from fotfeste.evidence.effects import effect_sizes
from fotfeste.evidence.glmm import glmm
from fotfeste.evidence.multilevel import Within, multilevel
from fotfeste.evidence.multiverse import multiverse
from fotfeste.evidence.pooling import pool

CASES = {c["id"]: c for c in json.loads((Path(__file__).parent / "golden" / "metafor_cases.json").read_text())["cases"]}
BCG = {
    name: np.array(CASES["bcg_rr_reml_full"]["data"][column], dtype=float)
    for name, column in (("tpos", "tpos"), ("tneg", "tneg"), ("cpos", "cpos"), ("cneg", "cneg"))
}
TABLES = (BCG["tpos"], BCG["tpos"] + BCG["tneg"], BCG["cpos"], BCG["cpos"] + BCG["cneg"])


def test_peters_is_the_weighted_regression_of_r() -> None:
    # d <- escalc("OR", ai=tpos, bi=tneg, ci=cpos, di=cneg, data=dat.bcg); n: all four; ev <- tpos + cpos
    # summary(lm(d$yi ~ I(1/n), weights = 1/(1/ev + 1/(n - ev))))
    found = bias.peters(*TABLES)
    assert (found.limit, found.limit_se) == pytest.approx((-0.429308425802, 0.171622830281), rel=1e-9)
    assert (found.slope, found.slope_se) == pytest.approx((-563.688203913344, 413.723340020776), rel=1e-9)
    assert found.p == pytest.approx(0.2002917922841, rel=1e-9)


def test_harbord_is_the_regression_of_the_score_in_r() -> None:
    # Z <- a - (a+b)*(a+c)/n; V <- (a+b)*(c+d)*(a+c)*(b+d)/(n^2*(n-1)); summary(lm(I(Z/V) ~ I(1/sqrt(V)), weights = V))
    found = bias.harbord(*TABLES)
    assert (found.limit, found.limit_se) == pytest.approx((-0.230842623249, 0.24419854927), rel=1e-9)
    assert (found.slope, found.slope_se) == pytest.approx((-2.092991540794, 1.66576544178), rel=1e-9)
    assert found.p == pytest.approx(0.234971952122, rel=1e-9)


def test_pet_and_peese_are_the_regressions_of_r_and_pet_stands_where_it_finds_nothing() -> None:
    # summary(lm(yi ~ sqrt(vi), weights = 1/vi, data = d)) and ... ~ vi; confint
    odds = effect_sizes("OR", events1=TABLES[0], n1=TABLES[1], events2=TABLES[2], n2=TABLES[3])
    found = bias.pet_peese(odds.effects, odds.variances)
    assert (found.pet.limit, found.pet.limit_p) == pytest.approx((-0.157098862736, 0.521362414333), rel=1e-9)
    assert (found.peese.limit, found.peese.limit_ci_low) == pytest.approx((-0.378614455121, -0.753336067409), rel=1e-9)
    assert (found.used, found.estimate) == ("PET", found.pet.limit)
    clear = bias.pet_peese(odds.effects - 3, odds.variances)
    assert (clear.used, clear.estimate) == ("PEESE", pytest.approx(found.peese.limit - 3))


@pytest.mark.parametrize("measure", ["RR", "OR", "RD"])
def test_the_multiverse_holds_what_r_finds_one_choice_at_a_time(measure: str) -> None:
    expected = CASES["bcg_estimators"]["expected"][measure]
    told = multiverse(
        *TABLES, measures=[measure], methods=["DL", "REML", "ML", "PM", "SJ"], intervals=["z", "hk_adhoc"]
    )
    found = {(u.method, u.ci): u for u in told if "only0" in u.zero_rule}
    for method in ("DL", "REML", "ML", "PM", "SJ"):
        r, u = expected[method], found[method, "z"]
        assert (u.estimate, u.ci_low, u.ci_high, u.tau2) == pytest.approx(
            (r["estimate"], r["ci_lb"], r["ci_ub"], r["tau2"]), rel=1e-6
        )
    # No table has an empty cell: adding to those alone changes none, so that two rules are left of four.
    assert len({u.zero_rule for u in told}) == 2
    assert len(told) == 2 * 5 * 2


def test_prediction_intervals_have_the_degrees_of_freedom_of_their_names() -> None:
    case = CASES["bcg_rr_reml_full"]["expected"]
    fitted = case["fit"]
    spread = math.hypot(fitted["se"], math.sqrt(fitted["tau2"]))
    # Higgins et al. (2009): k - 2. Cochrane since 2025: k - 1.
    for pi, df in (("hts", 11), ("k1", 12)):
        told = pool(case["yi"], case["vi"], ci="z", pi=pi)
        assert (told.pi_low, told.pi_high) == pytest.approx(t.interval(0.95, df, fitted["estimate"], spread), rel=1e-6)


ISHAK = np.genfromtxt(Path(__file__).parent / "golden" / "ishak2007.csv", delimiter=",", names=True)
# e: dat.ishak2007, one row an effect; V: sqrt(v_i v_j) * .97^|time_i - time_j| within a study.
# rma.mv(yi, V, mods = ~ factor(time) - 1, random = ~ time | study, struct = STRUCT, data = e,
#        control = list(rel.tol = 1e-14, optimizer = "BFGS", maxit = 5000)): tau2, rho, coefficients, logLik.
STRUCTURES = {
    "CS": ([26.8072977569], [0.841990186395],
           [-25.9418335215, -27.3024427652, -28.6561832129, -26.5431260379], -232.808762012),
    "HCS": ([20.8624299097, 32.7427717973, 27.6592134944, 32.1911363756], [0.860885013962],
            [-25.8814046884, -27.3292649994, -28.6510483917, -26.6630980042], -231.918365391),
    "AR": ([26.6874874932], [0.865613434876],
           [-25.9417844196, -27.3936900581, -28.705363306, -26.3969965579], -232.270176685),
    "UN": ([20.2284424848, 31.8924851084, 25.7291401766, 34.0132420607],
           [0.905417657748, 0.782008645157, 0.871964986047, 0.823798205191, 0.712303993596, 0.887063730753],
           [-25.7858167288, -27.6841793138, -28.6349638963, -26.9919186829], -229.70198645),
    "ID": ([13.585901392], [], [-25.1840934162, -27.219913629, -28.3425416, -25.606444511], -246.546700027),
    "DIAG": ([11.2636699343, 16.1512840201, 13.7693675235, 10.124686186], [],
             [-25.1626472803, -27.2259847929, -28.3154795803, -25.6520089426], -246.333164083),
}  # fmt: skip


@pytest.mark.parametrize(
    "structure", [pytest.param(s, marks=pytest.mark.more if s == "UN" else ()) for s in STRUCTURES]
)
def test_each_structure_of_the_covariance_is_that_of_metafor(structure: str) -> None:
    tau2, rho, coefficients, ll = STRUCTURES[structure]
    study, time, v = ISHAK["study"], ISHAK["time"], ISHAK["vi"]
    sd = np.sqrt(v)
    known = (study[:, None] == study) * np.outer(sd, sd) * 0.97 ** np.abs(np.subtract.outer(time, time))
    x = (time[:, None] == np.arange(1, 5)).astype(float)
    found = multilevel(ISHAK["yi"], known, within=Within.of(time, study, structure), x=x)
    assert found.likelihood.ll == pytest.approx(ll, abs=2e-6)
    assert found.coefficients == pytest.approx(coefficients, rel=2e-5)
    assert found.tau2 == pytest.approx(tau2, rel=1e-3)
    assert sorted(found.rho) == pytest.approx(sorted(rho), abs=2e-4)


# metadat's dat.nielweise2008 (Niel-Weise et al. 2008): infections and catheter days of both groups.
CATHETERS = (
    [7, 8, 3, 6, 1, 1, 17, 3, 2],
    [1344, 1600, 12012, 1536, 370, 729, 6760, 1107, 320],
    [11, 8, 14, 10, 1, 8, 15, 7, 3],
    [1988, 1461, 10962, 1503, 483, 913, 6840, 1015, 440],
)
# L: to.long(measure="IRR", ...), g: 1/2 and -1/2. lme4 1.1-31, since metafor 3.8-1's own call stops at the third digit:
# ct <- glmerControl(optimizer = "bobyqa", tolPwrss = 1e-12, optCtrl = list(rhoend = 1e-10, maxfun = 1e5))
# glmer(events ~ -1 + g + study + (0 + g | study), nAGQ = 25, ...) and glmer(events ~ 1 + g + (1 | study) +
# (0 + g | study), ...), each with offset = log(ptime), family = poisson, control = ct; vcov(use.hessian = TRUE).
# UM.FS's common effect (glm), QE.Wld and QE.LRT from metafor; UM.RS's from glmer(events ~ 1 + study:t + (1 | study)),
# t 1 and 0, whose logLik is -42.37543469.
RATES = {
    ("UM.FS", "ML"): (-0.4587078134, 0.2248273292, 0.09564725316, None, 9.69761698694, 11.6017743979),
    ("UM.FS", "EE"): (-0.417676365489, 0.184532906869, 0, None, 9.69761698694, 11.6017743979),
    ("UM.RS", "ML"): (-0.4677597286, 0.2263489217, 0.09134651571, 0.3817630969, 10.54899027, 13.1447423),
    ("UM.RS", "EE"): (-0.424268076, 0.1844346883, 0, 0.3746650399, 10.54899027, 13.1447423),
}
LOG_LIKELIHOOD = {("UM.FS", "EE"): -37.2063995928, ("UM.RS", "ML"): -48.68429943, ("UM.RS", "EE"): -48.94780584}


@pytest.mark.parametrize(("model", "method"), RATES)
def test_rates_of_both_groups_are_pooled_as_in_r(model: str, method: str) -> None:
    found = glmm(*CATHETERS, measure="IRR", model=model, method=method)
    estimate, se, tau2, sigma2, q_wald, q_lrt = RATES[model, method]
    assert (found.estimate, found.se, found.tau2) == pytest.approx((estimate, se, tau2), rel=1e-5)
    assert found.sigma2 == (None if sigma2 is None else pytest.approx(sigma2, rel=1e-5))
    assert (found.q_wald, found.q_lrt) == pytest.approx((q_wald, q_lrt), rel=1e-5)
    if (model, method) in LOG_LIKELIHOOD:
        assert found.ll == pytest.approx(LOG_LIKELIHOOD[model, method], abs=1e-6)


def test_the_likelihood_of_rates_is_the_integral_over_each_studys_effect() -> None:
    """lme4 leaves a constant out of this log-likelihood: here each study is integrated by itself."""
    found = glmm(*CATHETERS, measure="IRR", model="UM.FS")
    tau = math.sqrt(found.tau2)

    def poisson(events: int, mean: float) -> float:
        return math.exp(events * math.log(mean) - mean - math.lgamma(events + 1))

    total = 0.0
    for a, t1, c, t2 in zip(*CATHETERS, strict=True):

        def minus_log(level: float, a: int = a, t1: int = t1, c: int = c, t2: int = t2) -> float:
            def at(u: float) -> float:
                half = (found.estimate + tau * u) / 2
                both = poisson(a, t1 * math.exp(level + half)) * poisson(c, t2 * math.exp(level - half))
                return math.exp(-(u**2) / 2) / math.sqrt(2 * math.pi) * both

            return -math.log(quad(at, -8, 8, epsabs=0, epsrel=1e-9)[0])

        total -= minimize_scalar(minus_log, bounds=(-9, -3), method="bounded", options={"xatol": 1e-6}).fun
    assert found.ll == pytest.approx(total, abs=1e-7)


def test_rates_given_all_events_are_as_printed() -> None:
    """Stijnen, Hamza and Özdemir (2010), table VIII on page 3055, of the same data."""
    found = glmm(*CATHETERS, measure="IRR", model="CM.EL")
    assert (found.estimate, found.se, np.sqrt(found.tau2)) == pytest.approx((-0.476, 0.238, 0.35), abs=5e-4)
    assert (np.exp([found.estimate, found.ci_low, found.ci_high])).round(2).tolist() == [0.62, 0.39, 0.99]
