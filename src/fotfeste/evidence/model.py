"""The linear model that every analysis of known variances is a case of: effects on a design, with or without tau2."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from scipy import special

from fotfeste.evidence.projection import Floats, Projection, project
from fotfeste.evidence.studies import TooFewStudies
from fotfeste.evidence.tau2 import Method, estimate_tau2, tau2_se

Test = Literal["z", "t", "hk", "hk_adhoc"]
"""z: normal; t: Student's t with k - p; hk: Hartung-Knapp; hk_adhoc: Hartung-Knapp, never narrower than z's
standard error."""


class CollinearColumns(ValueError):
    """Columns of the design say the same; ``columns`` are those that would be dropped."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__(f"collinear: {', '.join(columns)}")
        self.columns = columns


@dataclass(frozen=True, kw_only=True)
class Likelihood:
    ll: float
    deviance: float
    aic: float
    bic: float
    aicc: float


@dataclass(frozen=True, kw_only=True)
class Fit:
    """One fitted model on the scale of the effects. ``x`` is None for the intercept alone."""

    y: Floats
    v: Floats
    x: Floats | None
    method: Method
    test: Test
    level: float
    tau2: float
    coefficients: Floats
    covariance: Floats
    columns: tuple[str, ...] = ("intercept",)
    dropped: tuple[str, ...] = ()
    tau2_given: bool = False
    weights: Floats | None = None
    genq_weights: Floats | None = None
    dispersion: float = 1.0
    """The Hartung-Knapp factor: weighted residual sum of squares per degree of freedom."""

    @property
    def k(self) -> int:
        return int(self.y.size)

    @property
    def p(self) -> int:
        return int(self.coefficients.size)

    @property
    def df(self) -> float | None:
        """Degrees of freedom of the tests; None is the normal distribution."""
        return None if self.test == "z" else self.k - self.p

    @cached_property
    def se(self) -> Floats:
        return np.sqrt(np.diagonal(self.covariance))

    @cached_property
    def statistic(self) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.coefficients / self.se

    @cached_property
    def p_values(self) -> Floats:
        return two_sided(self.statistic, self.df)

    @property
    def critical(self) -> float:
        return critical(self.level, self.df)

    @property
    def ci_low(self) -> Floats:
        return self.coefficients - self.critical * self.se

    @property
    def ci_high(self) -> Floats:
        return self.coefficients + self.critical * self.se

    @cached_property
    def fixed(self) -> Projection:
        """The model with weights ``1/v``: Cochran's Q comes from it."""
        return project(self.y, 1 / self.v, self.x)

    @property
    def q(self) -> float:
        # A single study leaves rounding, not heterogeneity.
        return float(self.fixed.y_p_y) if self.k > self.p else 0.0

    @property
    def q_df(self) -> int:
        return self.k - self.p

    @property
    def q_p(self) -> float:
        return float(special.chdtrc(self.q_df, self.q)) if self.q_df > 0 else 1.0

    @cached_property
    def typical_variance(self) -> float:
        """The sampling variance that I2 sets tau2 against (Higgins and Thompson 2002)."""
        return float((self.k - self.p) / self.fixed.trace_p) if self.k > self.p else float("nan")

    @property
    def i2(self) -> float:
        """Per cent; from tau2 and the typical variance, or from Q under a common effect."""
        return self.i2_at(self.tau2)

    @property
    def h2(self) -> float:
        return self.h2_at(self.tau2)

    def i2_at(self, tau2: float) -> float:
        if self.k <= self.p:
            return 0.0
        if self.method == "EE":
            return max(0.0, 100 * (self.q - self.q_df) / self.q) if self.q > 0 else 0.0
        return 100 * tau2 / (tau2 + self.typical_variance)

    def h2_at(self, tau2: float) -> float:
        if self.k <= self.p:
            return 1.0
        return self.q / self.q_df if self.method == "EE" else 1 + tau2 / self.typical_variance

    @cached_property
    def tau2_se(self) -> float:
        return tau2_se(self.y, self.v, self.x, self.tau2, self.method, self.genq_weights)

    @cached_property
    def projection(self) -> Projection:
        """The model with the weights that include tau2, whatever weights the estimate used."""
        return project(self.y, 1 / (self.v + self.tau2), self.x)

    @cached_property
    def likelihood(self) -> Likelihood:
        """Log-likelihood and information criteria; the restricted one under REML."""
        k, p = self.k, self.p
        x = np.ones((k, 1)) if self.x is None else self.x
        total = self.v + self.tau2
        residuals = self.y - x @ self.coefficients
        ll = -0.5 * (float(np.log(total).sum() + np.sum(residuals**2 / total)))
        used: int = k
        if self.method == "REML":
            used = k - p
            ll += 0.5 * float(np.linalg.slogdet(x.T @ x)[1] - np.linalg.slogdet((x.T / total) @ x)[1])
        ll = float(ll - 0.5 * used * np.log(2 * np.pi))
        count: int = p + int(self.method != "EE" and not self.tau2_given)
        saturated = float(-0.5 * (k * np.log(2 * np.pi) + np.log(self.v).sum()))
        held: int = max(used, count + 2)
        return Likelihood(
            ll=ll,
            deviance=-2 * ll if self.method == "REML" else -2 * (ll - saturated),
            aic=-2 * ll + 2 * count,
            bic=-2 * ll + count * float(np.log(used)) if used > 0 else float("nan"),
            aicc=-2 * ll + 2 * count * held / (held - count - 1),
        )

    def joint_test(self, which: list[int]) -> "JointTest":
        """Wald test that these coefficients are all 0."""
        return wald(self.coefficients[which], self.covariance[np.ix_(which, which)], self.df)


