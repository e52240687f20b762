"""Cost held against effect and against money back, each ratio under its own name."""

from dataclasses import dataclass
from typing import Any, Literal

Quadrant = Literal[
    "more_costly_more_effective",
    "less_costly_more_effective",
    "less_costly_less_effective",
    "more_costly_less_effective",
    "no_difference",
]
Formula = Literal[
    "net_benefit_plus_cost_over_cost",
    "net_benefit_over_cost",
    "income_over_cost",
    "extra_income_over_extra_cost",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostEffectiveness:
    """``icer`` is cost per unit of effect where the two pull in different directions, else None: a negative ratio says
    neither which is better nor by how much."""

    cost: float
    effect: float
    quadrant: Quadrant
    icer: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A ratio that is called return on investment somewhere. ``value`` is None where the denominator is not above 0."""

    formula: Formula
    numerator: float
    denominator: float
    value: float | None


def quadrant(cost: float, effect: float) -> Quadrant:
    """Where the intervention lies as seen from the reference. On a line between two, the better for it counts."""
    if cost == 0 and effect == 0:
        return "no_difference"
    if effect > 0 or (effect == 0 and cost < 0):
        return "more_costly_more_effective" if cost > 0 else "less_costly_more_effective"
    return "less_costly_less_effective" if cost < 0 else "more_costly_less_effective"


def cost_effectiveness(cost: float, effect: float) -> CostEffectiveness:
    """Incremental cost and effect as a ratio with its quadrant.

    Parameters
    ----------
    cost, effect : float
        Intervention less reference.

    References
    ----------
    .. [1] Black (1990), The CE plane, Medical Decision Making 10:212-214.
    """
    place = quadrant(cost, effect)
    pulls = place in ("more_costly_more_effective", "less_costly_less_effective")
    ratio = cost / effect if pulls and effect != 0 else None
    return CostEffectiveness(cost=cost, effect=effect, quadrant=place, icer=ratio)


def net_monetary_benefit(cost: Any, effect: Any, *, willingness_to_pay: Any) -> Any:
    """Effect in money less cost; above 0 where the intervention is worth it. Works on arrays."""
    return willingness_to_pay * effect - cost


def returns(
    *,
    net_benefit: float,
    cost: float,
    income: float | None = None,
    arm_income: float | None = None,
    arm_cost: float | None = None,
) -> tuple[Return, ...]:
    """Each return on investment that the figures allow.

    Parameters
    ----------
    net_benefit, cost, income : float
        Benefits less costs, costs and wages earned: intervention less reference.
    arm_income, arm_cost : float, optional
        Wages and costs of the intervention arm alone.

    References
    ----------
    .. [1] net_benefit_plus_cost_over_cost: return on investment of IPS in Norway (LSE Research Online 130236, 2025).
    .. [2] income_over_cost: Jordan et al. (2022), Adm Policy Ment Health 49(3):429-439.
    """
    told = [
        _return("net_benefit_plus_cost_over_cost", net_benefit + cost, cost),
        _return("net_benefit_over_cost", net_benefit, cost),
    ]
    if arm_income is not None and arm_cost is not None:
        told.append(_return("income_over_cost", arm_income, arm_cost))
    if income is not None:
        told.append(_return("extra_income_over_extra_cost", income, cost))
    return tuple(told)


def _return(formula: Formula, numerator: float, denominator: float) -> Return:
    value = numerator / denominator if denominator > 0 else None
    return Return(formula=formula, numerator=numerator, denominator=denominator, value=value)
