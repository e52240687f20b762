"""How long it takes: from the referral to the start, to the first employer met, to the first job. Open cases count."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from statistics import median

from fotfeste.employment import first_job_on
from fotfeste.indicators.definitions import IndicatorDefinition
from fotfeste.indicators.people import Asked, parted
from fotfeste.indicators.records import ReferralOutcome, days_to_first_employer_contact
from fotfeste.indicators.results import Group, Times
from fotfeste.indicators.survival import kaplan_meier, median_days, restricted_mean_days
from fotfeste.periods import Period


def days_to_start(asked: Asked, definition: IndicatorDefinition) -> Times:
    """From a referral received in the period to the start-up meeting.

    One that ended otherwise is left out, by its outcome.
    """
    closed, still_open = {}, {}
    ended: dict[str, list[str]] = {}
    for referral in asked.records.referrals:
        if not asked.period.contains(referral.received_on):
            continue
        known = asked.participants.get(referral.participant)
        entered_on = known.entered_on if known else None
        if entered_on is not None and entered_on < asked.until:
            closed[referral.participant] = max((entered_on - referral.received_on).days, 0)
        elif referral.outcome not in (None, ReferralOutcome.STARTED):
            ended.setdefault(referral.outcome, []).append(referral.participant)
        else:
            still_open[referral.participant] = _until(referral.received_on, asked.until)
    left_out = [Group(id=why, ids=tuple(sorted(ids))) for why, ids in sorted(ended.items())]
    return _times(asked, definition, closed, still_open, left_out)


def days_to_employer(asked: Asked, definition: IndicatorDefinition) -> Times:
    """From the start-up meeting to the first employer met in person; who has ended was followed until then."""
    people, left_out = parted(asked, asked.entered, definition)
    closed, still_open = {}, {}
    for one in people:
        assert one.entered_on is not None
        days = days_to_first_employer_contact(one.entered_on, asked.contacts.get(one.id, ()))
        if days is None:
            still_open[one.id] = _until(one.entered_on, min(one.ended_on or asked.until, asked.until))
        else:
            closed[one.id] = days
    return _times(asked, definition, closed, still_open, left_out)


def days_to_job(asked: Asked, definition: IndicatorDefinition) -> Times:
    """From the start-up meeting to the first day of work; who has ended without was followed until then."""
    assert definition.work is not None
    people, left_out = parted(asked, asked.entered, definition)
    closed, still_open = {}, {}
    for one in people:
        assert one.entered_on is not None
        until = max(one.entered_on, asked.until)
        first = first_job_on(asked.jobs.get(one.id, ()), definition.work, Period(one.entered_on, until))
        if first is None:
            still_open[one.id] = _until(one.entered_on, min(one.ended_on or asked.until, asked.until))
        else:
            closed[one.id] = (first - one.entered_on).days
    return _times(asked, definition, closed, still_open, left_out)


def _until(start: date, until: date) -> int:
    return max((until - start).days, 0)


def _times(
    asked: Asked,
    definition: IndicatorDefinition,
    closed: Mapping[str, int],
    still_open: Mapping[str, int],
    left_out: Iterable[Group],
) -> Times:
    curve = kaplan_meier([*closed.values(), *still_open.values()], [True] * len(closed) + [False] * len(still_open))
    # Where the longest followed is an open case, nobody knows the curve beyond that day.
    known = definition.horizon_days
    if still_open and curve.share_left[-1:] != (0.0,):
        known = min(known, curve.last_day)
    return Times(
        definition=definition.id,
        version=definition.version,
        starts_on=asked.period.start,
        ends_on=asked.end,
        n=len(closed) + len(still_open),
        closed=len(closed),
        open=len(still_open),
        median_closed=Decimal(str(median(closed.values()))) if closed else None,
        median=median_days(curve),
        restricted_mean=restricted_mean_days(curve, known) if closed or still_open else None,
        restricted_to_days=known,
        curve_days=curve.days,
        curve_share_left=curve.share_left,
        ids=tuple(sorted(closed)),
        open_ids=tuple(sorted(still_open)),
        left_out=tuple(group for group in left_out if group.ids),
    )