@dataclass(frozen=True, kw_only=True)
class JointTest:
    """Chi squared when ``df2`` is None, else F."""

    statistic: float
    df: float
    df2: float | None
    p: float


def wald(b: Floats, covariance: Floats, df: float | None) -> JointTest:
    """That all of ``b`` are 0: chi squared, or F where there are degrees of freedom."""
    q, m = float(b @ np.linalg.solve(covariance, b)), b.size
    if df is None:
        return JointTest(statistic=q, df=m, df2=None, p=float(special.chdtrc(m, q)))
    return JointTest(statistic=q / m, df=m, df2=df, p=float(special.fdtrc(m, df, q / m)))


def critical(level: float, df: float | None = None) -> float:
    """The two-sided critical value."""
    tail = (1 + level) / 2
    return float(special.ndtri(tail) if df is None else special.stdtrit(df, tail))


def two_sided(statistic: Floats, df: float | None = None) -> Floats:
    size = np.abs(statistic)
    return np.asarray(2 * (special.ndtr(-size) if df is None else special.stdtr(df, -size)))


def independent_columns(x: Floats) -> list[int]:
    """The columns that are kept, from left to right: a later column gives way to earlier ones."""
    kept: list[int] = []
    basis = np.zeros((x.shape[0], 0))
    for column in range(x.shape[1]):
        c = x[:, column]
        rest = c - basis @ (basis.T @ c)
        rest -= basis @ (basis.T @ rest)
        size = float(np.linalg.norm(rest))
        if size > 1e-9 * max(float(np.linalg.norm(c)), 1e-300):
            kept.append(column)
            basis = np.column_stack((basis, rest / size))
    return kept


def fit(
    y: Floats,
    v: Floats,
    x: Floats | None = None,
    *,
    method: Method = "REML",
    test: Test = "z",
    level: float = 0.95,
    tau2: float | None = None,
    weights: Floats | None = None,
    genq_weights: Floats | None = None,
    columns: tuple[str, ...] | None = None,
) -> Fit:
    """Fit the model to studies that are already checked.

    Parameters
    ----------
    y, v : array of float, shape (k,)
    x : array of float, shape (k, p), optional
        The design with its intercept. Columns that say the same as earlier ones are dropped and named in the result.
    method, test, level
        How tau2 is estimated, how the coefficients are tested, the confidence level.
    tau2 : float, optional
        A value that is held instead of estimated.
    weights : array of float, shape (k,), optional
        Weights of one's own for the coefficients; tau2 is estimated as always.

    Raises
    ------
    TooFewStudies
        With fewer studies than coefficients, or as many and tau2 to be estimated.

    References
    ----------
    .. [1] Knapp and Hartung (2003), Stat Med 22:2693-2710.
    .. [2] Higgins and Thompson (2002), Stat Med 21:1539-1558 (I2, H2).
    """
    dropped: tuple[str, ...] = ()
    columns = columns or (("intercept",) if x is None else tuple(f"x{i}" for i in range(x.shape[1])))
    triangle = None
    design = x
    if x is not None:
        kept = independent_columns(x)
        dropped = tuple(name for i, name in enumerate(columns) if i not in kept)
        columns, design = tuple(columns[i] for i in kept), x[:, kept]
        basis, triangle = np.linalg.qr(design)
    else:
        basis = None
    k, p = y.size, 1 if design is None else design.shape[1]
    if k < p or (k == p and p > 1 and method != "EE"):
        raise TooFewStudies(k, p + (method != "EE"))
    given = tau2 is not None
    if tau2 is None:
        tau2 = float(estimate_tau2(y, v, basis, method=method, genq_weights=genq_weights))
    w = 1 / (v + tau2)
    used = genq_weights if method == "GENQ" and weights is None else weights
    solved = project(y, w if used is None else used, basis)
    coefficients, covariance = solved.coefficients, solved.inverse
    if used is not None:
        b = np.ones((k, 1)) if basis is None else basis
        bread = solved.inverse @ (b.T * used)
        covariance = (bread * (v + tau2)) @ bread.T
    dispersion = 1.0
    if test in ("hk", "hk_adhoc") and k > p:
        dispersion = float(project(y, w, basis).y_p_y if used is not None else solved.y_p_y) / (k - p)
        if test == "hk_adhoc":
            dispersion = max(1.0, dispersion)
        covariance = covariance * dispersion
    if triangle is not None:
        back = np.linalg.inv(triangle)
        coefficients, covariance = back @ coefficients, back @ covariance @ back.T
    return Fit(
        y=y,
        v=v,
        x=design,
        method=method,
        test=test if k > p else "z",
        level=level,
        tau2=tau2,
        coefficients=coefficients,
        covariance=covariance,
        columns=columns,
        dropped=dropped,
        tau2_given=given,
        weights=used,
        genq_weights=genq_weights,
        dispersion=dispersion,
    )


def with_test(model: Fit, test: Test) -> Fit:
    return fit(
        model.y,
        model.v,
        model.x,
        method=model.method,
        test=test,
        level=model.level,
        tau2=None,
        weights=model.weights,
        genq_weights=model.genq_weights,
        columns=model.columns,
    )
