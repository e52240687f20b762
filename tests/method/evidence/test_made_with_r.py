"""Numbers made for this project with R 4.2.2 and metafor 3.8-1 (Debian's r-cran-metafor), the call beside each.

The data are those of metafor's own help pages (metadat): Colditz et al. 1994 (bcg) and Ishak et al. 2007.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from fotfeste.evidence import bias
from fotfeste.evidence.effects import effect_sizes
from fotfeste.evidence.multilevel import Within, multilevel

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
