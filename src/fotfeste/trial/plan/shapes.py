"""The trial as its plan says it. ``docs/methods/trial-plan.md`` explains every key of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import gcd

from fotfeste.employment import OutcomeDefinition
from fotfeste.trial.plan.words import Better, CovariateKind, Kind, MissingRule, Multiplicity, Scheme

SITE = "site"
"""The column that holds the site, and its name where the plan stratifies or adjusts by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """``share`` is its part of the allocation ratio. One arm is the reference."""

    id: str
    name: str
    share: int
    reference: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One value of a category: as it stands in the data, and as people read it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """What is known before randomisation and has a few values: the site, severity, …"""

    column: str
    name: str
    levels: tuple[Level, ...]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(level.id for level in self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Covariate:
    """A baseline column that is not a factor of the randomisation. A number lies from ``lowest`` to ``highest``."""

    column: str
    name: str
    kind: CovariateKind
    levels: tuple[Level, ...] = ()
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoint:
    """An outcome at a month after inclusion; ``column`` is where its values stand in the data.

    ``expected`` has one value an arm, in the plan's order: the assumption that the trial was sized by. A proportion
    for a binary outcome, of those who reach it by then for a time, a mean for the others; empty where nothing was
    assumed.
    """

    month: int
    column: str
    definition: OutcomeDefinition | None = None
    expected: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is measured. ``definition`` of its points, ``instrument`` or ``description`` says how.

    A binary value is 0 or 1 and a count an amount from 0 (days, hours, kroner). A time is in days, and then
    ``event_column(point)`` holds 1 when it happened and 0 when the person was followed that long without.
    """

    id: str
    name: str
    kind: Kind
    better: Better
    points: tuple[TimePoint, ...]
    description: str | None = None
    instrument: tuple[str, int] | None = None
    unit: str | None = None
    lowest: float | None = None
    highest: float | None = None
    sd: float | None = None

    def at(self, month: int) -> TimePoint:
        return next(point for point in self.points if point.month == month)

    def event_column(self, point: TimePoint) -> str | None:
        return f"{self.id}_event@{point.month}" if self.kind == "time" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One planned comparison. ``adjust_for`` names factors, covariates or columns such as ``phq9@0``."""

    outcome: str
    month: int
    measure: str
    method: str
    missing: MissingRule
    adjust_for: tuple[str, ...] = ()
    randomisation_test: bool = False

    @property
    def id(self) -> str:
        return f"{self.outcome}@{self.month}/{self.measure}/{self.method}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is done where a value is missing: the rule of analyses that name none, and the others shown beside it."""

    rule: MissingRule = "complete_case"
    sensitivity: tuple[MissingRule, ...] = ()
    imputations: int = 20
    tipping_point: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Randomisation:
    """How people are given an arm. ``by`` are columns of factors; ``p`` is the chance of the arm that balances best."""

    scheme: Scheme
    by: tuple[str, ...] = ()
    block_sizes: tuple[int, ...] = ()
    p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What a made-up trial of this plan needs: the intake, and the shares of each arm that are lost or die."""

    first_on: date
    last_on: date
    lost: tuple[float, ...]
    withdrew: tuple[float, ...]
    died: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole trial. ``sha256`` is of the file's bytes: the plan that a commitment binds."""

    file: str
    sha256: str
    title: str
    registration: str | None
    population: str
    planned_n: int
    alpha: float
    arms: tuple[Arm, ...]
    sites: Factor
    strata: tuple[Factor, ...]
    baseline: tuple[Covariate, ...]
    outcomes: tuple[Outcome, ...]
    primary: Analysis
    secondary: tuple[Analysis, ...]
    multiplicity: Multiplicity
    subgroups: tuple[str, ...]
    missing: Missing
    randomisation: Randomisation
    assumptions: Assumptions | None = None

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The site and the strata: what every person must have before being randomised."""
        return (self.sites, *self.strata)

    @property
    def reference(self) -> Arm:
        return next(arm for arm in self.arms if arm.reference)

    @property
    def shares(self) -> tuple[int, ...]:
        """The allocation ratio in its lowest terms, in the order of the arms."""
        return ratio(self.arms)

    def factor(self, column: str) -> Factor:
        return next(factor for factor in self.factors if factor.column == column)

    def outcome(self, id: str) -> Outcome:
        return next(outcome for outcome in self.outcomes if outcome.id == id)


def ratio(arms: Sequence[Arm]) -> tuple[int, ...]:
    common = gcd(*(arm.share for arm in arms))
    return tuple(arm.share // common for arm in arms)
