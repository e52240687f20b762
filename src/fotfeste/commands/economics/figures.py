"""The figures of an evaluation, each with its table of numbers."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fotfeste.charts.economics import horizon as over_time
from fotfeste.charts.economics import plane as planes
from fotfeste.charts.economics import tornado as tornados
from fotfeste.commands.economics.sentences import NoFigure
from fotfeste.commands.economics.words import input_name

if TYPE_CHECKING:
    from fotfeste.commands.economics.told import Result

Table = list[dict[str, Any]]


def figure_of(result: "Result", figure: str) -> tuple[Any, Table]:
    """The chart and its numbers.

    Raises
    ------
    NoFigure
    """
    makers = {"horizon": horizon, "plane": plane, "acceptability": acceptability, "tornado": tornado}
    made = makers[figure](result)
    if made is None:
        raise NoFigure(figure)
    return made


def horizon(result: "Result") -> tuple[Any, Table]:
    told, simulation = result.evaluation, result.simulation
    months = [asdict(month) for month in told.over_horizon]
    band = [asdict(part) for part in simulation.over_horizon] if simulation else []
    chart = over_time.horizon(
        months, perspective=told.perspective, currency=told.currency, horizon=told.horizon, band=band
    )
    limits = band or [{} for _ in months]
    return chart, [month | part for month, part in zip(months, limits, strict=True)]


def plane(result: "Result") -> tuple[Any, Table] | None:
    draws, told = result.draws, result.evaluation
    if draws is None or draws.effect is None or told.cost_effectiveness is None or told.effect_measure is None:
        return None
    rows = [{"effect": float(e), "cost": float(c)} for e, c in zip(draws.effect, draws.cost, strict=True)]
    mean = {"effect": told.cost_effectiveness.effect, "cost": told.cost_effectiveness.cost}
    return planes.plane(rows, mean=mean, effect=told.effect_measure, currency=told.currency), rows


def acceptability(result: "Result") -> tuple[Any, Table] | None:
    told, simulation = result.evaluation, result.simulation
    if simulation is None or not simulation.acceptability or told.effect_measure is None:
        return None
    rows = [asdict(row) for row in simulation.acceptability]
    return planes.acceptability(rows, effect=told.effect_measure, currency=told.currency), rows


def tornado(result: "Result") -> tuple[Any, Table] | None:
    if not result.tornado:
        return None
    rows = [asdict(swing) | {"name": input_name(swing.parameter, result.analysis)} for swing in result.tornado]
    told = result.evaluation
    return tornados.tornado(rows, net_benefit=told.net_benefit, currency=told.currency), rows
