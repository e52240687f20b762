"""Each line of the account in money: from whom, to whom, when, in which arm.

A transfer takes from one what it gives to another, so that over society it is nothing but a change of hands. Producing
something and being paid for it are told apart: society gains what is produced (wage and employer's contribution), the
employer pays it out, the participant keeps the wage after tax and the state gets the contribution and the tax.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fotfeste.economics.discounting import FloatArray, present_value
from fotfeste.economics.paths import Paths, paths
from fotfeste.economics.payers import ACCOUNTS, TAX_FINANCING, seen_by
from fotfeste.economics.shapes import ARMS, Analysis, Arm, Item, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One leg of an item: what an account gets (or pays, below zero) by interval, discounted, shape (d, t)."""

    item: Item
    arm: Arm
    account: str
    stream: FloatArray
    wage: bool
    """Part of the gross wage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Costs and benefits by arm and account, each of shape (accounts, d, t), discounted. Costs are above zero."""

    cost: dict[Arm, FloatArray]
    benefit: dict[Arm, FloatArray]
    paths: Paths

    def net(self) -> FloatArray:
        """What the intervention brings beyond the reference, by account."""
        return sum_of(self.benefit) - sum_of(self.cost)


def sum_of(streams: dict[Arm, FloatArray]) -> FloatArray:
    """Intervention less reference: the one place where the sign is chosen."""
    return streams["intervention"] - streams["reference"]


def books(analysis: Analysis, values: Values, horizon_months: float) -> Books:
    """Keep the accounts of both arms until the horizon."""
    followed = paths(analysis, values, horizon_months)
    sets = max(len(value) for value in values.values())
    shape = (len(ACCOUNTS), sets, followed.intervals)
    cost: dict[Arm, FloatArray] = {arm: np.zeros(shape) for arm in ARMS}
    benefit: dict[Arm, FloatArray] = {arm: np.zeros(shape) for arm in ARMS}
    for entry in entries(analysis, values, followed):
        place = ACCOUNTS.index(entry.account)
        if entry.item.kind == "cost":
            cost[entry.arm][place] -= entry.stream
        else:
            benefit[entry.arm][place] += entry.stream
    public = seen_by("public")
    place, per_krone = ACCOUNTS.index(TAX_FINANCING), values["tax_financing"][:, None]
    for arm in ARMS:
        cost[arm][place] = per_krone * np.tensordot(public, cost[arm], axes=1)
        benefit[arm][place] = per_krone * np.tensordot(public, benefit[arm], axes=1)
    return Books(cost=cost, benefit=benefit, paths=followed)


def entries(analysis: Analysis, values: Values, followed: Paths) -> Iterator[Entry]:
    for item in analysis.items:
        amount = values[f"{item.id}.amount"][:, None] * item.factor
        for arm in (item.arm,) if item.arm else ARMS:
            stream = amount * _times(item, arm, values["discount.costs"], followed)
            for account, share, wage in _legs(item, values):
                yield Entry(item=item, arm=arm, account=account, stream=share[:, None] * stream, wage=wage)


def _legs(item: Item, values: Values) -> list[tuple[str, FloatArray, bool]]:
    """Account, its share of the amount, and whether that is wage."""
    one = np.ones(1)
    if item.kind == "production":
        contribution, tax = values[f"{item.id}.employer_contribution"], values[f"{item.id}.tax"]
        return [("participant", one - tax, True), ("state", tax, True), ("state", contribution, False)]
    paid = [(item.payer, -one, False)] if item.payer else []
    return [*paid, (item.receiver, one, False)] if item.receiver else list(paid)


def _times(item: Item, arm: Arm, rate: FloatArray, followed: Paths) -> FloatArray:
    """How many times the amount falls in each interval, discounted, shape (d, t)."""
    years = followed.interval_years
    begins = np.arange(followed.intervals) * years * 12
    ends = begins + years * 12
    if item.at_month is not None:
        inside = (begins < item.at_month) & (item.at_month <= ends)
        if item.at_month == 0:
            inside = begins == 0
        return inside * present_value(np.array([item.at_month / 12]), rate)
    last = ends[-1] if item.to_month is None else item.to_month
    months = np.clip(np.minimum(ends, last) - np.maximum(begins, item.from_month), 0, None)
    if item.per in ("participant", "month"):
        times = months / (last - item.from_month) if item.per == "participant" else months
        return np.asarray(times * present_value((begins + ends) / 24, rate))
    quantity = "+".join(item.states) if item.per == "year_in_state" else item.per
    return np.asarray(followed.years(quantity, arm, rate) * (months / (ends - begins)))
