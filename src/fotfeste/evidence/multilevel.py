"""Effects that share something: several from one study, outcomes measured on the same people, studies within
districts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from fotfeste.evidence.model import JointTest, Likelihood, critical, independent_columns, two_sided
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.search import smallest
from fotfeste.evidence.studies import TooFewStudies

Structure = Literal["CS", "HCS", "UN", "ID", "DIAG", "AR"]


@dataclass(frozen=True, slots=True)
class Levels:
    """One variance for each value of a grouping: effects with the same value move together."""

    groups: npt.NDArray[np.intp]

    @classmethod
    def of(cls, values: Sequence[object]) -> "Levels":
        return cls(np.unique(np.asarray(values), return_inverse=True)[1])


@dataclass(frozen=True, slots=True)
class Within:
    """Effects of ``inner`` (such as the outcome) within ``outer`` (the trial), with a covariance of their own.

    CS: one variance, one correlation; HCS: a variance each, one correlation; UN: all free; ID, DIAG: no correlation;
    AR: correlation falls with the distance in the order of ``inner``.
    """

    inner: npt.NDArray[np.intp]
    outer: npt.NDArray[np.intp]
    structure: Structure = "UN"

    @classmethod
    def of(cls, inner: Sequence[object], outer: Sequence[object], structure: Structure = "UN") -> "Within":
        return cls(Levels.of(inner).groups, Levels.of(outer).groups, structure)

    @property
    def values(self) -> int:
        return int(self.inner.max()) + 1

    @property
    def variances(self) -> int:
        return 1 if self.structure in ("CS", "ID", "AR") else self.values

    @property
    def correlations(self) -> int:
        m = self.values
        return {"CS": 1, "HCS": 1, "AR": 1, "UN": m * (m - 1) // 2, "ID": 0, "DIAG": 0}[self.structure]

    def correlations_at(self, free: Floats) -> Floats:
        """Correlations that go together, for any numbers: those of UN are products of rows of length one."""
        if self.structure != "UN":
            return np.asarray(np.tanh(free))
        rows = np.eye(self.values)
        below = np.tril_indices(self.values, -1)
        rows[below] = free
        rows /= np.linalg.norm(rows, axis=1)[:, None]
        return np.asarray((rows @ rows.T)[below])

    def covariance(self, variances: Floats, correlations: Floats) -> Floats:
        m = self.values
        r = np.eye(m)
        if self.structure == "UN":
            r[np.tril_indices(m, -1)] = correlations
            r = np.tril(r) + np.tril(r, -1).T
        elif self.structure == "AR":
            r = correlations[0] ** np.abs(np.subtract.outer(np.arange(m), np.arange(m)))
        elif self.correlations:
            r = np.where(np.eye(m, dtype=bool), 1.0, correlations[0])
        sd = np.sqrt(np.broadcast_to(variances, m))
        return np.asarray(r * np.outer(sd, sd))


@dataclass(frozen=True, kw_only=True)
class MultilevelFit:
    """``sigma2``: one variance a level, in the order given; ``tau2`` and ``rho``: of the inner effects."""

    y: Floats
    x: Floats
    known: Floats
    total: Floats
    sigma2: Floats
    tau2: Floats
    rho: Floats
    coefficients: Floats
    covariance: Floats
    columns: tuple[str, ...]
    method: Literal["ML", "REML"]
    level: float
    likelihood: Likelihood
    warnings: tuple[str, ...] = ()

    @property
    def k(self) -> int:
        return int(self.y.size)

    @property
    def p(self) -> int:
        return int(self.coefficients.size)

    @property
    def se(self) -> Floats:
        return np.sqrt(np.diagonal(self.covariance))

    @property
    def z(self) -> Floats:
        return self.coefficients / self.se

    @property
    def p_values(self) -> Floats:
        return two_sided(self.z)

    @property
    def ci(self) -> tuple[Floats, Floats]:
        half = critical(self.level) * self.se
        return self.coefficients - half, self.coefficients + half

    @cached_property
    def q(self) -> float:
        weight = np.linalg.inv(self.known)
        b = np.linalg.solve(self.x.T @ weight @ self.x, self.x.T @ weight @ self.y)
        r = self.y - self.x @ b
        return float(r @ weight @ r)

    @property
    def q_df(self) -> int:
        return self.k - self.p

    @property
    def q_p(self) -> float:
        return float(special.chdtrc(self.q_df, self.q))

    def joint_test(self, which: Sequence[int]) -> JointTest:
        b = self.coefficients[list(which)]
        q = float(b @ np.linalg.solve(self.covariance[np.ix_(which, which)], b))
        return JointTest(statistic=q, df=len(which), df2=None, p=float(special.chdtrc(len(which), q)))

    def level_effects(self, levels: Levels, number: int) -> Floats:
        """The predicted effect of each group of a level, given by its place among the levels."""
        z = np.eye(int(levels.groups.max()) + 1)[levels.groups]
        r = np.linalg.solve(self.total, self.y - self.x @ self.coefficients)
        return np.asarray(self.sigma2[number] * z.T @ r)


def multilevel(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    levels: Sequence[Levels] = (),
    within: Within | None = None,
    x: Floats | None = None,
    columns: Sequence[str] = (),
    method: Literal["ML", "REML"] = "REML",
    level: float = 0.95,
) -> MultilevelFit:
    """Fit a model with correlated effects.

    Parameters
    ----------
    variances : array_like of float, shape (k,) or (k, k)
        Sampling variances, or the whole sampling covariance where effects come from the same people.
    levels : sequence of Levels
        Random intercepts, such as district and school within district.
    within : Within, optional
        Correlated effects within a study.

    References
    ----------
    .. [1] Konstantopoulos (2011), Res Synth Methods 2:61-76 (three levels).
    .. [2] van Houwelingen, Arends and Stijnen (2002), Stat Med 21:589-624 (multivariate).
    """
    y, v = np.asarray(effects, dtype=float), np.asarray(variances, dtype=float)
    known = np.diag(v) if v.ndim == 1 else v
    design = np.ones((y.size, 1)) if x is None else x
    kept = independent_columns(design)
    names = tuple(columns) or tuple("intercept" if i == 0 and x is None else f"x{i}" for i in range(design.shape[1]))
    dropped = len(kept) < design.shape[1]
    design, names = design[:, kept], tuple(names[i] for i in kept)
    k, p = design.shape
    if k <= p:
        raise TooFewStudies(k, p + 1)
    shared = [level_.groups[:, None] == level_.groups for level_ in levels]
    together = None if within is None else within.outer[:, None] == within.outer
    counts = (len(shared), within.variances if within else 0, within.correlations if within else 0)
    scale = float(np.var(y - design @ np.linalg.lstsq(design, y, rcond=None)[0])) or float(np.mean(np.diagonal(known)))

    def parts(at: Floats) -> tuple[Floats, Floats, Floats]:
        # Variances are searched as standard deviations: 0 is then inside the range and the slope there is finite.
        return (
            scale * at[: counts[0]] ** 2,
            scale * at[counts[0] : counts[0] + counts[1]] ** 2,
            np.empty(0) if within is None else within.correlations_at(at[counts[0] + counts[1] :]),
        )

    def total(at: Floats) -> Floats:
        sigma2, tau2, rho = parts(at)
        made = known.copy()
        for variance, same in zip(sigma2, shared, strict=True):
            made += variance * same
        if within is not None:
            made += np.asarray(together) * within.covariance(tau2, rho)[np.ix_(within.inner, within.inner)]
        return made

    both = np.column_stack((y, design))

    def minus_ll(at: Floats) -> float:
        try:
            root = np.linalg.cholesky(total(at))
        except np.linalg.LinAlgError:
            return float("inf")
        whitened = np.linalg.solve(root, both)
        ys, xs = whitened[:, 0], whitened[:, 1:]
        basis, triangle = np.linalg.qr(xs)
        r = ys - basis @ (basis.T @ ys)
        value = np.log(np.diagonal(root)).sum() + 0.5 * float(r @ r)
        if method == "REML":
            value += np.log(np.abs(np.diagonal(triangle))).sum()
        return float(value)

    first = [0.7] * (counts[0] + counts[1]) + [0.3] * counts[2]
    best = smallest(minus_ll, [first, [0.2] * (counts[0] + counts[1]) + [-0.2] * counts[2]]) if first else np.empty(0)
    sigma2, tau2, rho = parts(best)
    whole = total(best)
    weight = np.linalg.inv(whole)
    covariance: Floats = np.asarray(np.linalg.inv(design.T @ weight @ design), dtype=np.float64)
    coefficients = covariance @ design.T @ weight @ y
    return MultilevelFit(
        y=y,
        x=design,
        known=known,
        total=whole,
        sigma2=sigma2,
        tau2=tau2,
        rho=rho,
        coefficients=coefficients,
        covariance=covariance,
        columns=names,
        method=method,
        level=level,
        likelihood=_likelihood(minus_ll(best), design, y, known, sum(counts), method),
        warnings=(("collinear_dropped",) if dropped else ())
        + (("variance_at_zero",) if min([*sigma2, *tau2], default=1) < 1e-8 * scale else ()),
    )


def _likelihood(minus: float, x: Floats, y: Floats, known: Floats, components: int, method: str) -> Likelihood:
    k, p = x.shape
    used = k - p if method == "REML" else k
    ll = -minus - 0.5 * used * float(np.log(2 * np.pi))
    if method == "REML":
        ll += 0.5 * float(np.linalg.slogdet(x.T @ x)[1])
    count = p + components
    held = max(used, count + 2)
    saturated = -0.5 * (k * float(np.log(2 * np.pi)) + float(np.linalg.slogdet(known)[1]))
    return Likelihood(
        ll=ll,
        deviance=-2 * ll if method == "REML" else -2 * (ll - saturated),
        aic=-2 * ll + 2 * count,
        bic=-2 * ll + count * float(np.log(used)),
        aicc=-2 * ll + 2 * count * held / (held - count - 1),
    )
