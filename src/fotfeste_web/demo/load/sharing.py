"""Who covers for whom, what is shared with whom, and which colleagues' participants were opened."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from fotfeste_web.demo.story import world as told
from fotfeste_web.demo.story.days import workday_from, workday_until
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.sharing.actions import OPEN_FOR
from fotfeste_web.sharing.models import Cover, GivenBy, Ground, Opening, OpeningReason, Share

from .loaded import Loaded

PURPOSES = {
    "behandler": "Samordne behandling og jobbstøtte",
    "arbeidsspesialist": "Støtte i utdanning og jobb i behandlingsteamet",
    "nav_veileder": "Samordne oppfølging og ytelser",
}
TOLD = ("Sagt i oppstartsmøtet", "Avtalt i samtalen om åpenhet", "Skriftlig samtykke, deltakeren har kopi")
# What each of them needs: the therapist the plan and the work, the adviser the benefits advice too.
KINDS = {
    "behandler": (Kind.BASIS, Kind.PLAN, Kind.OPENNESS, Kind.WORK, Kind.CONTACTS),
    "arbeidsspesialist": (Kind.BASIS, Kind.PLAN, Kind.WORK, Kind.CONTACTS),
    "nav_veileder": (Kind.BASIS, Kind.PLAN, Kind.WORK, Kind.ECONOMY),
}
SHARES_OF_THE_WEAK = 2  # with each partner: that service works apart from treatment and NAV
OPENINGS, OPENINGS_OF_THE_WEAK = 4, 1


def load(loaded: Loaded) -> None:
    Cover.objects.bulk_create(_covers(loaded))
    Share.objects.bulk_create(_shares(loaded))
    Opening.objects.bulk_create(_openings(loaded))


def specialists(loaded: Loaded, service: str, on: date) -> list[told.Person]:
    return [
        person
        for person in loaded.world.people
        if person.role == "jobbspesialist"
        and service in person.services
        and person.starts_on <= on
        and (person.ends_on is None or on < person.ends_on)
    ]


def _covers(loaded: Loaded) -> Iterator[Cover]:
    today = loaded.world.today
    away = list(loaded.world.absences)
    for service in loaded.world.services:
        if not service.weak:  # a week off that is planned already
            starts_on = workday_from(today + timedelta(11))
            absent = specialists(loaded, service.key, today)[-1]
            away.append(told.Absence(person=absent.key, starts_on=starts_on, ends_on=starts_on + timedelta(7)))
    for absence in away:
        service_key = loaded.people[absence.person].services[0]
        there = [
            person
            for person in specialists(loaded, service_key, absence.starts_on)
            if (person.ends_on is None or absence.ends_on <= person.ends_on)
            and not any(
                other.person == person.key and other.starts_on < absence.ends_on and absence.starts_on < other.ends_on
                for other in away
            )
        ]
        if there:
            yield Cover(
                service=loaded.services[service_key],
                absent=loaded.users[absence.person],
                covering=loaded.users[loaded.rng.choice(there).key],
                starts_on=absence.starts_on,
                ends_on=absence.ends_on - timedelta(1),
            )


def _shares(loaded: Loaded) -> Iterator[Share]:
    weak = {service.key for service in loaded.world.services if service.weak}
    given: Counter[str] = Counter()
    for one, period in loaded.current():
        for person in _partners(loaded, one, period):
            few = one.service in weak
            if given[person.key] < SHARES_OF_THE_WEAK if few else loaded.rng.random() < 0.9:
                given[person.key] += 1
                yield _share(loaded, one, period, person)


def _partners(loaded: Loaded, one: told.Participant, period: told.Period) -> Iterator[told.Person]:
    """The therapist and the NAV adviser of the person, and the work specialist of the treatment team."""
    for key in (period.referral.therapist, period.referral.nav_adviser):
        if key:
            yield loaded.people[key]
    for person in loaded.world.people:
        if person.role == "arbeidsspesialist" and period.referral.team in person.teams:
            yield person


def _share(loaded: Loaded, one: told.Participant, period: told.Period, person: told.Person) -> Share:
    rng, today = loaded.rng, loaded.world.today
    assert period.started_on
    of_the_office = Ground.NAV_7 if person.role == "nav_veileder" else Ground.HEALTH_25
    ground = rng.choice((Ground.CONSENT, of_the_office))
    starts_on = min(workday_from(period.started_on + timedelta(rng.randrange(3, 20))), today)
    ends_on = None
    if ground is Ground.CONSENT:
        ends_on = today + timedelta(rng.randrange(10, 300))
        starts_on = max(starts_on, workday_from(ends_on - timedelta(365)))
    return Share(
        participant=loaded.participants[one.key],
        shared_with=loaded.users[person.key],
        receiver_role=person.role,
        kinds=KINDS[person.role],
        ground=ground,
        given_by=GivenBy.PERSON if ground is Ground.CONSENT else GivenBy.PROFESSIONAL,
        purpose=PURPOSES[person.role],
        starts_on=starts_on,
        ends_on=ends_on,
        told_how=rng.choice(TOLD),
        shared_by=loaded.specialist_on(period, starts_on),
        shared_at=loaded.at_work(starts_on),
    )


def _openings(loaded: Loaded) -> Iterator[Opening]:
    rng, today = loaded.rng, loaded.world.today
    for service in loaded.world.services:
        current = [(one, period) for one, period in loaded.current() if one.service == service.key]
        for one, period in rng.sample(current, OPENINGS_OF_THE_WEAK if service.weak else OPENINGS):
            own = period.assignments[-1].specialist
            colleague = rng.choice([p for p in specialists(loaded, service.key, today) if p.key != own])
            opened_at = loaded.at_work(workday_until(today - timedelta(rng.randrange(2, 24))))
            yield Opening(
                participant=loaded.participants[one.key],
                service=loaded.services[service.key],
                user=loaded.users[colleague.key],
                reason=rng.choice((OpeningReason.SUPERVISION, OpeningReason.SHARED_EMPLOYER)),
                opened_at=opened_at,
                ends_at=opened_at + OPEN_FOR,
            )
