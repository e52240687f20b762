"""What comes later counts less: 1 / (1 + r) to the power of the years until then."""

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def present_value(years: Any, rate: Any) -> FloatArray:
    """Weight of what happens after some years.

    Parameters
    ----------
    years : array_like of float, shape (t,)
        Years from the start, parts of years too.
    rate : array_like of float, shape (d,)
        Yearly rates, as 0.04.

    Returns
    -------
    ndarray, shape (d, t)

    References
    ----------
    .. [1] Drummond et al. (2005), Methods for the Economic Evaluation of Health Care Programmes, 3rd ed., section 4.2.
    """
    return np.asarray((1 + np.atleast_1d(rate)[:, None]) ** -np.asarray(years, dtype=float), dtype=float)
