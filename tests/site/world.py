"""Two small services with the persons that the tests are about. Everybody and everything is made up."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    ContactKind,
    ContactParticipant,
    Employer,
    Participant,
    Period,
    Referral,
)
from fotfeste_web.organisations.models import Body, Membership, NavOffice, Service, TreatmentTeam


@dataclass
class World:
    """Bodø has all roles; Drammen is the other service, whose people are the outsiders."""

    today: date
    bodo: Service
    drammen: Service
    fact: TreatmentTeam
    nav: NavOffice
    people: dict[str, User]
    vakker: Participant  # in job development, with ``specialist``
    stille: Participant  # with ``colleague`` in the same service
    rask: Participant  # in Drammen, with ``outsider``
    employer: Employer
    extra: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def person(name: str, role: str, service: Service | None, since: date, **membership: Any) -> User:
    return persons([(name, role, service)], since, **membership)[0]


def persons(named: list[tuple[str, str, Service | None]], since: date, **membership: Any) -> list[User]:
    """Make people at once. They are signed in by the test client: hashing passwords would take its time."""
    users = User.objects.bulk_create(
        User(email=email_of(name), name=name, made_up=True, password=make_password(None)) for name, _, _ in named
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    Membership.objects.bulk_create(
        Membership(user=user, service=service, role=role, starts_on=since, **membership)
        for user, (_, role, service) in zip(users, named, strict=True)
    )
    return users


def email_of(name: str) -> str:
    return name.lower().replace(" ", ".").translate(str.maketrans("øåæ", "oaa")) + "@fotfeste.example"


def participant(first: str, last: str, service: Service, specialist: User, started: date, **fields: Any) -> Participant:
    made = Participant(service=service, first_name=first, last_name=last, **fields)
    begin([(made, specialist)], started)
    return made


def begin(people: list[tuple[Participant, User]], started: date) -> None:
    """Store people who were referred, and began with a job specialist."""
    Participant.objects.bulk_create(made for made, _ in people)
    referrals = Referral.objects.bulk_create(
        Referral(
            participant=made,
            service=made.service,
            received_on=started - timedelta(days=10),
            source="therapist",
            wish="Vil ha en jobb å gå til.",
            short_name=made.short_name,
            outcome="started",
            concluded_on=started,
        )
        for made, _ in people
    )
    Period.objects.bulk_create(
        Period(participant=referral.participant, referral=referral, starts_on=started) for referral in referrals
    )
    Assignment.objects.bulk_create(
        Assignment(participant=made, specialist=specialist, starts_on=started - timedelta(days=3))
        for made, specialist in people
    )


def build(today: date) -> World:
    since = today - timedelta(days=700)
    nav = Body.objects.create(kind="nav", name="NAV Bodø")
    bodo, drammen = Service.objects.bulk_create([Service(name="IPS Bodø"), Service(name="IPS Drammen")])
    fact = TreatmentTeam.objects.create(service=bodo, name="FACT Bodø")
    office = NavOffice.objects.create(service=bodo, name="NAV Bodø")
    roles = {
        "specialist": ("Kari Nilsen", "jobbspesialist", bodo),
        "colleague": ("Ola Berg", "jobbspesialist", bodo),
        "supervisor": ("Marit Dahl", "metodeveileder", bodo),
        "therapist": ("Siri Moen", "behandler", bodo),
        "education_specialist": ("Jonas Lie", "arbeidsspesialist", bodo),
        "adviser": ("Marte Lie", "nav_veileder", bodo),
        "leader": ("Per Strand", "leder", bodo),
        "reviewer": ("Anne Vik", "kvalitetsvurderer", bodo),
        "researcher": ("Nina Holm", "forsker", bodo),
        "administrator": ("Tor Aune", "administrator", bodo),
        "installer": ("Liv Ness", "administrator", None),
        # The same roles in the other service: they may see the same pages, of other people.
        "outsider": ("Eva Sund", "jobbspesialist", drammen),
        "outside_supervisor": ("Geir Foss", "metodeveileder", drammen),
        "outside_therapist": ("Tone Bakke", "behandler", drammen),
        "outside_education_specialist": ("Arne Haug", "arbeidsspesialist", drammen),
        "outside_adviser": ("Inger Vold", "nav_veileder", drammen),
        "outside_leader": ("Leif Rud", "leder", drammen),
        "outside_reviewer": ("Grete Moe", "kvalitetsvurderer", drammen),
        "outside_researcher": ("Jan Eide", "forsker", drammen),
        "outside_administrator": ("Randi Lund", "administrator", drammen),
        "outside_participant": ("Rask Fjell", "deltaker", drammen),
    }
    roles["participant"] = ("Vakker Blomst", "deltaker", bodo)
    people = dict(zip(roles, persons(list(roles.values()), since, body=nav), strict=True))
    started = today - timedelta(days=60)
    vakker = Participant(
        service=bodo,
        first_name="Vakker",
        last_name="Blomst",
        treatment_team=fact,
        nav_office=office,
        birth_year=1995,
        user=people["participant"],
    )
    stille = Participant(service=bodo, first_name="Stille", last_name="Skog")
    rask = Participant(service=drammen, first_name="Rask", last_name="Fjell")
    owners = [people[who] for who in ("specialist", "colleague", "outsider")]
    begin(list(zip((vakker, stille, rask), owners, strict=True)), started)
    employer = Employer.objects.create(service=bodo, name="Mørkved Dagligvare")
    contact = Contact.objects.create(
        service=bodo,
        specialist=people["specialist"],
        kind=ContactKind.EMPLOYER,
        status="held",
        on=started + timedelta(days=22),
        minutes=45,
        place="employer",
        employer=employer,
        decision_maker=True,
        purpose="get_to_know",
    )
    ContactParticipant.objects.create(contact=contact, participant=vakker, note="Første besøk.")
    return World(
        today=today,
        bodo=bodo,
        drammen=drammen,
        fact=fact,
        nav=office,
        people=people,
        vakker=vakker,
        stille=stille,
        rask=rask,
        employer=employer,
        extra={"contact": contact},
    )
