"""Finding the largest likelihood of a model with a few parameters, and the curvature there."""

from collections.abc import Callable, Sequence

import numpy as np

from fotfeste.evidence.projection import Floats


class NoMaximum(ValueError):
    """The likelihood has no maximum inside the parameters' range; ``at`` is how far the search came."""

    def __init__(self, at: Sequence[float]) -> None:
        super().__init__(f"no maximum near {list(at)}")
        self.at = tuple(at)


def smallest(
    function: Callable[[Floats], float],
    starts: Sequence[Sequence[float]],
    bounds: Sequence[tuple[float | None, float | None]] | None = None,
) -> Floats:
    """The lowest point found from any of the starts: a quasi-Newton search, then a simplex from where it stops."""
    from scipy.optimize import minimize

    def safe(at: Floats) -> float:
        value = function(at)
        return value if np.isfinite(value) else 1e15

    rough = min(
        (
            minimize(
                safe, start, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8}
            )
            for start in starts
        ),
        key=lambda found: float(found.fun),
    )
    at = _refined(safe, np.asarray(rough.x))
    if at is None:  # no clear top: a simplex does without derivatives
        found = minimize(
            safe,
            rough.x,
            method="Nelder-Mead",
            bounds=bounds,
            options={"xatol": 1e-8, "fatol": 1e-11, "maxiter": 2000, "initial_simplex": _around(np.asarray(rough.x))},
        )
        at = np.asarray(found.x)
    if safe(at) >= 1e15:
        raise NoMaximum(starts[0])
    return at


def _refined(function: Callable[[Floats], float], at: Floats) -> Floats | None:
    """Newton's method from close by; None where the curvature has no sign or the step leads nowhere better."""
    here = function(at)
    for _ in range(8):
        h = curvature(function, at)
        if not np.isfinite(h).all() or np.linalg.eigvalsh(h)[0] <= 0:
            return None
        d = np.diag(1e-3 * np.maximum(np.abs(at), 0.1))
        slope = np.array(
            [
                (8 * (function(at + s) - function(at - s)) - function(at + 2 * s) + function(at - 2 * s))
                / (12 * s.sum())
                for s in d
            ]
        )
        move = np.linalg.solve(h, slope)
        new = at - move
        there = function(new)
        if there > here + 1e-9 * max(1.0, abs(here)):
            return None
        at, here = new, there
        if np.max(np.abs(move) / np.maximum(np.abs(at), 0.1)) < 1e-7:
            break
    return at


def _around(at: Floats) -> Floats:
    """A small simplex: the first search stops close to the top."""
    return np.vstack((at, at + np.diag(0.01 * np.maximum(np.abs(at), 0.1))))


def curvature(function: Callable[[Floats], float], at: Floats, step: float = 1e-3) -> Floats:
    """Second derivatives by central differences with one step of Richardson's extrapolation."""
    size = at.size
    scale = np.maximum(np.abs(at), 0.1)

    def rough(h: float) -> Floats:
        d = np.diag(h * scale)
        out = np.empty((size, size))
        here = function(at)
        for i in range(size):
            for j in range(i + 1):
                if i == j:
                    value = (function(at + d[i]) - 2 * here + function(at - d[i])) / d[i, i] ** 2
                else:
                    value = (
                        function(at + d[i] + d[j])
                        - function(at + d[i] - d[j])
                        - function(at - d[i] + d[j])
                        + function(at - d[i] - d[j])
                    ) / (4 * d[i, i] * d[j, j])
                out[i, j] = out[j, i] = value
        return out

    return (4 * rough(step) - rough(2 * step)) / 3
