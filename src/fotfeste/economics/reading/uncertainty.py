"""What the file says about how uncertain its inputs are."""

import math
from collections.abc import Mapping

from fotfeste.economics.discounting import FloatArray
from fotfeste.economics.reading.errors import above_zero, positive, sourced
from fotfeste.economics.uncertainty import BadDistribution, Name, Uncertain, Uncertainty
from fotfeste.files import Table

SHARES = (".tax", ".employer_contribution", ".full_time_share", "discount.costs", "discount.effects")
NOT_NEGATIVE = (".amount", ".to_month", ".lasts_to_month", "tax_financing", "effect.scale")


def read_uncertain(root: Table, inputs: Mapping[str, FloatArray]) -> tuple[Uncertain, ...]:
    told: list[Uncertain] = []
    for table in root.tables("uncertain"):
        uncertain = _one(table, inputs)
        if uncertain.parameter in {other.parameter for other in told}:
            raise table.bad("parameter", "duplicate", uncertain.parameter)
        try:
            uncertain.check()
        except BadDistribution as error:
            raise table.bad("parameter" if error.reason == "mean" else "se", error.reason, error.value) from None
        table.done()
        told.append(uncertain)
    return tuple(told)


def read_correlations(root: Table, drawn: tuple[Uncertain, ...]) -> tuple[tuple[str, str, float], ...]:
    names = {uncertain.parameter for uncertain in drawn if uncertain.distribution != "range"}
    told = []
    for table in root.tables("correlations"):
        parameters, r = table.texts("parameters"), table.real("r")
        for place, parameter in enumerate(parameters, start=1):
            if parameter not in names:
                raise table.bad(f"parameters[{place}]", "parameter", parameter)
        if len(parameters) != 2:
            raise table.bad("parameters", "length", 2)
        if not -1 <= r <= 1:
            raise table.bad("r", "correlation", r)
        table.done()
        told.append((parameters[0], parameters[1], r))
    return tuple(told)


def check(root: Table, uncertainty: Uncertainty) -> None:
    """Refuse correlations that cannot hold together."""
    try:
        uncertainty.check()
    except BadDistribution as error:
        raise root.bad("correlations", error.reason, error.parameter) from None


def known(table: Table, name: str, inputs: Mapping[str, FloatArray]) -> str:
    """The name of an input that is one number."""
    parameter = table.text(name)
    if parameter not in inputs or inputs[parameter].ndim > 1:
        raise table.bad(name, "parameter", parameter)
    return parameter


def possible(table: Table, name: str, parameter: str, value: float) -> float:
    """A value that the input can have."""
    if parameter.endswith(SHARES) and not 0 <= value <= 1:
        raise table.bad(name, "share", value)
    return positive(table, name, value) if parameter.endswith(NOT_NEGATIVE) else value


def _one(table: Table, inputs: Mapping[str, FloatArray]) -> Uncertain:
    parameter = known(table, "parameter", inputs)
    value = float(inputs[parameter][0])
    distribution: Name = table.choice("distribution", Name)
    low, high = table.optional_real("low"), table.optional_real("high")
    if (low is None) != (high is None):
        raise table.bad("low" if low is None else "high", "missing")
    if low is not None and high is not None:
        possible(table, "low", parameter, low)
        possible(table, "high", parameter, high)
        if low > high:
            raise table.bad("high", "order", high)
    if distribution == "range" and low is None:
        raise table.bad("low", "missing")
    se = 0.0
    if distribution == "beta" and table.has("people"):  # the value as the share of so many people
        people = above_zero(table, "people", table.real("people"))
        se = math.sqrt(value * (1 - value) / (people + 1)) if 0 < value < 1 else 0.0
    elif distribution != "range":
        se = above_zero(table, "se", table.real("se"))
    source, assumed = sourced(table)
    return Uncertain(
        parameter=parameter,
        distribution=distribution,
        value=value,
        se=se,
        low=low,
        high=high,
        source=source,
        assumed=assumed,
    )
