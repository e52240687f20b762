"""How many get a job: of the caseload in a period, of those who entered together, and as others count it."""

from datetime import date

from fotfeste.employment import hours_in_work, outcome
from fotfeste.indicators.definitions import IndicatorDefinition
from fotfeste.indicators.people import Asked, parted, share
from fotfeste.indicators.results import Group, Share
from fotfeste.periods import Period, add_months

QUARTER = 3  # months


class NotAQuarter(ValueError):
    """The definition is of calendar quarters, and the period is none."""

    def __init__(self, start: date, end: date) -> None:
        super().__init__(f"{start} to {end}")
        self.start, self.end = start, end


def worked_in_period(asked: Asked, definition: IndicatorDefinition) -> Share:
    """People with at least one day of work in the period / people served in it.

    Raises
    ------
    NotAQuarter
        If the definition is of quarters.
    """
    assert definition.work is not None
    start = asked.period.start
    if definition.quarter and (start.day, start.month % QUARTER, asked.end) != (1, 1, add_months(start, QUARTER)):
        raise NotAQuarter(start, asked.end)
    people, left_out = parted(asked, asked.served, definition)
    worked = [
        one.id for one in people if any(part.overlaps(asked.period) for part in asked.worked(one.id, definition.work))
    ]
    return share(asked, definition, worked, [one.id for one in people], left_out=left_out, groups=asked.groups(people))


def studied_in_period(asked: Asked, definition: IndicatorDefinition) -> Share:
    """People in ordinary education on at least one day of the period / people served in it."""
    people, left_out = parted(asked, asked.served, definition)
    studied = {
        one.participant
        for one in asked.records.education
        if one.starts_on < asked.until and Period(one.starts_on, one.ends_on).overlaps(asked.period)
    }
    ids = [one.id for one in people if one.id in studied]
    return share(asked, definition, ids, [one.id for one in people], left_out=left_out, groups=asked.groups(people))


def cohort(asked: Asked, definition: IndicatorDefinition) -> Share:
    """Of those who entered in the period and were followed for the whole time, those with the outcome.

    Who has not been followed so long is left out, those with a job already too: else the quick ones would count first.
    """
    assert definition.outcome is not None
    people, left_out = parted(asked, asked.entered, definition)
    followed, too_short, reached = [], [], []
    for one in people:
        assert one.entered_on is not None
        if add_months(one.entered_on, definition.outcome.months) > asked.until:
            too_short.append(one.id)
            continue
        followed.append(one)
        found = outcome(asked.jobs.get(one.id, ()), definition.outcome, entered_on=one.entered_on, until=asked.until)
        if found.value:
            reached.append(one.id)
    left_out.append(Group(id="not_followed_long_enough", ids=tuple(sorted(too_short))))
    return share(
        asked,
        definition,
        reached,
        [one.id for one in followed],
        left_out=left_out,
        groups=asked.groups(followed),
    )


def found_work(asked: Asked, definition: IndicatorDefinition) -> Share:
    """Of people served in the period who were out of work at the start, those who have worked so many hours since.

    Hours nobody knows count as none; whom that may have cost the numerator is told as a group.
    """
    assert definition.work is not None
    people, left_out = parted(asked, asked.served, definition)
    known = min(asked.end, asked.until)
    found, unsure = [], []
    for one in people:
        assert one.entered_on is not None
        since = Period(one.entered_on, max(one.entered_on, known))
        if hours_in_work(asked.jobs.get(one.id, ()), definition.work, since) >= definition.least_hours:
            found.append(one.id)
        elif any(part.overlaps(since) for part in asked.worked(one.id, definition.work)) and any(
            term.hours_per_week is None for job in asked.jobs[one.id] for term in job.terms
        ):
            unsure.append(one.id)
    groups = asked.groups(people) | ({"hours_unknown": unsure} if unsure else {})
    return share(asked, definition, found, [one.id for one in people], left_out=left_out, groups=groups)
