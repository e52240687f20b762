"""A comparison of two arms: what is assumed, how it is tested, and the power that a number of people gives it."""

from dataclasses import dataclass, replace
from math import exp, isfinite, log, sqrt
from typing import Literal, Protocol, Self

from scipy.special import nctdtr, ndtr, ndtri, stdtrit

from fotfeste.trial.errors import BadDesign
from fotfeste.trial.power.enumeration import exact_power

LARGEST = 10_000_000
"""Tables that are added up one by one: about three thousand people in each arm."""

CERTAIN = 20
"""So many standard errors beyond the critical value nothing is left to add, and SciPy's noncentral t may give NaN."""

ProportionMethod = Literal["normal", "continuity", "exact-z", "exact-yates", "fisher"]


class Design(Protocol):
    """What is needed to solve for people, power or difference. People are those analysed in each arm."""

    @property
    def whole(self) -> bool:
        """Whether only whole people count, so that the power may fall when one more is added."""

    @property
    def smooth(self) -> "Design":
        """The nearest design whose power only rises: where a search for whole people begins."""

    @property
    def ends(self) -> tuple[float, float, float]:
        """The lowest effect that can be, the effect that makes no difference, and the highest."""

    def power(self, n1: float, n2: float) -> float: ...

    def assuming(self, effect: float) -> "Design": ...


@dataclass(frozen=True, kw_only=True)
class TwoProportions:
    """Shares ``p1`` and ``p2``. Without a margin: is there a difference? With one: is arm 1 no worse by that much?

    ``normal`` pools the variance under no difference, ``continuity`` corrects it for whole people; the exact ones add
    up every outcome that the test rejects: ``exact-z`` of the pooled z (Pearson's chi-square), ``exact-yates`` of the
    corrected one, ``fisher`` of Fisher's test. With a margin only ``normal`` is there, the variances not pooled, and a
    higher share is better. ``both_tails`` counts rejections in the wrong direction too, as the exact ones must.

    References
    ----------
    .. [1] Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., section 4.
    .. [2] Chow, Shao and Wang (2008), Sample Size Calculations in Clinical Research, 2nd ed., section 4.2 (margin).
    """

    p1: float
    p2: float
    alpha: float = 0.05
    sides: int = 2
    method: ProportionMethod = "normal"
    margin: float | None = None
    both_tails: bool = True

    def __post_init__(self) -> None:
        for name in ("p1", "p2", "alpha"):
            if not 0 < getattr(self, name) < 1:
                raise BadDesign(name, "share")
        if self.margin is not None and self.method != "normal":
            raise BadDesign("method", "method")
        if self.margin is not None and not 0 < self.margin < 1:
            raise BadDesign("margin", "share")

    @property
    def whole(self) -> bool:
        return self.method in ("exact-z", "exact-yates", "fisher")

    @property
    def smooth(self) -> "TwoProportions":
        return replace(self, method="normal" if self.method == "exact-z" else "continuity")

    @property
    def towards_higher(self) -> tuple[float, float]:
        """The shares, or for a one-sided look at a lower share, those of what is not the event."""
        return (self.p1, self.p2) if self.sides == 2 or self.p1 >= self.p2 else (1 - self.p1, 1 - self.p2)

    @property
    def ends(self) -> tuple[float, float, float]:
        return 0.0, self.p2 - (self.margin or 0), 1.0

    def assuming(self, effect: float) -> Self:
        return replace(self, p1=effect)

    def power(self, n1: float, n2: float) -> float:
        critical = -float(ndtri(self.alpha / self.sides))
        p1, p2 = self.towards_higher
        if self.margin is not None:
            spread = sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
            return float(ndtr((self.p1 - self.p2 + self.margin) / spread - critical))
        if self.method in ("exact-z", "exact-yates", "fisher"):
            if n1 * n2 > LARGEST:
                raise BadDesign("method", "large")
            return exact_power(p1, p2, int(n1), int(n2), alpha=self.alpha, sides=self.sides, test=self.method)
        distance = abs(p1 - p2)
        if self.method == "continuity":
            distance -= (1 / n1 + 1 / n2) / 2
        shared = (n1 * p1 + n2 * p2) / (n1 + n2)
        without = sqrt(shared * (1 - shared) * (1 / n1 + 1 / n2))
        spread = sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
        wrong = ndtr((-distance - critical * without) / spread) if self.both_tails and self.sides == 2 else 0
        return float(ndtr((distance - critical * without) / spread) + wrong)


@dataclass(frozen=True, kw_only=True)
class Means:
    """Means ``difference`` apart with the standard deviation ``sd`` in both arms, compared by Student's t.

    With a margin: is arm 1 no worse by that much, a higher mean being better? Power is told for the direction that is
    assumed, as R's ``power.t.test`` tells it; ``both_tails`` adds rejections in the other.

    References
    ----------
    .. [1] Chow, Shao and Wang (2008), Sample Size Calculations in Clinical Research, 2nd ed., section 3.2.
    """

    difference: float
    sd: float = 1.0
    alpha: float = 0.05
    sides: int = 2
    margin: float | None = None
    both_tails: bool = False

    whole = False

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1:
            raise BadDesign("alpha", "share")
        for name, value in (("sd", self.sd), ("margin", self.margin)):
            if value is not None and not value > 0:
                raise BadDesign(name, "positive")
        if not isfinite(self.difference):
            raise BadDesign("difference", "finite")

    @property
    def smooth(self) -> "Means":
        return self

    @property
    def ends(self) -> tuple[float, float, float]:
        far = 1000 * self.sd + (self.margin or 0)
        return -far, -(self.margin or 0), far

    def assuming(self, effect: float) -> Self:
        return replace(self, difference=effect)

    def power(self, n1: float, n2: float) -> float:
        df = n1 + n2 - 2
        away = abs(self.difference) if self.margin is None else self.difference + self.margin
        shift = away / (self.sd * sqrt(1 / n1 + 1 / n2))
        critical = -float(stdtrit(df, self.alpha / self.sides))
        if shift - critical > CERTAIN:
            return 1.0
        wrong = nctdtr(df, shift, -critical) if self.both_tails and self.margin is None else 0
        return float(1 - nctdtr(df, shift, critical) + wrong)


@dataclass(frozen=True, kw_only=True)
class TimeToEvent:
    """Times compared by the log-rank test at a ``hazard_ratio``, when ``event_share`` of all reach the event.

    References
    ----------
    .. [1] Schoenfeld (1983), Biometrics 39:499-503, equation 1.
    """

    hazard_ratio: float
    event_share: float = 1.0
    alpha: float = 0.05
    sides: int = 2

    whole = False

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1:
            raise BadDesign("alpha", "share")
        if not self.hazard_ratio > 0:
            raise BadDesign("hazard_ratio", "positive")
        if not 0 < self.event_share <= 1:
            raise BadDesign("event_share", "share")

    @property
    def smooth(self) -> "TimeToEvent":
        return self

    @property
    def ends(self) -> tuple[float, float, float]:
        return exp(-20), 1.0, exp(20)

    def assuming(self, effect: float) -> Self:
        return replace(self, hazard_ratio=effect)

    def power(self, n1: float, n2: float) -> float:
        events = self.event_share * (n1 + n2)
        shift = abs(log(self.hazard_ratio)) * sqrt(events * n1 * n2) / (n1 + n2)
        return float(ndtr(shift + ndtri(self.alpha / self.sides)))
