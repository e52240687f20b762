"""How many people an answer needs."""

from dataclasses import dataclass

import numpy as np
from scipy import special


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSize:
    """People that one well-powered trial of the same question would need, and what there are."""

    needed_people: int
    people: int
    share: float


def optimal_information_size(
    *, baseline: float, ratio: float, people: int, alpha: float = 0.05, power: float = 0.80
) -> InformationSize:
    """Two equal groups, risks compared.

    References
    ----------
    .. [1] Guyatt et al. (2011), J Clin Epidemiol 64:1283-1293.
    .. [2] Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, equation 4.14.
    """
    p1, p2 = baseline, min(0.999, baseline * ratio)
    mean = (p1 + p2) / 2
    za, zb = float(special.ndtri(1 - alpha / 2)), float(special.ndtri(power))
    top = za * np.sqrt(2 * mean * (1 - mean)) + zb * np.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    each = int(np.ceil((top / (p1 - p2)) ** 2))
    return InformationSize(needed_people=2 * each, people=people, share=people / (2 * each))
