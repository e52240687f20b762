"""Costs and benefits of the intervention beyond the reference: in all, by payer, by line, and over the horizon."""

from dataclasses import dataclass, replace

import numpy as np

from fotfeste.economics.accounts import Books, books, entries, sum_of
from fotfeste.economics.discounting import FloatArray
from fotfeste.economics.payers import ACCOUNTS, Perspective, seen_by
from fotfeste.economics.ratios import CostEffectiveness, Return, cost_effectiveness, net_monetary_benefit, returns
from fotfeste.economics.shapes import ARMS, Analysis, Arm, Values

MOST_INTERVALS = 1200
"""A hundred years of months: further ahead nothing is known, and the memory would not hold it."""


class BadHorizon(ValueError):
    """The horizon, in ``months``, is not a whole number of the model's intervals of ``interval_months``, or holds more
    than ``MOST_INTERVALS`` of them."""

    def __init__(self, months: float, interval_months: float) -> None:
        super().__init__(f"{months} months in intervals of {interval_months}")
        self.months, self.interval_months = months, interval_months
        self.longest_months = MOST_INTERVALS * interval_months
        self.too_long = months > self.longest_months


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    cost: float
    benefit: float
    net_benefit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    id: str
    name: str
    kind: str
    amount: float
    assumed: bool
    source: str
    by_payer: dict[str, float]
    """What it changes for each, below zero where it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    month: float
    net_benefit: float
    society: float
    public: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Intervention less reference per participant, not discounted; ``in_work`` is the share at the horizon."""

    in_work: float
    years_in_work: float
    full_time_years: float | None
    workdays: float | None
    qalys: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    willingness_to_pay: float
    net_monetary_benefit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything is per participant, discounted, in the analysis' currency and price year, unless it says otherwise.

    ``pays_from_month`` is the first month from which the net benefit stays at or above zero until the horizon.
    """

    title: str
    intervention: str
    reference: str
    perspective: Perspective
    currency: str
    price_year: int
    horizon: float
    net_benefit: float
    cost: float
    benefit: float
    by_payer: dict[str, Account]
    by_line: tuple[Line, ...]
    by_arm: dict[Arm, Account] | None
    effects: Effects
    cost_effectiveness: CostEffectiveness | None
    effect_measure: str | None
    worth: tuple[Worth, ...]
    cost_per_extra_person_in_work: float | None
    cost_per_extra_workday: float | None
    cost_per_extra_full_time_year: float | None
    people_per_full_time_year: float | None
    returns: tuple[Return, ...]
    over_horizon: tuple[Month, ...]
    pays_from_month: float | None
    participants: float | None
    net_benefit_of_all: float | None
    not_counted: tuple[str, ...]
    warnings: tuple[str, ...]


def evaluate(analysis: Analysis, *, horizon_months: float | None = None) -> Evaluation:
    """Count an analysis with its inputs as the file has them.

    Parameters
    ----------
    analysis : Analysis
    horizon_months : float, optional
        Another horizon than the file's.

    Returns
    -------
    Evaluation

    Raises
    ------
    BadHorizon
        See `at_horizon`.
    """
    analysis = at_horizon(analysis, horizon_months)
    values = analysis.inputs()
    kept = books(analysis, values, analysis.horizon_months)
    seen = seen_by(analysis.perspective)
    cost, benefit = (_whole(seen, sum_of(streams)) for streams in (kept.cost, kept.benefit))
    by_arm = {arm: _account(_whole(seen, kept.cost[arm]), _whole(seen, kept.benefit[arm])) for arm in ARMS}
    levels = analysis.cohort is not None or (analysis.effect is not None and analysis.effect.reference is not None)
    effects = _effects(analysis, values, kept)
    ratio = None
    if analysis.effect_measure:
        ratio = cost_effectiveness(cost, float(effect_of(analysis, values, kept)[0]))
    lines = _lines(analysis, values, kept)
    incomes = {arm: _income(analysis, values, kept, arm) for arm in ARMS}
    months = _months(analysis, kept)
    return Evaluation(
        title=analysis.title,
        intervention=analysis.intervention,
        reference=analysis.reference,
        perspective=analysis.perspective,
        currency=analysis.prices.currency,
        price_year=analysis.prices.year,
        horizon=analysis.horizon_months,
        net_benefit=benefit - cost,
        cost=cost,
        benefit=benefit,
        by_payer=_by_payer(kept),
        by_line=lines,
        by_arm=by_arm if levels else None,
        effects=effects,
        cost_effectiveness=ratio,
        effect_measure=analysis.effect_measure,
        worth=tuple(
            Worth(
                willingness_to_pay=value,
                net_monetary_benefit=net_monetary_benefit(ratio.cost, ratio.effect, willingness_to_pay=value),
            )
            for value in analysis.willingness_to_pay
        )
        if ratio
        else (),
        cost_per_extra_person_in_work=_per(cost, effects.in_work),
        cost_per_extra_workday=_per(cost, effects.workdays),
        cost_per_extra_full_time_year=_per(cost, effects.full_time_years),
        people_per_full_time_year=_per(analysis.horizon_months / 12, effects.full_time_years),
        returns=returns(
            net_benefit=benefit - cost,
            cost=cost,
            income=incomes["intervention"] - incomes["reference"] if _has_wages(analysis) else None,
            arm_income=incomes["intervention"] if levels and _has_wages(analysis) else None,
            arm_cost=by_arm["intervention"].cost if levels else None,
        ),
        over_horizon=months,
        pays_from_month=_pays_from(months),
        participants=analysis.participants,
        net_benefit_of_all=None if analysis.participants is None else analysis.participants * (benefit - cost),
        not_counted=analysis.not_counted,
        warnings=_warnings(analysis, kept),
    )


def at_horizon(analysis: Analysis, horizon_months: float | None) -> Analysis:
    """The analysis with another horizon.

    Raises
    ------
    BadHorizon
    """
    months = analysis.horizon_months if horizon_months is None else horizon_months
    check_horizon(months, analysis.interval_months)
    return analysis if horizon_months is None else replace(analysis, horizon_months=months)


def check_horizon(months: float, interval_months: float) -> None:
    """Refuse what is not a whole number of intervals, from one to ``MOST_INTERVALS``."""
    intervals = months / interval_months
    if not 0.5 < intervals <= MOST_INTERVALS or abs(intervals - round(intervals)) > 1e-9:
        raise BadHorizon(months, interval_months)


def net_over_time(kept: Books, perspective: Perspective) -> FloatArray:
    """Net benefit so far at the end of each interval, shape (d, t)."""
    return np.cumsum(np.tensordot(seen_by(perspective), kept.net(), axes=1), axis=1)


def cost_of(kept: Books, perspective: Perspective) -> FloatArray:
    """Extra cost over the whole horizon, shape (d,)."""
    return np.asarray(np.tensordot(seen_by(perspective), sum_of(kept.cost), axes=1).sum(axis=1))


def effect_of(analysis: Analysis, values: Values, kept: Books) -> FloatArray:
    """The effect that cost is held against, discounted where it is spread over time, shape (d,)."""
    if analysis.effect_measure == "in_work":
        shares = {arm: kept.paths.at_ends(arm)[:, -1:] for arm in ARMS}
        return np.asarray(sum_of(shares).sum(axis=1))
    quantity = "year_in_work" if analysis.effect_measure == "workday" else str(analysis.effect_measure)
    years = _years(quantity, values["discount.effects"], kept)
    return years * (analysis.workdays_per_year or 0.0) if analysis.effect_measure == "workday" else years


def _years(quantity: str, rate: FloatArray, kept: Books) -> FloatArray:
    return np.asarray(sum_of({arm: kept.paths.years(quantity, arm, rate) for arm in ARMS}).sum(axis=1))


def _effects(analysis: Analysis, values: Values, kept: Books) -> Effects:
    zero = np.zeros(1)
    years = float(_years("year_in_work", zero, kept)[0])
    full_time = analysis.cohort is not None or "effect.full_time_share" in values
    return Effects(
        in_work=float(sum_of({arm: kept.paths.at_ends(arm) for arm in ARMS})[0, -1]),
        years_in_work=years,
        full_time_years=float(_years("full_time_year", zero, kept)[0]) if full_time else None,
        workdays=None if analysis.workdays_per_year is None else years * analysis.workdays_per_year,
        qalys=float(_years("qaly", zero, kept)[0]) if analysis.has_qalys else None,
    )


def _by_payer(kept: Books) -> dict[str, Account]:
    cost, benefit = sum_of(kept.cost).sum(axis=2), sum_of(kept.benefit).sum(axis=2)
    return {name: _account(float(cost[i, 0]), float(benefit[i, 0])) for i, name in enumerate(ACCOUNTS)}


def _lines(analysis: Analysis, values: Values, kept: Books) -> tuple[Line, ...]:
    told: dict[str, dict[str, float]] = {item.id: {} for item in analysis.items}
    for entry in entries(analysis, values, kept.paths):
        amount = float(entry.stream[0].sum()) * (1 if entry.arm == "intervention" else -1)
        told[entry.item.id][entry.account] = told[entry.item.id].get(entry.account, 0.0) + amount
    return tuple(
        Line(
            id=item.id,
            name=item.name,
            kind=item.kind,
            amount=item.amount * item.factor,
            assumed=item.assumed,
            source=item.source,
            by_payer=told[item.id],
        )
        for item in analysis.items
    )


def _has_wages(analysis: Analysis) -> bool:
    return any(item.kind == "production" for item in analysis.items)


def _income(analysis: Analysis, values: Values, kept: Books, arm: Arm) -> float:
    """Gross wages of an arm."""
    wages = (entry for entry in entries(analysis, values, kept.paths) if entry.wage and entry.arm == arm)
    return sum(float(entry.stream[0].sum()) for entry in wages)


def _months(analysis: Analysis, kept: Books) -> tuple[Month, ...]:
    seen, society, public = (net_over_time(kept, p)[0] for p in (analysis.perspective, "society", "public"))
    return tuple(
        Month(
            month=(i + 1) * analysis.interval_months,
            net_benefit=float(seen[i]),
            society=float(society[i]),
            public=float(public[i]),
        )
        for i in range(len(seen))
    )


def _pays_from(months: tuple[Month, ...]) -> float | None:
    first = None
    for told in reversed(months):
        if told.net_benefit < 0:
            break
        first = told.month
    return first


def _warnings(analysis: Analysis, kept: Books) -> tuple[str, ...]:
    told = ["probabilities_held"] if kept.paths.held.any() else []
    effect = analysis.effect
    if effect and analysis.horizon_months > effect.curve.months[-1]:
        told.append("beyond_what_was_measured")
    if any(item.assumed for item in analysis.items) or any(assumed for _, _, assumed in analysis.sources):
        told.append("assumed_inputs")
    return tuple(told)


def _account(cost: float, benefit: float) -> Account:
    return Account(cost=cost, benefit=benefit, net_benefit=benefit - cost)


def _whole(seen: tuple[float, ...], stream: FloatArray) -> float:
    return float(np.tensordot(seen, stream, axes=1)[0].sum())


def _per(cost: float, effect: float | None) -> float | None:
    return cost / effect if effect is not None and effect > 0 else None
