"""How fast a fidelity review is prepared and indicators are counted, on made-up services of twelve job specialists."""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fotfeste.employment import Form, Job, Term
from fotfeste.fidelity import scale, suggest
from fotfeste.indicators.measures import indicators
from fotfeste.indicators.records import (
    Absence,
    Assignment,
    By,
    Channel,
    Contact,
    ContactStatus,
    Kind,
    Participant,
    Place,
    Post,
    Purpose,
    Records,
    Referral,
    ReferralOutcome,
    Round,
    Source,
    Specialist,
    Supervision,
    SupervisionKind,
    TeamMeeting,
    TeamMembership,
    WeekReview,
)
from fotfeste.periods import Period

Tell = Callable[..., None]
SPECIALISTS = 12
SERVICES = 100
START, END = date(2024, 1, 1), date(2026, 1, 1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
PLACES = (Place.EMPLOYER, Place.CAFE, Place.HOME, Place.OWN_OFFICE, Place.NAV)


def service(number: int) -> Records:
    """Two years of one service: each job specialist with some forty people and ten contacts a week."""
    draw = random.Random(number)
    made: dict[str, list[Any]] = {name: [] for name in Records.__dataclass_fields__}
    mondays = [START + n * WEEK for n in range((END - START).days // 7)]
    for s in range(SPECIALISTS):
        _specialist(f"{number}-{s}", f"service {number}", mondays, draw, made)
    for n, monday in enumerate(mondays):
        present = tuple(f"{number}-{s}" for s in range(SPECIALISTS))
        made["supervisions"].append(
            Supervision(id=f"{number}-v{n}", kind=SupervisionKind.GROUP, on=monday, supervisor="m", present=present)
        )
        made["team_meetings"].append(TeamMeeting(id=f"{number}-t{n}", team="A", on=monday, present=present[:3]))
    return Records(**{name: tuple(rows) for name, rows in made.items()})


def _specialist(id: str, service: str, mondays: list[date], draw: random.Random, made: dict[str, list[Any]]) -> None:
    post = Post(specialist=id, share=Decimal(1), starts_on=START)
    made["specialists"].append(Specialist(id=id, service=service, posts=(post,)))
    made["team_memberships"].append(TeamMembership(specialist=id, team="A", starts_on=START))
    made["absences"].append(Absence(specialist=id, starts_on=date(2025, 7, 1), ends_on=date(2025, 7, 29)))
    people = [_person(f"{id}-{n}", id, service, draw, made) for n in range(40)]
    for n, monday in enumerate(mondays):
        made["week_reviews"].append(WeekReview(specialist=id, monday=monday))
        made["rounds"].append(Round(id=f"{id}-r{n}", specialist=id, on=monday, travel_minutes=30))
        for m in range(10):
            employer = m < 6
            made["contacts"].append(
                Contact(
                    id=f"{id}-{n}-{m}",
                    specialist=id,
                    on=monday + draw.randrange(5) * DAY,
                    minutes=45,
                    status=ContactStatus.HELD,
                    channel=Channel.IN_PERSON,
                    place=draw.choice(PLACES),
                    with_employer=employer,
                    employer=f"employer {draw.randrange(60)}" if employer else None,
                    purpose=Purpose.JOB_DEVELOPMENT if employer else None,
                    participants=(draw.choice(people),),
                    by=By.SPECIALIST,
                    round=f"{id}-r{n}",
                    kind=Kind.EMPLOYER if employer else Kind.PARTICIPANT,
                )
            )


def _person(id: str, specialist: str, service: str, draw: random.Random, made: dict[str, list[Any]]) -> str:
    entered_on = START + draw.randrange(700) * DAY
    ended_on = entered_on + draw.randrange(200, 500) * DAY
    ended = ended_on if ended_on < END else None
    made["participants"].append(
        Participant(id=id, service=service, entered_on=entered_on, ended_on=ended, treatment_team="A")
    )
    made["referrals"].append(
        Referral(
            participant=id,
            received_on=entered_on - 20 * DAY,
            source=Source.THERAPIST,
            outcome=ReferralOutcome.STARTED,
            outcome_on=entered_on,
        )
    )
    made["assignments"].append(Assignment(participant=id, specialist=specialist, starts_on=entered_on, ends_on=ended))
    if draw.random() < 0.5:
        starts_on = entered_on + draw.randrange(30, 300) * DAY
        term = Term(
            starts_on=starts_on,
            hours_per_week=Decimal(20),
            form=Form.PERMANENT,
            ordinary_rate=True,
            open_to_anyone=True,
        )
        made["jobs"].append(
            Job(
                id=f"{id}-j",
                person=id,
                employer=f"employer {draw.randrange(60)}",
                occupation=draw.choice(("5223", "7512", "9112", "4110")),
                starts_on=starts_on,
                terms=(term,),
            )
        )
    return id


def fidelity(tell: Tell) -> None:
    records, period, ips = service(0), Period(START, END), scale("ips-25")
    half_year = Period(date(2025, 7, 1), END)
    year = Period(date(2025, 1, 1), END)
    told = {"job_specialists": SPECIALISTS, "years": 2, "contacts": len(records.contacts), "target_seconds": 1}
    for figure, run in (
        ("suggest, the last half-year", lambda: suggest(records, ips, half_year)),
        ("suggest, both years", lambda: suggest(records, ips, period)),
        ("every indicator, a year", lambda: indicators(records, year, until=END)),
    ):
        clock, processor = _best(run)
        tell(figure, seconds=clock, processor_seconds=processor, **told)
    _, one = _best(lambda: suggest(records, ips, half_year))
    began, used = time.perf_counter(), 0.0
    for number in range(SERVICES):
        each = service(number)
        started = time.process_time()
        suggest(each, ips, half_year)
        used += time.process_time() - started
    tell(
        f"suggest, {SERVICES} services one after another",
        processor_seconds=round(used, 2),
        processor_seconds_a_service=round(used / SERVICES, 3),
        processor_seconds_one_alone=one,
        seconds_with_making_them=round(time.perf_counter() - began, 1),
    )


def _best(run: Callable[[], object], times: int = 3) -> tuple[float, float]:
    clock, processor = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        run()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    return round(min(clock), 3), round(min(processor), 3)
