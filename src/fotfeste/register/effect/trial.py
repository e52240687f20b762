"""The effect in a trial, by month since inclusion, and in subgroups."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from fotfeste.register.effect.estimates import Estimate, Floats, Ints, group_means, numbered, wald
from fotfeste.register.effect.outcomes import Bools, Outcomes

Cluster = Literal["person", "site"]
FEW_CLUSTERS = 30
"""Below this the standard errors of clusters are too small (Cameron and Miller 2015, section VI)."""


class NoArms(ValueError):
    """There are not two arms of these names; ``known`` are those there are."""

    def __init__(self, intervention: str, control: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{intervention}, {control}: {known}")
        self.intervention, self.control, self.known = intervention, control, known


class NoSites(ValueError):
    """People cannot be clustered by site: the table has fewer than two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmMean:
    """One arm at one month: people followed, those with the outcome where it is yes or no, and the mean."""

    n: int | None
    events: int | None
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEffect:
    """The effect at one month since inclusion.

    ``difference`` is a risk difference (RD) or mean difference (MD); ``ratio`` a risk ratio or ratio of means, None
    where an arm has a mean of 0. Everything is None where it is ``suppressed``: too few people are behind it.
    """

    month: int
    intervention: ArmMean | None
    control: ArmMean | None
    difference: Estimate | None
    ratio: Estimate | None
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroup:
    """The effect among members and among the others at one month, and the test that it is the same.

    A clear effect in one and an unclear one in the other is no difference: ``interaction`` alone tests it.
    """

    name: str
    month: int
    members: MonthEffect | None
    others: MonthEffect | None
    interaction: Estimate | None
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEffect:
    """The effect of a trial; months in order."""

    outcome: str
    intervention: str
    control: str
    cluster: Cluster
    clusters: int
    people: int | None
    level: float
    by_month: tuple[MonthEffect, ...]
    subgroups: tuple[Subgroup, ...] = ()
    small_cells_below: int | None = None
    rounded_to: int | None = None
    warnings: tuple[str, ...] = field(default=())


def trial_effect(
    outcomes: Outcomes,
    *,
    intervention: str = "ips",
    control: str = "control",
    cluster: Cluster = "person",
    level: float = 0.95,
    subgroup_months: tuple[int, ...] = (),
) -> TrialEffect:
    """Estimate the effect at every month that both arms have at least two people followed.

    Parameters
    ----------
    outcomes : Outcomes
        One row a person and month; people are compared in the arm they were drawn to.
    intervention, control : str, optional
        The arms' names in the table.
    cluster : {"person", "site"}, optional
        Whose members may be alike. By person the test is normal; by site it has t with sites - 1 degrees of freedom.
    level : float, optional
        Confidence level.
    subgroup_months : tuple of int, optional
        Months at which the subgroups are compared.

    Returns
    -------
    TrialEffect
        Difference and ratio by month.

    Raises
    ------
    NoArms, NoSites
        Where the table has no such arms, or no sites to cluster by.

    References
    ----------
    .. [1] Cheung (2007), Am J Epidemiol 166:1337-1344 (risk difference by least squares with robust variance).
    .. [2] Zou (2004), Am J Epidemiol 159:702-706 (risk ratio by Poisson regression with robust variance).
    """
    known = tuple(sorted(set(outcomes.arm.tolist())))
    if intervention not in known or control not in known or intervention == control:
        raise NoArms(intervention, control, known)
    kept = np.isin(outcomes.arm, (intervention, control))
    if cluster == "site" and np.unique(outcomes.site[kept]).size < 2:
        raise NoSites
    of = numbered(outcomes.site if cluster == "site" else outcomes.person)
    arm = np.where(outcomes.arm == intervention, 0, 1)
    analysis = _Analysis(outcomes=outcomes, arm=arm, cluster=of, by_site=cluster == "site", level=level)
    months = [int(month) for month in np.unique(outcomes.month[kept])]
    effects = [analysis.at(month, kept) for month in months]
    subgroups = tuple(
        told
        for name, (members, others) in outcomes.groups.items()
        for month in subgroup_months
        if (told := analysis.subgroup(name, month, kept & members, kept & others))
    )
    clusters = int(np.unique(of[kept]).size)
    return TrialEffect(
        outcome=outcomes.name,
        intervention=intervention,
        control=control,
        cluster=cluster,
        clusters=clusters,
        people=int(np.unique(outcomes.person[kept]).size),
        level=level,
        by_month=tuple(effect for effect in effects if effect),
        subgroups=subgroups,
        warnings=_warnings(cluster, clusters, effects, subgroups),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Analysis:
    outcomes: Outcomes
    arm: Ints
    cluster: Ints
    by_site: bool
    level: float

    def at(self, month: int, kept: Bools) -> MonthEffect | None:
        rows = kept & (self.outcomes.month == month)
        y, arm = self.outcomes.outcome[rows], self.arm[rows]
        if min(np.bincount(arm, minlength=2)) < 2:
            return None
        means, covariance, df = self._means(rows, arm, 2)
        share = self.outcomes.is_share
        arms = [
            ArmMean(n=int((arm == a).sum()), events=int(y[arm == a].sum()) if share else None, mean=float(means[a]))
            for a in (0, 1)
        ]
        contrast = np.array((1.0, -1.0))
        ratio = None
        if (means > 0).all():
            scaled = contrast / means  # the delta method for logarithms
            log = float(np.log(means[0] / means[1]))
            ratio = self._wald("RR" if share else "ratio_of_means", log, scaled, covariance, df)
        difference = self._wald("RD" if share else "MD", float(contrast @ means), contrast, covariance, df)
        return MonthEffect(month=month, intervention=arms[0], control=arms[1], difference=difference, ratio=ratio)

    def subgroup(self, name: str, month: int, members: Bools, others: Bools) -> Subgroup | None:
        of = [self.at(month, rows) for rows in (members, others)]
        if None in of:
            return None
        rows = (members | others) & (self.outcomes.month == month)
        group = self.arm[rows] + 2 * others[rows]
        means, covariance, df = self._means(rows, group, 4)
        contrast = np.array((1.0, -1.0, -1.0, 1.0))
        measure = "RD" if self.outcomes.is_share else "MD"
        interaction = self._wald(measure, float(contrast @ means), contrast, covariance, df)
        return Subgroup(name=name, month=month, members=of[0], others=of[1], interaction=interaction)

    def _means(self, rows: Bools, group: Ints, groups: int) -> tuple[Floats, Floats, float | None]:
        cluster = numbered(self.cluster[rows])
        means, covariance = group_means(self.outcomes.outcome[rows], group, cluster, groups=groups)
        return means, covariance, float(cluster.max()) if self.by_site else None

    def _wald(self, measure: str, value: float, contrast: Floats, covariance: Floats, df: float | None) -> Estimate:
        return wald(measure, value, float(contrast @ covariance @ contrast), df=df, level=self.level)


def _warnings(
    cluster: Cluster, clusters: int, effects: list[MonthEffect | None], subgroups: tuple[Subgroup, ...]
) -> tuple[str, ...]:
    warnings = []
    if cluster == "site" and clusters < FEW_CLUSTERS:
        warnings.append("few_clusters")
    if None in effects:
        warnings.append("months_left_out")
    if subgroups:
        warnings.append("subgroups_low_power")
    return tuple(warnings)
