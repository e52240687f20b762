"""Indicators and outcomes by name: ``indicator`` computes one, ``indicators`` all, from the records of a service."""

from collections.abc import Callable, Mapping
from datetime import date

from fotfeste.indicators import events, rates, starts, times
from fotfeste.indicators.definitions import IndicatorDefinition, indicator_definition, indicator_definitions
from fotfeste.indicators.people import Asked
from fotfeste.indicators.rates import NotAQuarter
from fotfeste.indicators.records import Records
from fotfeste.indicators.results import Indicator
from fotfeste.periods import Period, StillOpen

MEASURES: Mapping[str, Callable[[Asked, IndicatorDefinition], Indicator]] = {
    "access": events.access,
    "days_to_start": times.days_to_start,
    "days_to_employer": times.days_to_employer,
    "days_to_job": times.days_to_job,
    "worked_in_period": rates.worked_in_period,
    "cohort": rates.cohort,
    "found_work": rates.found_work,
    "job_starts": starts.job_starts,
    "hours": starts.hours,
    "sustained": starts.sustained,
    "studied_in_period": rates.studied_in_period,
    "education_completed": events.education_completed,
    "job_ends": events.job_ends,
    "closures": events.closures,
    "closed_into_work": events.closed_into_work,
    "not_offered": events.not_offered,
    "transfers_off": events.transfers_off,
}


def indicator(
    records: Records,
    definition: IndicatorDefinition | str,
    period: Period[date],
    *,
    until: date | None = None,
) -> Indicator:
    """Compute one indicator.

    Parameters
    ----------
    records : Records
        What the service has recorded, also from outside the period.
    definition : IndicatorDefinition or str
        From ``indicator_definition``, or the id of its newest version.
    period : Period
        ``[start, end)``: what is counted lies in it, or those who entered in it are followed.
    until : date, optional
        The first day of which nothing is known; the end of the period, if not given.

    Raises
    ------
    UnknownIndicator
    NotAQuarter
        If the definition is of calendar quarters and the period is none.
    StillOpen
        If the period has no end.
    """
    known = indicator_definition(definition) if isinstance(definition, str) else definition
    return MEASURES[known.measure](_asked(records, period, until), known)


def indicators(records: Records, period: Period[date], *, until: date | None = None) -> tuple[Indicator, ...]:
    """Compute every indicator in its newest version; those of a quarter only where the period is one."""
    asked = _asked(records, period, until)
    newest = {known.id: known for known in sorted(indicator_definitions(), key=lambda known: known.version)}
    found = []
    for known in newest.values():
        try:
            found.append(MEASURES[known.measure](asked, known))
        except NotAQuarter:
            continue
    return tuple(found)


def _asked(records: Records, period: Period[date], until: date | None) -> Asked:
    if period.end is None:
        raise StillOpen
    return Asked(records=records, period=period, until=until or period.end)
