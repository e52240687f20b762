"""From arms and covariates to the matrix of a regression; column 1 is always the arm."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fotfeste.trial.analysis.effect import Floats, NotEstimable

ARM = 1

Covariates = Mapping[str, npt.ArrayLike]
"""Baseline columns by name: numbers as they are, texts as categories with their first value (in order) as reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """``matrix`` has an intercept, the arm (1 for the intervention), then the covariates. ``dropped`` said nothing
    that columns before them did not say."""

    names: tuple[str, ...]
    matrix: Floats
    dropped: tuple[str, ...]

    @property
    def n(self) -> int:
        return int(self.matrix.shape[0])

    @property
    def warnings(self) -> tuple[str, ...]:
        return ("collinear_dropped",) if self.dropped else ()

    def with_arm(self, arm: float) -> Floats:
        """The same people, all of them in one arm."""
        changed = self.matrix.copy()
        changed[:, ARM] = arm
        return changed


def design(arm: npt.ArrayLike, covariates: Covariates | None = None) -> Design:
    """The matrix of an analysis.

    Parameters
    ----------
    arm : array_like of {0, 1}, shape (n,)
        1 for the intervention.
    covariates : mapping of str to array_like, shape (n,)
        Without missing values.

    Raises
    ------
    NotEstimable
        ``one_arm`` where everybody is in the same arm.
    """
    group = np.asarray(arm, float)
    if np.unique(group).tolist() != [0.0, 1.0]:
        raise NotEstimable("one_arm")
    names, columns = ["intercept", "arm"], [np.ones_like(group), group]
    for name, values in (covariates or {}).items():
        told = np.asarray(values)
        if told.dtype.kind in "biuf":
            names.append(name)
            columns.append(told.astype(float))
        else:
            for level in np.unique(told)[1:].tolist():
                names.append(f"{name}={level}")
                columns.append((told == level).astype(float))
    kept = _independent(np.column_stack(columns))
    return Design(
        names=tuple(names[i] for i in kept),
        matrix=np.column_stack([columns[i] for i in kept]),
        dropped=tuple(name for i, name in enumerate(names) if i not in kept),
    )


def complete(outcome: npt.ArrayLike, arm: npt.ArrayLike, covariates: Covariates | None) -> tuple[Floats, Design]:
    """The outcome and the design, checked to be of one length and without holes."""
    y = np.asarray(outcome, float)
    told = design(arm, covariates)
    if y.shape != (told.n,):
        raise ValueError(f"{y.shape} outcomes for {told.n} people")
    if not (np.isfinite(y).all() and np.isfinite(told.matrix).all()):
        raise ValueError("missing values: choose a rule for them first")
    return y, told


def _independent(matrix: Floats) -> list[int]:
    """Columns that each add something to those on their left."""
    scale = np.sqrt((matrix**2).sum(0))
    kept: list[int] = []
    basis = np.empty((matrix.shape[0], 0))
    for i in range(matrix.shape[1]):
        left = matrix[:, i] - basis @ (basis.T @ matrix[:, i])
        size = float(np.sqrt(left @ left))
        if scale[i] > 0 and size > 1e-9 * scale[i]:
            kept.append(i)
            basis = np.column_stack((basis, left / size))
    return kept


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """What statsmodels says by a warning or a numerical error is a refusal here."""
    import warnings

    from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationError, PerfectSeparationWarning

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", ConvergenceWarning)
            warnings.simplefilter("error", PerfectSeparationWarning)
            yield
    except (ConvergenceWarning, PerfectSeparationWarning, PerfectSeparationError) as error:
        raise NotEstimable("did_not_converge", what) from error
    except np.linalg.LinAlgError as error:
        raise NotEstimable("singular", what) from error


def glm(y: Floats, x: Floats, family: Any, what: str, *, cov_type: str = "nonrobust", start: Any = None) -> Any:
    """A generalised linear model by statsmodels, to rounding."""
    import statsmodels.api as sm

    with refusing(what):
        near = sm.GLM(y, x, family=family).fit(tol=1e-10, rtol=1e-10, maxiter=200, start_params=start)
        # Once more from there: its covariance is that of the step before the last.
        fitted = sm.GLM(y, x, family=family).fit(tol=1e-10, rtol=1e-10, cov_type=cov_type, start_params=near.params)
    if not near.converged or not np.isfinite(fitted.bse).all():
        raise NotEstimable("did_not_converge", what)
    return fitted
