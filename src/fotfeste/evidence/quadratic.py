"""The distribution of a weighted sum of squared standard normal variables."""

import numpy as np

from fotfeste.evidence.projection import Floats


def chance_below(x: float, weights: Floats) -> float:
    """The chance that ``sum(weights * chi2_1)`` is below ``x``; to about 1e-12.

    The Laplace transform ``prod(1 + 2 w s)^(-1/2) / s`` is turned back along a hyperbola through its saddle point,
    where the integrand falls fast and hardly swings, so that the trapezoidal rule needs few points.

    Parameters
    ----------
    x : float
        Above 0.
    weights : array of float, shape (m,)
        Not below 0, and not all 0.

    References
    ----------
    .. [1] Rice (1980), SIAM J Sci Stat Comput 1:438-448 (a path through the saddle point).
    .. [2] Weideman and Trefethen (2007), Math Comp 76:1341-1356 (hyperbolas).
    """
    from scipy.optimize import brentq

    w = weights[weights > 1e-14 * weights.max()] / x  # on the scale of x, which is 1 from here

    def slope(log_s: float) -> float:
        s = np.exp(log_s)
        return float(1 - np.sum(w / (1 + 2 * w * s)) - 1 / s)

    s = float(np.exp(brentq(slope, 0.0, np.log(2 + w.size), xtol=1e-12)))  # above 1 + m/2 the slope is above 0
    width = 1 / np.sqrt(2 * np.sum((w / (1 + 2 * w * s)) ** 2) + 1 / s**2)
    lean = min(1.0, 2 / np.sqrt(w.size))  # to the left; with many weights further would be up a hill

    def integrand(t: Floats) -> Floats:
        at = s + width * (1j * np.sinh(t) - lean * (np.cosh(t) - 1))
        log = at - 0.5 * np.log(1 + 2 * w * at[:, None]).sum(-1) - np.log(at)
        return np.asarray(np.real(np.exp(log) * (np.cosh(t) + 1j * lean * np.sinh(t))) * width)

    step, before = 0.4, np.inf
    while True:
        total, first = 0.5 * float(integrand(np.zeros(1))[0]), 1
        while True:
            values = integrand(np.asarray(step * np.arange(first, first + 8)))
            total += float(values.sum())
            first += 8
            if np.abs(values[-4:]).max() <= 1e-17 * abs(total):
                break
        found = total * step / np.pi
        if abs(found - before) <= 1e-13 or step < 0.01:
            return min(max(found, 0.0), 1.0)
        before, step = found, step / 2
