"""What an analysis is made of, as it stands in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from fotfeste.economics.curves import Curve
from fotfeste.economics.discounting import FloatArray
from fotfeste.economics.markov import Cohort
from fotfeste.economics.payers import Payer, Perspective
from fotfeste.economics.prices import Prices
from fotfeste.economics.uncertainty import Uncertainty

Kind = Literal["cost", "benefit", "transfer", "production"]
Per = Literal["participant", "month", "year_in_work", "full_time_year", "year_in_state", "qaly"]
Arm = Literal["intervention", "reference"]
ARMS: tuple[Arm, Arm] = ("intervention", "reference")
Effect = Literal["in_work", "year_in_work", "workday", "full_time_year", "qaly"]
Values = Mapping[str, FloatArray]
"""Inputs by name, each of shape (d,), or (d, s) for the probabilities of a row: d sets of inputs computed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the account. Its amount is moved to the analysis' prices by ``factor``."""

    id: str
    name: str
    kind: Kind
    amount: float
    per: Per
    source: str
    factor: float = 1.0
    assumed: bool = False
    arm: Arm | None = None
    """Only in this arm; in both where it is not said."""
    payer: Payer | None = None
    receiver: Payer | None = None
    from_month: float = 0.0
    to_month: float | None = None
    at_month: float | None = None
    states: tuple[str, ...] = ()
    employer_contribution: float = 0.0
    tax: float = 0.0

    def inputs(self) -> dict[str, float]:
        told = {f"{self.id}.amount": self.amount}
        if self.kind == "production":
            told |= {f"{self.id}.employer_contribution": self.employer_contribution, f"{self.id}.tax": self.tax}
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEffect:
    """More people in work in one arm than in the other, over the months."""

    outcome: str
    curve: Curve
    difference: tuple[float, ...]
    reference: tuple[float, ...] | None
    source: str
    assumed: bool = False
    definition: str | None = None
    full_time_share: float | None = None
    qaly_curve: Curve | None = None
    qaly_difference: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    name: str
    change: Mapping[str, float]
    horizon_months: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One question with its inputs. Either ``effect`` or ``cohort`` says what happens to people."""

    title: str
    perspective: Perspective
    prices: Prices
    horizon_months: float
    intervention: str
    reference: str
    discount_costs: float
    discount_effects: float
    tax_financing: float
    items: tuple[Item, ...]
    effect: WorkEffect | None = None
    cohort: Cohort | None = None
    workdays_per_year: float | None = None
    participants: float | None = None
    effect_measure: Effect | None = None
    willingness_to_pay: tuple[float, ...] = ()
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    scenarios: tuple[Scenario, ...] = ()
    not_counted: tuple[str, ...] = ()
    sources: tuple[tuple[str, str, bool], ...] = ()
    """What the inputs outside the items are, where each is from, and whether it is assumed: discounting, public_funds,
    prices.index, prices.exchange, effect, qaly, rows and a state, uncertain and an input, or a treatment."""
    file: str = ""
    sha256: str = ""
    files: tuple[tuple[str, str], ...] = ()
    """The other files it was read from, as the file names them, and their SHA-256."""

    def inputs(self) -> dict[str, FloatArray]:
        """Every input that can be changed, by name, as the file has it."""
        told: dict[str, float] = {
            "discount.costs": self.discount_costs,
            "discount.effects": self.discount_effects,
            "tax_financing": self.tax_financing,
            "effect.scale": 1.0,
        }
        for item in self.items:
            told |= item.inputs()
        rows: dict[str, FloatArray] = {}
        if self.effect:
            told |= _effect_inputs(self.effect)
        if self.cohort:
            told |= self.cohort.inputs()
            rows = self.cohort.rows_by_name()
        return {name: np.array([value]) for name, value in told.items()} | rows

    def factor_of(self, parameter: str) -> float:
        """What an input is multiplied with to be told in the currency and prices of the analysis."""
        return next((item.factor for item in self.items if parameter == f"{item.id}.amount"), 1.0)

    @property
    def has_qalys(self) -> bool:
        return any(name.startswith("qaly.") or name.endswith(".utility") for name in self.inputs())

    @property
    def interval_months(self) -> float:
        return self.cohort.cycle_months if self.cohort else 1.0


def _effect_inputs(effect: WorkEffect) -> dict[str, float]:
    told = {f"effect.difference[{i}]": value for i, value in enumerate(effect.difference, start=1)}
    told |= {f"effect.reference[{i}]": value for i, value in enumerate(effect.reference or (), start=1)}
    told |= {f"qaly.difference[{i}]": value for i, value in enumerate(effect.qaly_difference, start=1)}
    told["effect.lasts_to_month"] = effect.curve.lasts_to_month
    if effect.full_time_share is not None:
        told["effect.full_time_share"] = effect.full_time_share
    return told
