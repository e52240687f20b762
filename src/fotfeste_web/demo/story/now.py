"""What the today page finds on the day the demo is opened: five to twelve lines for each specialist.

A line is a person (at most one each), or a meeting today that is for nobody in particular.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from fotfeste_web.demo.story.days import workday_from, workday_until, workdays_before
from fotfeste_web.demo.story.drafts import Draft
from fotfeste_web.demo.story.ways import FIRST_MONTH, Way
from fotfeste_web.demo.story.world import Employer, Person

SETTLED_DAYS = 40  # nothing has happened for so long that a rule of 14 or 30 days is clearly met
LINES = 7  # plans to be reviewed and the like may add some
TURN = ("silent", "due", "no_result")


def decide_present(rng: Random, specialist: Person, ways: list[Way], meetings: int, today: date) -> None:
    """Give each current way of one specialist what the today page should find for it."""
    for way in ways:
        state = way.state_on(today)
        if not way.present and state in ("mapping", "search", "first_month", "work"):
            way.present = "fresh"
    lines = meetings + sum(way.present in ("new", "first_contact") for way in ways)
    free = [way for way in ways if way.present == "fresh"]
    rng.shuffle(free)
    turn = rng.randrange(3)
    for step in range(12):
        present = TURN[(turn + step) % 3]
        suited = [way for way in free if _suits(way, present, today)]
        # Two are kept fresh: they are met today.
        if lines < LINES and suited and len(free) > 2:
            suited[0].present = present
            free.remove(suited[0])
            lines += 1
    for way in ways:
        way.last_contact_on = _last_contact(rng, way, today)


def _suits(way: Way, present: str, today: date) -> bool:
    since = today - timedelta(SETTLED_DAYS)
    job = way.job_on(today)
    settled = (
        way.started_on < since
        and not any(p.ends_on and p.ends_on > since for p in way.pauses)
        and not any(j.ends_on and j.ends_on > since for j in way.jobs)
    )
    if present == "silent":
        return settled and job is None
    if present == "due":
        in_work = (today - job.starts_on).days if job else 0
        return settled and (10 <= in_work < FIRST_MONTH - 4 or in_work > SETTLED_DAYS)
    return True


def _last_contact(rng: Random, way: Way, today: date) -> date | None:
    job = way.job_on(today)
    lately = job is not None and (today - job.starts_on).days < FIRST_MONTH + 8  # weekly, and a while after
    if way.present == "silent":
        return workday_until(today - timedelta(rng.randint(16, 24)))
    if way.present == "due":
        return workday_until(today - timedelta(rng.randint(9, 12) if lately else rng.randint(34, 39)))
    if way.present == "no_result":
        return workdays_before(today, 3)
    if way.present in ("fresh", "first_contact"):
        working = job is not None and not lately
        most = 13 if working else 3 if lately else 5
        return max(workdays_before(today, rng.randint(1, most)), way.started_on)
    return None


def plan_meetings(
    rng: Random, specialist: Person, ways: list[Way], meetings: int, employers: list[Employer], today: date
) -> Iterator[Draft]:
    """Meetings today, some ahead, and those in the past that nobody has written the result of."""
    fresh = [way for way in ways if way.present == "fresh"]
    hours = iter((9 * 60 + 30, 11 * 60, 13 * 60, 14 * 60 + 30))
    met = rng.sample(fresh, k=min(len(fresh), meetings - 1))
    for way in met:
        yield _planned(rng, way, today, employers, at=next(hours))
    for _ in range(meetings - len(met)):
        yield Draft(
            on=today,
            service=specialist.services[0],
            specialist=specialist.key,
            kind="employer",
            status="planned",
            texts="employers.planned",
            place="employer",
            employer=rng.choice(employers),
            minutes=30,
            at=next(hours),
        )
    for way in ways:
        if way.present == "no_result":
            yield _planned(rng, way, workdays_before(today, rng.randint(1, 2)), employers)
        elif way.present == "new":
            on = workday_from(today + timedelta(rng.randint(1, 5)))
            yield Draft(
                on=on,
                service=way.service,
                specialist=specialist.key,
                kind="start_up",
                status="planned",
                way=way,
                texts="search.planned",
                minutes=60,
                by="both",
            )
        elif way.present == "fresh" and rng.random() < 0.5:
            yield _planned(rng, way, workday_from(today + timedelta(rng.randint(1, 9))), employers)


def _planned(rng: Random, way: Way, on: date, employers: list[Employer], at: int | None = None) -> Draft:
    person: dict[str, Any] = {
        "on": on,
        "service": way.service,
        "specialist": way.specialist_on(on),
        "status": "planned",
        "way": way,
        "at": at,
    }
    if way.state_on(on) == "search" and way.first_employer_on and rng.random() < 0.5:
        suited = [e for e in employers if e.trade in way.trades] or employers
        return Draft(
            **person,
            kind="employer",
            texts="employers.planned",
            place="employer",
            employer=rng.choice(suited),
            minutes=30,
        )
    place = rng.choice(("cafe", "own_office", "other", "treatment_team"))
    return Draft(**person, kind="participant", texts="search.planned", place=place, minutes=45, by="both")
