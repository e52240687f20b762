"""Two small services with the persons that the tests are about. Everybody and everything is made up."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress

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
    email = name.lower().replace(" ", ".").replace("ø", "o").replace("å", "a").replace("æ", "ae") + "@fotfeste.example"
    user = User.objects.create_user(email, name)  # signed in by the test client; hashing a password takes its time
    user.made_up = True
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Membership.objects.create(user=user, service=service, role=role, starts_on=since, **membership)
    return user


def participant(first: str, last: str, service: Service, specialist: User, started: date, **fields: Any) -> Participant:
    made = Participant.objects.create(service=service, first_name=first, last_name=last, **fields)
    referral = Referral.objects.create(
        participant=made,
        service=service,
        received_on=started - timedelta(days=10),
        source="therapist",
        wish="Vil ha en jobb å gå til.",
        short_name=made.short_name,
        outcome="started",
        concluded_on=started,
    )
    Period.objects.create(participant=made, referral=referral, starts_on=started)
    Assignment.objects.create(participant=made, specialist=specialist, starts_on=started - timedelta(days=3))
    return made


def build(today: date) -> World:
    since = today - timedelta(days=700)
    nav = Body.objects.create(kind="nav", name="NAV Bodø")
    bodo, drammen = Service.objects.create(name="IPS Bodø"), Service.objects.create(name="IPS Drammen")
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
    people = {key: person(name, role, service, since, body=nav) for key, (name, role, service) in roles.items()}
    started = today - timedelta(days=60)
    vakker = participant(
        "Vakker",
        "Blomst",
        bodo,
        people["specialist"],
        started,
        treatment_team=fact,
        nav_office=office,
        birth_year=1995,
    )
    stille = participant("Stille", "Skog", bodo, people["colleague"], started)
    rask = participant("Rask", "Fjell", drammen, people["outsider"], started)
    people["participant"] = person("Vakker Blomst", "deltaker", bodo, since)
    vakker.user = people["participant"]
    vakker.save()
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
