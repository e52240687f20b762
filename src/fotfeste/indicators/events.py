"""What happened in a period, counted: who came in, who was turned away, what ended and why."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from statistics import median

from fotfeste.indicators.definitions import IndicatorDefinition
from fotfeste.indicators.people import Asked, share
from fotfeste.indicators.records import ReferralOutcome
from fotfeste.indicators.results import Counts, Group, Share

DAYS_A_MONTH = Decimal("30.4375")  # 365.25 / 12
INTO_WORK = "work_unsubsidised"
UNKNOWN = "unknown"


def access(asked: Asked, definition: IndicatorDefinition) -> Counts:
    """People with a start-up meeting in the period."""
    return _counts(asked, definition, [("started", one.id) for one in asked.entered])


def closures(asked: Asked, definition: IndicatorDefinition) -> Counts:
    """People who ended in the period, by reason."""
    return _counts(asked, definition, _closed(asked))


def closed_into_work(asked: Asked, definition: IndicatorDefinition) -> Share:
    """Those who ended into work without a subsidy / all who ended in the period."""
    closed = _closed(asked)
    return share(asked, definition, [id for why, id in closed if why == INTO_WORK], [id for _, id in closed])


def job_ends(asked: Asked, definition: IndicatorDefinition) -> Counts:
    """Jobs that ended in the period, by who or what ended them."""
    by = {end.job: end.ended_by for end in asked.records.job_ends}
    ended = [job.id for job in asked.records.jobs if job.ends_on and asked.period.contains(job.ends_on)]
    return _counts(asked, definition, [(by.get(id) or UNKNOWN, id) for id in ended])


def not_offered(asked: Asked, definition: IndicatorDefinition) -> Counts:
    """Referrals that ended in the period without an offer, by reason."""
    return _counts(
        asked,
        definition,
        [
            (one.not_offered_reason or UNKNOWN, one.participant)
            for one in asked.records.referrals
            if one.outcome == ReferralOutcome.NOT_OFFERED and one.outcome_on and asked.period.contains(one.outcome_on)
        ],
    )


def education_completed(asked: Asked, definition: IndicatorDefinition) -> Share:
    """Educations that began in the period and are completed / all that began in it; those going on are a group."""
    begun = {
        f"{one.participant}@{one.starts_on}": one
        for one in asked.records.education
        if asked.period.contains(one.starts_on)
    }
    over = {id: one for id, one in begun.items() if one.ends_on and one.ends_on <= asked.until}
    completed = [id for id, one in over.items() if one.completed]
    groups = {
        "going_on": [id for id in begun if id not in over],
        "broken_off": [id for id, one in over.items() if not one.completed],
    }
    return share(asked, definition, completed, begun, groups=groups)


def transfers_off(asked: Asked, definition: IndicatorDefinition) -> Counts:
    """Step-downs that began in the period of people in work that day, with the median of months since the start."""
    assert definition.work is not None
    steady, months = [], []
    for one in asked.records.step_downs:
        if not asked.period.contains(one.starts_on):
            continue
        if not any(part.contains(one.starts_on) for part in asked.worked(one.participant, definition.work)):
            continue
        steady.append(("from_work", one.participant))
        known = asked.participants.get(one.participant)
        if known and known.entered_on:
            months.append((one.starts_on - known.entered_on).days / DAYS_A_MONTH)
    return _counts(asked, definition, steady, middle=median(months) if months else None)


def _closed(asked: Asked) -> list[tuple[str, str]]:
    return [
        (one.end_reason or UNKNOWN, one.id)
        for one in asked.records.participants
        if one.ended_on and asked.period.contains(one.ended_on)
    ]


def _counts(
    asked: Asked, definition: IndicatorDefinition, cases: Iterable[tuple[str, str]], *, middle: Decimal | None = None
) -> Counts:
    by: dict[str, list[str]] = defaultdict(list)
    for why, id in cases:
        by[str(why)].append(id)
    return Counts(
        definition=definition.id,
        version=definition.version,
        starts_on=asked.period.start,
        ends_on=asked.end,
        n=sum(map(len, by.values())),
        counts=tuple(Group(id=why, ids=tuple(sorted(ids))) for why, ids in sorted(by.items())),
        median=middle,
    )
