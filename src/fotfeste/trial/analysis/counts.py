"""Days, hours and pay: many at nought, a few with very much."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from fotfeste.trial.analysis.adjusted import adjusted_odds_ratio
from fotfeste.trial.analysis.binary import Counts, risk_difference
from fotfeste.trial.analysis.continuous import Summary, ancova, summary
from fotfeste.trial.analysis.design import ARM, Covariates, Design, complete, glm
from fotfeste.trial.analysis.effect import Effect, Floats, NotEstimable, wald
from fotfeste.trial.analysis.resampling import DRAWS, SEED, percentile_interval, resampled_weights

Measure = Literal["MD", "IRR"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoParts:
    """Whether anything at all (``any``), how much among those with something (``amount``), and both together.

    ``amount`` compares people that randomisation did not choose: those who got work in one arm may be others than
    those who got it in the other. ``overall`` compares all.
    """

    any: Effect
    any_odds_ratio: Effect | None
    amount: Effect
    overall: Effect
    intervention: Summary
    control: Summary
    warnings: tuple[str, ...] = ("amount_not_randomised",)


def robust(
    outcome: npt.ArrayLike,
    arm: npt.ArrayLike,
    covariates: Covariates | None = None,
    *,
    measure: Measure = "MD",
    level: float = 0.95,
) -> Effect:
    """The difference or ratio of mean amounts, with a variance that does not trust a distribution.

    The difference is least squares with HC3; the ratio (IRR, a logarithm) a Poisson regression with the sandwich
    variance, which needs the means to be right and nothing else (Wooldridge 2010, section 18.2).
    """
    if measure == "MD":
        told = ancova(outcome, arm, covariates, level=level)
        return replace(told, method="robust")
    import statsmodels.api as sm

    y, matrix = complete(outcome, arm, covariates)
    if any(not y[matrix.matrix[:, ARM] == a].any() for a in (0.0, 1.0)):
        raise NotEstimable("no_events", "robust")
    return _ratio(y, matrix, sm.families.Poisson(), "robust", level)


def bootstrap(
    outcome: npt.ArrayLike,
    arm: npt.ArrayLike,
    *,
    measure: Measure = "MD",
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Effect:
    """The same two measures, with percentiles of resamples of people within each arm."""
    y, told = complete(outcome, arm, None)
    group = told.matrix[:, ARM]
    plain = robust(y, group, measure=measure, level=level)
    weights = resampled_weights(group, draws=draws, seed=seed)
    means = [weights[:, group == a] @ y[group == a] / (group == a).sum() for a in (1.0, 0.0)]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = means[0] - means[1] if measure == "MD" else np.log(means[0] / means[1])
    return percentile_interval(replace(plain, method="bootstrap"), found)


def two_part(
    outcome: npt.ArrayLike, arm: npt.ArrayLike, covariates: Covariates | None = None, *, level: float = 0.95
) -> TwoParts:
    """Worked or not, and how much: Duan et al. (1983), J Bus Econ Stat 1:115-126.

    The amount is a gamma regression with a logarithmic link and a robust variance among those above 0 (Mullahy 1998, J
    Health Econ 17:247-281), told as a ratio of means. Raises ``NotEstimable`` (too_few) when an arm has
    fewer than two people above 0.
    """
    import statsmodels.api as sm

    y, told = complete(outcome, arm, covariates)
    group, some = told.matrix[:, ARM], y > 0
    if any((some & (group == a)).sum() < 2 for a in (0.0, 1.0)):
        raise NotEstimable("too_few", "two_part")
    (events1, n1), (events2, n2) = ((int(some[group == a].sum()), int((group == a).sum())) for a in (1.0, 0.0))
    family = sm.families.Gamma(link=sm.families.links.Log())
    positive, above = complete(y[some], group[some], {n: np.asarray(v)[some] for n, v in (covariates or {}).items()})
    everybody = events1 == n1 or events2 == n2
    return TwoParts(
        any=risk_difference(Counts(events1=events1, n1=n1, events2=events2, n2=n2), level=level),
        any_odds_ratio=None if everybody else adjusted_odds_ratio(some, group, covariates, level=level),
        amount=_ratio(positive, above, family, "gamma", level),
        overall=robust(y, group, covariates, level=level),
        intervention=_above(y, group, 1.0),
        control=_above(y, group, 0.0),
    )


def _ratio(y: Floats, told: Design, family: object, method: str, level: float) -> Effect:
    """The ratio of means. The sandwich times n / (n - p), which statsmodels leaves out of its HC1."""
    fitted = glm(y, told.matrix, family, method, cov_type="HC0")
    se = float(fitted.bse[ARM]) * (told.n / (told.n - told.matrix.shape[1])) ** 0.5
    return wald("IRR", method, float(fitted.params[ARM]), se, n=told.n, level=level, warnings=told.warnings)


def _above(y: Floats, group: Floats, a: float) -> Summary:
    """Mean and spread of those above 0 in one arm."""
    return summary(y[(group == a) & (y > 0)])
