"""What the daily records say of each fidelity item: the preparation of a review, never a score."""

from collections.abc import Callable, Mapping
from datetime import date

from fotfeste.fidelity.shapes import Scale
from fotfeste.fidelity.suggestions import (
    access,
    ahead_of_work,
    employers,
    in_work,
    jobs,
    outside,
    search,
    staff,
    teams,
    unit,
)
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import suggestion
from fotfeste.fidelity.suggestions.shapes import Figure, OfSpecialist, Options, Suggestion, Suggestions
from fotfeste.indicators.records import Records
from fotfeste.periods import Period

__all__ = [
    "Figure",
    "NoSuggestions",
    "OfSpecialist",
    "Options",
    "PeriodWithoutDays",
    "SeveralServices",
    "Suggestion",
    "Suggestions",
    "suggest",
]

IPS_25: Mapping[str, Callable[[Gathered], Suggestion]] = {
    "1": staff.caseload,
    "2": staff.employment_work,
    "3": staff.generalist,
    "4": teams.team_assignment,
    "5": teams.team_contact,
    "6": teams.nav,
    "7": unit.unit,
    "8": unit.supervisor,
    "9": access.zero_exclusion,
    "10": access.agency_focus,
    "11": access.leadership,
    "12": ahead_of_work.benefits_advice,
    "13": ahead_of_work.openness,
    "14": ahead_of_work.profile,
    "15": search.rapid_search,
    "16": search.individual_search,
    "17": employers.frequent_contact,
    "18": employers.contact_quality,
    "19": jobs.diverse_jobs,
    "20": jobs.diverse_employers,
    "21": jobs.ordinary_jobs,
    "22": in_work.individual_support,
    "23": in_work.lasting_support,
    "24": outside.in_the_community,
    "25": outside.outreach_work,
}
SCALES = {"ips-25": IPS_25}


class NoSuggestions(LookupError):
    """Nobody has said how the items of this scale are counted from records."""

    def __init__(self, scale: str) -> None:
        super().__init__(scale)
        self.scale = scale


class SeveralServices(ValueError):
    """The records are of more than one service, and a scale is rated for one."""

    def __init__(self, services: tuple[str, ...]) -> None:
        super().__init__(", ".join(services))
        self.services = services


class PeriodWithoutDays(ValueError):
    """The period has no end, or no day."""

    def __init__(self, start: date, end: date | None) -> None:
        super().__init__(f"{start} to {end}")
        self.start, self.end = start, end


def suggest(records: Records, scale: Scale, period: Period[date], *, options: Options | None = None) -> Suggestions:
    """Prepare a fidelity review from the records of one service.

    Parameters
    ----------
    records : Records
        What the service has recorded, also from before the period.
    scale : Scale
        Every threshold comes from it.
    period : Period
        The time looked back on, for the items that the scale gives none of their own. Its last day is "now".
    options : Options, optional
        How to count where practice differs.

    Returns
    -------
    Suggestions
        One for each item. Class A: the rating with its number, threshold and records; class B: the figures of a check
        list; class C: nothing.

    Raises
    ------
    NoSuggestions, SeveralServices, PeriodWithoutDays
    UnknownRule
        If the scale lacks a number that counting an item needs.

    References
    ----------
    .. [1] IPS-25 (2008), ``scales/ips-25-2008.toml``; how each item is counted, ``docs/methods/fidelity.md``.
    """
    if scale.id not in SCALES:
        raise NoSuggestions(scale.id)
    services = sorted({one.service for one in records.participants} | {one.service for one in records.specialists})
    if len(services) > 1:
        raise SeveralServices(tuple(services))
    if period.end is None or period.end <= period.start:
        raise PeriodWithoutDays(period.start, period.end)
    gathered = Gathered(records=records, scale=scale, period=period, options=options or Options())
    count = SCALES[scale.id]
    return Suggestions(
        scale=scale.id,
        scale_version=scale.version,
        service=services[0] if services else None,
        starts_on=period.start,
        ends_on=period.end,
        options=gathered.options,
        items=tuple(
            suggestion(item, gathered.window(item)) if item.computable == "C" else count[item.id](gathered)
            for item in scale.items
        ),
    )
