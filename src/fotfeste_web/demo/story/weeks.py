"""A specialist's weeks: visits to employers for nobody in particular, team meetings, supervision."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from fotfeste_web.demo.story.cast import PACES
from fotfeste_web.demo.story.days import is_workday
from fotfeste_web.demo.story.drafts import Available, Draft
from fotfeste_web.demo.story.world import Employer, Person


def counts_as_search(draft: Draft) -> bool:
    """A meeting in person with an employer that is not support in a job."""
    return (
        draft.kind == "employer"
        and draft.status == "held"
        and draft.channel == "in_person"
        and draft.purpose != "job_support"
        and draft.by != "participant"
    )


def fill_weeks(
    rng: Random,
    specialist: Person,
    drafts: list[Draft],
    employers: list[Employer],
    available: Available,
    today: date,
) -> Iterator[Draft]:
    """Visits until each week holds what the service's pace says, and the weekly meetings."""
    wanted = PACES[specialist.services[0]].contacts_a_week * specialist.post_share / 100
    # Employers are met again and again: a specialist has favourites.
    favourites = rng.sample(employers, k=min(len(employers), 20))
    have = Counter(
        (d.on - timedelta(d.on.weekday())) for d in drafts if d.specialist == specialist.key and counts_as_search(d)
    )
    end = min(specialist.ends_on or today, today)
    monday = specialist.starts_on - timedelta(specialist.starts_on.weekday())
    carry = 0.0
    while monday < end:
        days = [monday + timedelta(n) for n in range(5)]
        days = [d for d in days if is_workday(d) and specialist.starts_on <= d < end]
        days = [d for d in days if available(specialist.key, d) == d]
        carry += wanted * len(days) / 5 * rng.uniform(0.8, 1.2) - have[monday]
        for _ in range(min(int(carry), 2 * len(days))):
            yield Draft(
                on=rng.choice(days),
                service=specialist.services[0],
                specialist=specialist.key,
                kind="employer",
                texts="employers",
                place="employer",
                employer=rng.choice(favourites if rng.random() < 0.7 else employers),
            )
            carry -= 1
        carry = max(carry, -2.0)
        if days:
            yield from _meetings(rng, specialist, days)
        monday += timedelta(7)


def _meetings(rng: Random, specialist: Person, days: list[date]) -> Iterator[Draft]:
    team_day = days[sum(map(ord, specialist.key)) % len(days)]
    yield Draft(
        on=team_day,
        service=specialist.services[0],
        specialist=specialist.key,
        kind="treatment_team",
        texts="team.treatment_team",
        place="treatment_team",
        by="specialist",
        minutes=60,
        at=9 * 60,
    )
    if rng.random() < (0.4 if specialist.services[0] == "drammen" else 0.85):
        yield Draft(
            on=days[-1],
            service=specialist.services[0],
            specialist=specialist.key,
            kind="other",
            texts="team.other",
            minutes=60,
            at=13 * 60,
        )
