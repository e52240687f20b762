"""Wild bootstrap for few areas: whole areas change sign, and the test asks how often chance goes as far."""

import numpy as np

from fotfeste.register.effect.estimates import Floats

DRAWS = 9999
CHUNK = 512
EVERY = 13
"""Up to so many areas every combination of signs is gone through."""


def clustered_p(x: Floats, y: Floats, weight: Floats, *, seed: int) -> float:
    """Test that a coefficient is 0: bootstrap-t with the null imposed and signs by area.

    Parameters
    ----------
    x, y : array of float, shape (a, t)
        The column and the outcome, less the means of areas and periods.
    weight : array of float, shape (a,)
        What an area weighs.
    seed : int
        Of the signs, where they are drawn.

    Returns
    -------
    float
        The share of draws with a t at least as far from 0. All signs as they are is one of the draws.

    References
    ----------
    .. [1] Cameron, Gelbach and Miller (2008), Rev Econ Stat 90:414-427, appendix B.
    """
    shares = weight / weight.sum()
    scale = (weight[:, None] * x**2).sum()

    def t(signed: Floats) -> Floats:
        """t up to a constant, of outcomes (draws, a, t) whose areas have mean 0."""
        outcome = signed - np.einsum("a,bat->bt", shares, signed)[:, None, :]
        beta = np.einsum("at,bat->b", weight[:, None] * x, outcome) / scale
        scores = np.einsum("at,bat->ba", weight[:, None] * x, outcome - beta[:, None, None] * x)
        return np.asarray(beta / np.sqrt((scores**2).sum(axis=1)))

    seen = abs(t(y[None])[0])
    signs = _signs(len(weight), seed)
    at_least = sum(
        int((np.abs(t(chunk[:, :, None] * y)) >= seen * (1 - 1e-10)).sum())
        for chunk in (signs[at : at + CHUNK] for at in range(0, len(signs), CHUNK))
    )
    return at_least / len(signs)


def multiplier_p(value: float, influence: Floats, *, seed: int) -> float:
    """Test that an estimate is 0 by changing the signs of what each area does to it, shape (a,).

    The estimate itself counts as one of the draws, so that the test is never too small.
    """
    drawn = np.abs(_signs(influence.size, seed) @ influence) / influence.size
    return float((1 + (drawn >= abs(value)).sum()) / (1 + drawn.size))


def _signs(areas: int, seed: int) -> Floats:
    """Every combination of signs, or the signs as they are and ``DRAWS`` drawn ones, shape (draws, areas)."""
    if areas <= EVERY:
        return np.asarray(1.0 - 2.0 * ((np.arange(2**areas)[:, None] >> np.arange(areas)) & 1))
    random = np.random.Generator(np.random.Philox(key=seed))
    return np.concatenate([np.ones((1, areas)), random.choice([-1.0, 1.0], (DRAWS, areas))])
