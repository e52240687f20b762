"""People, power or difference: any one of them from the other two, with what is lost on the way."""

from dataclasses import dataclass
from math import ceil, inf

from scipy.optimize import brentq

from fotfeste.trial.errors import BadDesign
from fotfeste.trial.power.designs import Design

MOST = 1_000_000
CLOSE = 1e-12


@dataclass(frozen=True, kw_only=True)
class Losses:
    """What makes those who are randomised count for fewer: drop-out, and people who are alike within a cluster."""

    drop_out: float = 0.0
    icc: float = 0.0
    cluster_size: float = 1.0

    def __post_init__(self) -> None:
        for name, value in (("drop_out", self.drop_out), ("icc", self.icc)):
            if not 0 <= value < 1:
                raise BadDesign(name, "share")
        if self.cluster_size < 1:
            raise BadDesign("cluster_size", "positive")

    @property
    def design_effect(self) -> float:
        """Donner, Birkett and Buck (1981), American Journal of Epidemiology 114:906-914: 1 + (m - 1) icc."""
        return 1 + (self.cluster_size - 1) * self.icc

    @property
    def kept(self) -> float:
        """How many analysed, independent people one who is randomised counts for."""
        return (1 - self.drop_out) / self.design_effect


@dataclass(frozen=True, kw_only=True)
class Size:
    """People to randomise. ``n_exact`` is the unrounded number analysed in arm 1, None where only whole people count;
    ``n_per_arm`` is None where the arms differ; ``power`` is what the rounded numbers give."""

    n_per_arm: int | None
    n_total: int
    n1: int
    n2: int
    n1_analysed: int
    n2_analysed: int
    n_exact: float | None
    power: float
    design_effect: float


@dataclass(frozen=True, kw_only=True)
class Power:
    power: float
    n1: int
    n2: int


@dataclass(frozen=True, kw_only=True)
class Detectable:
    """The smallest effect in the asked direction that has the power: a share, a difference or a hazard ratio."""

    detectable: float
    power: float
    n1: int
    n2: int


def size(design: Design, *, power: float, ratio: float = 1.0, losses: Losses | None = None) -> Size:
    """How many people have the power.

    Parameters
    ----------
    design : Design
        What is assumed and how it is tested.
    power : float
        Between 0 and 1.
    ratio : float, optional
        People in arm 1 for each in arm 2.
    losses : Losses, optional
        Drop-out and clusters; the numbers are raised for them.

    Returns
    -------
    Size
        Where only whole people count, the smallest number from which on no number has less power.

    Raises
    ------
    BadDesign
        No number of people is enough, or more than a million are.
    """
    losses = losses or Losses()
    _check_power(power)
    if not 0 < ratio < inf:
        raise BadDesign("ratio", "positive")
    exact = None if design.whole else _people(design, power, ratio)
    n2 = _whole_people(design, power, ratio) if exact is None else ceil(round(exact, 9))
    n1 = ceil(round(ratio * (n2 if exact is None else exact), 9))
    wanted1, wanted2 = ceil(round(n1 / losses.kept, 9)), ceil(round(n2 / losses.kept, 9))
    return Size(
        n_per_arm=wanted1 if wanted1 == wanted2 else None,
        n_total=wanted1 + wanted2,
        n1=wanted1,
        n2=wanted2,
        n1_analysed=n1,
        n2_analysed=n2,
        n_exact=None if exact is None else ratio * exact,
        power=design.power(n1, n2),
        design_effect=losses.design_effect,
    )


def power(design: Design, *, n1: int, n2: int, losses: Losses | None = None) -> Power:
    """The power that ``n1`` and ``n2`` randomised people have."""
    return Power(power=design.power(*_analysed(design, n1, n2, losses)), n1=n1, n2=n2)


def detectable(
    design: Design, *, power: float, n1: int, n2: int, higher: bool = True, losses: Losses | None = None
) -> Detectable:
    """The smallest effect above (or below) no difference that ``n1`` and ``n2`` people find with that power.

    The effect that ``design`` assumes is not used.

    Raises
    ------
    BadDesign
        Not even the largest effect has the power.
    """
    _check_power(power)
    people = _analysed(design, n1, n2, losses)
    lowest, none, highest = design.ends
    far = highest if higher else lowest
    near, far = none + CLOSE * (far - none), far - CLOSE * (far - none)

    def short(effect: float) -> float:
        return power - design.assuming(effect).power(*people)

    if short(near) <= 0 or short(far) > 0:
        raise BadDesign("power", "out_of_reach")
    return Detectable(detectable=brentq(short, near, far, xtol=CLOSE, rtol=CLOSE), power=power, n1=n1, n2=n2)


def _check_power(power: float) -> None:
    if not 0 < power < 1:
        raise BadDesign("power", "share")


def _analysed(design: Design, n1: int, n2: int, losses: Losses | None) -> tuple[float, float]:
    kept = (losses or Losses()).kept
    people = n1 * kept, n2 * kept
    for name, n in (("n1", people[0]), ("n2", people[1])):
        if n < 2:
            raise BadDesign(name, "whole")
    return (int(round(people[0], 9)), int(round(people[1], 9))) if design.whole else people


def _people(design: Design, power: float, ratio: float) -> float:
    """People in arm 2, not rounded."""

    def short(n2: float) -> float:
        return power - design.power(ratio * n2, n2)

    least = 2 / min(1, ratio)
    if short(least) <= 0:
        return least
    if short(MOST) > 0:
        raise BadDesign("power", "too_many")
    return float(brentq(short, least, MOST, xtol=CLOSE, rtol=CLOSE))


def _whole_people(design: Design, power: float, ratio: float) -> int:
    """People in arm 2: down from well above what is needed, until the power is short for the first time."""

    def enough(n2: int) -> bool:
        return design.power(ceil(ratio * n2), n2) >= power

    n2 = ceil(_people(design.smooth, power, ratio))
    while not all(enough(n2 + more) for more in range(ABOVE)):
        n2 += max(ABOVE, n2 // 50)
    while n2 > 2 and enough(n2 - 1):
        n2 -= 1
    return n2


ABOVE = 20
"""So many numbers of people in a row must have the power: the teeth of an exact power's saw are narrower."""
