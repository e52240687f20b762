"""The whole file."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

from fotfeste.economics.evaluation import BadHorizon, check_horizon
from fotfeste.economics.payers import Perspective
from fotfeste.economics.reading.cohorts import check_moves, evidence_of, read_cohort
from fotfeste.economics.reading.effects import ReadEffect, read_effect
from fotfeste.economics.reading.errors import BadAnalysis, above_zero, positive, share, sourced
from fotfeste.economics.reading.items import read_items, read_prices
from fotfeste.economics.reading.people import read_persons
from fotfeste.economics.reading.uncertainty import check, known, possible, read_correlations, read_uncertain
from fotfeste.economics.shapes import Analysis, Effect, Scenario
from fotfeste.economics.uncertainty import Uncertainty
from fotfeste.files import Table, read_toml


def read_analysis(path: Path) -> Analysis:
    """Read an analysis from a TOML file, with the files that it points to from its own folder.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Analysis

    Raises
    ------
    BadAnalysis
        At the first thing that is wrong, with the key and the line.
    BadCell
        Where the persons' own numbers cannot be read.
    """
    root = read_toml(path, error=BadAnalysis)
    title, perspective = root.text("title"), _perspective(root)
    horizon = above_zero(root, "horizon_months", root.real("horizon_months"))
    arms = root.table("arms")
    prices = read_prices(root.table("prices"))
    persons = read_persons(root.table("people"), path.parent) if root.has("people") else None
    if root.has("effect") == root.has("markov"):
        raise root.bad("effect", "one_of", "effect, markov")
    read: ReadEffect | None = None
    cohort = None
    if root.has("effect"):
        read = read_effect(root.table("effect"), path.parent, persons)
        _check_horizon(root, horizon, 1.0)
    else:
        markov = root.table("markov")
        cohort = read_cohort(markov)
        _check_horizon(root, horizon, cohort.cycle_months)
        check_moves(markov, cohort, horizon)
    discounting = root.table("discounting")
    rates = {name: share(discounting, name) for name in ("costs", "effects")}
    sources = [*prices.sources, ("discounting", *sourced(discounting))]
    discounting.done()
    funds = root.table("public_funds")
    raising = positive(funds, "marginal_cost", funds.real("marginal_cost"))
    sources.append(("public_funds", *sourced(funds)))
    funds.done()
    if read:
        sources += read.sources
    if cohort:
        sources += [(f"rows.{row.state}", row.source, row.assumed) for row in cohort.rows]
        sources += [(t.id, t.source, t.assumed) for t in cohort.treatments]
    states = tuple(state.id for state in cohort.states) if cohort else ()
    analysis = Analysis(
        title=title,
        perspective=perspective,
        prices=prices,
        horizon_months=horizon,
        intervention=arms.text("intervention"),
        reference=arms.text("reference"),
        participants=_optional(arms, "participants"),
        discount_costs=rates["costs"],
        discount_effects=rates["effects"],
        tax_financing=raising,
        items=tuple(read_items(root, prices, persons, states)),
        effect=read.effect if read else None,
        cohort=cohort,
        workdays_per_year=_optional(root, "workdays_per_year"),
        not_counted=root.texts("not_counted"),
        sources=tuple(dict.fromkeys(sources)),
        file=root.file,
        sha256=root.sha256,
        files=(*(read.files if read else ()), *(((persons.file, persons.cells.sha256),) if persons else ())),
    )
    arms.done()
    _check_needs(root, analysis)
    analysis = _held_against(root, analysis)
    inputs = analysis.inputs()
    typed = read_uncertain(root, inputs)
    uncertain = (*(read.uncertain if read else ()), *typed)
    uncertainty = Uncertainty(
        inputs=uncertain,
        correlations=(*(read.correlations if read else ()), *read_correlations(root, uncertain)),
        rows=evidence_of(cohort) if cohort else {},
        people=persons.drawn() if persons else None,
    )
    check(root, uncertainty)
    scenarios = tuple(_scenario(table, analysis) for table in root.tables("scenarios"))
    root.done()
    spreads = ((f"uncertain.{one.parameter}", one.source, one.assumed) for one in typed)
    return replace(analysis, uncertainty=uncertainty, scenarios=scenarios, sources=(*analysis.sources, *spreads))


def _optional(table: Table, name: str) -> float | None:
    return above_zero(table, name, table.real(name)) if table.has(name) else None


def _check_horizon(table: Table, horizon: float, interval: float) -> None:
    try:
        check_horizon(horizon, interval)
    except BadHorizon as error:
        told = ("too_long", error.longest_months) if error.too_long else ("horizon", interval)
        raise table.bad("horizon_months", *told) from None


def _perspective(root: Table) -> Perspective:
    told = root.text("perspective")
    for one in get_args(Perspective):
        if one == told:
            return one  # type: ignore[no-any-return]
    raise root.bad("perspective", "perspective", told)


def _check_needs(root: Table, analysis: Analysis) -> None:
    """Refuse lines for each of something that the file does not tell."""
    counted = {item.per for item in analysis.items}
    if "full_time_year" in counted and analysis.effect and analysis.effect.full_time_share is None:
        raise root.bad("effect.full_time_share", "needs_full_time_share")
    if "qaly" in counted and not analysis.has_qalys:
        raise root.bad("effect.qaly" if analysis.effect else "markov.states", "needs_qaly")


def _held_against(root: Table, analysis: Analysis) -> Analysis:
    """The effect that cost is held against, which the file must be able to tell."""
    if not root.has("cost_effectiveness"):
        return analysis
    table = root.table("cost_effectiveness")
    measure: Effect = table.choice("effect", Effect)
    worth = table.reals("willingness_to_pay")
    table.done()
    if measure == "workday" and analysis.workdays_per_year is None:
        raise table.bad("effect", "needs_workdays")
    if measure == "qaly" and not analysis.has_qalys:
        raise table.bad("effect", "needs_qaly")
    if measure == "full_time_year" and analysis.effect and analysis.effect.full_time_share is None:
        raise table.bad("effect", "needs_full_time_share")
    return replace(analysis, effect_measure=measure, willingness_to_pay=worth)


def _scenario(table: Table, analysis: Analysis) -> Scenario:
    name, horizon = table.text("name"), table.optional_real("horizon_months")
    if horizon is not None:
        _check_horizon(table, above_zero(table, "horizon_months", horizon), analysis.interval_months)
    inputs, change = analysis.inputs(), {}
    for told in table.tables("change"):
        parameter = known(told, "parameter", inputs)
        change[parameter] = possible(told, "value", parameter, told.real("value"))
        told.done()
    if analysis.cohort:
        check_moves(table, analysis.cohort, horizon or analysis.horizon_months, change)
    table.done()
    return Scenario(name=name, change=change, horizon_months=horizon)
