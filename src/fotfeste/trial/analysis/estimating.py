"""From the words of a plan to the function that does it."""

from dataclasses import dataclass, replace

import numpy as np

from fotfeste.trial.analysis import counts as amounts
from fotfeste.trial.analysis.adjusted import adjusted_odds_ratio, adjusted_risk_ratio, standardised
from fotfeste.trial.analysis.binary import Counts, odds_ratio, risk_difference, risk_ratio
from fotfeste.trial.analysis.continuous import ancova, welch
from fotfeste.trial.analysis.design import Covariates
from fotfeste.trial.analysis.effect import Effect, Floats
from fotfeste.trial.analysis.repeated import mixed_model
from fotfeste.trial.analysis.survival import cox, restricted_mean_difference

WITH_STANDARD_ERROR = {
    "newcombe": "wald",
    "miettinen_nurminen": "wald",
    "koopman": "katz",
    "exact": "woolf",
    "standardised_bootstrap": "standardised",
    "bootstrap": "robust",
}
"""The method of the same measure that imputations and subgroups are combined by, where the planned one gives no
standard error of its own."""
SHORT = {
    "risk_difference": "RD",
    "risk_ratio": "RR",
    "odds_ratio": "OR",
    "mean_difference": "MD",
    "mean_ratio": "IRR",
    "two_part": "MD",
    "hazard_ratio": "HR",
    "restricted_mean_difference": "RMST",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one analysis needs, of two arms: ``arm`` is 1 for the intervention.

    ``event`` is for times; ``waves`` (people, months) with ``months`` for repeated measures.
    """

    y: Floats
    arm: Floats
    covariates: Covariates
    level: float
    event: Floats | None = None
    waves: Floats | None = None
    months: tuple[int, ...] = ()
    until: float = 0.0

    def only(self, keep: "np.typing.NDArray[np.bool_]") -> "Comparison":
        return replace(
            self,
            y=self.y[keep],
            arm=self.arm[keep],
            covariates={name: np.asarray(values)[keep] for name, values in self.covariates.items()},
            event=None if self.event is None else self.event[keep],
            waves=None if self.waves is None else self.waves[keep],
        )

    @property
    def counts(self) -> Counts:
        one, two = self.y[self.arm == 1], self.y[self.arm == 0]
        return Counts(events1=int(one.sum()), n1=one.size, events2=int(two.sum()), n2=two.size)


def estimate(measure: str, method: str, given: Comparison, *, month: int, seed: int) -> Effect:
    """The effect that a plan's measure and method ask for. Nothing of ``y`` may be missing.

    Raises
    ------
    NotEstimable
        Where these data hold no such effect.
    """
    short, level = SHORT[measure], given.level
    plain = {"arm": given.arm, "level": level}
    if method in ("newcombe", "miettinen_nurminen", "wald"):
        return risk_difference(given.counts, method=method, level=level)  # type: ignore[arg-type]
    if method in ("katz", "koopman"):
        return risk_ratio(given.counts, method=method, level=level)  # type: ignore[arg-type]
    if method in ("woolf", "exact"):
        return odds_ratio(given.counts, method=method, level=level)  # type: ignore[arg-type]
    if method in ("standardised", "standardised_bootstrap"):
        interval = "bootstrap" if method.endswith("bootstrap") else "delta"
        return standardised(
            given.y,
            given.arm,
            given.covariates,
            measure=short,  # type: ignore[arg-type]
            interval=interval,  # type: ignore[arg-type]
            level=level,
            seed=seed,
        )
    if method in ("poisson", "log_binomial"):
        return adjusted_risk_ratio(given.y, covariates=given.covariates, method=method, **plain)  # type: ignore[arg-type]
    if method == "logistic":
        return adjusted_odds_ratio(given.y, covariates=given.covariates, **plain)  # type: ignore[arg-type]
    if method == "welch":
        return welch(given.y, **plain)  # type: ignore[arg-type]
    if method == "ancova":
        return ancova(given.y, covariates=given.covariates, **plain)  # type: ignore[arg-type]
    if method == "mixed_model":
        assert given.waves is not None
        return mixed_model(given.waves, given.arm, given.covariates, months=given.months, level=level).at(month)
    if method == "bootstrap":
        return amounts.bootstrap(given.y, given.arm, measure=short, level=level, seed=seed)  # type: ignore[arg-type]
    if method in ("robust", "two_part"):
        return amounts.robust(given.y, given.arm, given.covariates, measure=short, level=level)  # type: ignore[arg-type]
    assert given.event is not None
    if method == "cox":
        return cox(given.y, given.event, given.arm, given.covariates, level=level)
    return restricted_mean_difference(given.y, given.event, given.arm, until=given.until, level=level)


def scores(given: Comparison) -> Floats:
    """One number a person whose mean difference between arms is the statistic of a randomisation test.

    The outcome less what the covariates tell of it, without the arm; for a time, events less those that the
    Nelson-Aalen curve of all expects, whose sum over an arm is the log-rank statistic.
    """
    y = given.y
    if given.event is not None:
        order = np.argsort(given.y, kind="stable")
        times = given.y[order]
        at_risk = times.size - np.searchsorted(times, times, side="left")
        hazard = np.cumsum(given.event[order] / at_risk)
        y = given.event - hazard[np.searchsorted(times, given.y, side="right") - 1]
    if not given.covariates:
        return y
    from fotfeste.trial.analysis.design import design

    x = np.delete(design(given.arm, given.covariates).matrix, 1, axis=1)
    return np.asarray(y - x @ np.linalg.lstsq(x, y, rcond=None)[0])
