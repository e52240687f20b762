"""The same accounts kept by hand: plain loops over months, arms and lines, written without looking at the arrays."""

from typing import Any


def level(analysis: Any, arm: str, month: float, lasts: float) -> float:
    """Share in work at a moment."""
    effect = analysis.effect
    knots = list(effect.curve.months)

    def between(values: tuple[float, ...]) -> float:
        times, heights = knots, list(values)
        if effect.curve.before == "grows":
            times, heights = [0.0, *knots], [0.0, *values]
        if month < times[0]:
            return heights[0] if effect.curve.before == "full" else 0.0
        for i in range(len(times) - 1):
            if times[i] <= month <= times[i + 1]:
                part = (month - times[i]) / (times[i + 1] - times[i])
                return heights[i] + part * (heights[i + 1] - heights[i])
        return heights[-1]

    base = between(effect.reference) if effect.reference else 0.0
    if arm == "reference":
        return base
    more = between(effect.difference)
    if effect.curve.after == "fades":
        more *= min(1.0, max(0.0, (lasts - month) / (lasts - knots[-1])))
    elif month > lasts:
        more = 0.0
    return base + more


def net_benefit(analysis: Any, months: int, payers: set[str]) -> float:
    """For an analysis with an effect and lines per participant, month, year in work or full-time year. The end of an
    effect lies between two months."""
    total = 0.0
    for arm, sign in (("intervention", 1), ("reference", -1)):
        for item in analysis.items:
            if item.arm not in (None, arm):
                continue
            for month in range(months):
                middle = (month + 0.5) / 12
                weight = 1 / (1 + analysis.discount_costs) ** middle
                last = months if item.to_month is None else item.to_month
                part = max(0.0, min(month + 1, last) - max(month, item.from_month))
                if item.at_month is not None:
                    times = 1.0 if month < item.at_month <= month + 1 or (month == 0 and item.at_month == 0) else 0.0
                    weight = 1 / (1 + analysis.discount_costs) ** (item.at_month / 12)
                elif item.per == "participant":
                    times = part / (last - item.from_month)
                elif item.per == "month":
                    times = part
                else:
                    times = part / 12 * level(analysis, arm, month + 0.5, analysis.effect.curve.lasts_to_month)
                    if item.per == "full_time_year":
                        times *= analysis.effect.full_time_share
                money = sign * item.amount * item.factor * times * weight
                moved = {}
                if item.kind == "cost":
                    moved = {item.payer: -money}
                elif item.kind == "benefit":
                    moved = {item.receiver: money}
                elif item.kind == "transfer":
                    moved = {item.payer: -money, item.receiver: money}
                else:
                    moved = {
                        "participant": money * (1 - item.tax),
                        "state": money * (item.tax + item.employer_contribution),
                    }
                for payer, amount in moved.items():
                    if payer in payers:
                        total += amount
                    if payer in {"health_service", "municipality", "nav", "state"} and "tax_financing" in payers:
                        total += analysis.tax_financing * amount
    return total


def cohort(matrices: list[list[list[float]]], start: list[float]) -> list[list[float]]:
    """Shares in each state after each cycle."""
    told = [start]
    for matrix in matrices:
        here = told[-1]
        told.append([sum(here[i] * matrix[i][j] for i in range(len(here))) for j in range(len(here))])
    return told
