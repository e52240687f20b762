"""Services with their teams and offices, and those who sign in."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress

from fotfeste.norway.codes import municipalities
from fotfeste_web.accounts.models import User
from fotfeste_web.demo.story.world import Person
from fotfeste_web.organisations.models import Body, BodyKind, Membership, NavOffice, Service, TreatmentTeam
from fotfeste_web.rows.roles import roles

from .loaded import Loaded

# Where the story has one of a kind for all services.
OF_ALL = {
    "nav": "NAV", "health_trust": "Det regionale helseforetaket", "foundation": "Stiftelsen for metodetrohet",
    "other": "Universitetet",
}  # fmt: skip
OF_A_PLACE = {"nav": "NAV {}", "health_trust": "Helseforetaket i {}", "municipality": "{} kommune"}
ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", " ": "."})
PICKED_FIRST = ("bodo-jobbspesialist-1", "bodo-metodeveileder-1", "deltaker")


def load(loaded: Loaded) -> None:
    world = loaded.world
    services = [
        Service(
            name=service.name,
            catchment=_catchment(loaded, service.key),
            created_at=loaded.at_work(service.opened_on),
        )
        for service in world.services
    ]
    loaded.services = _by_key(world.services, Service.objects.bulk_create(services))
    bodies = {
        body.name: body
        for body in Body.objects.bulk_create(Body(kind=kind, name=name) for kind, name in sorted(_bodies(loaded)))
    }
    teams = [
        TreatmentTeam(
            service=loaded.services[team.service],
            name=team.name,
            body=bodies[_body("municipality" if team.kind == "fact" else "health_trust", _place(loaded, team.service))],
        )
        for team in world.teams
    ]
    loaded.teams = _by_key(world.teams, TreatmentTeam.objects.bulk_create(teams))
    offices = [NavOffice(service=loaded.services[office.service], name=office.name) for office in world.nav_offices]
    loaded.offices = _by_key(world.nav_offices, NavOffice.objects.bulk_create(offices))
    users = [_user(loaded, person) for person in world.people]
    loaded.users = _by_key(world.people, User.objects.bulk_create(users))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    Membership.objects.bulk_create(
        membership for person in world.people for membership in _memberships(loaded, person, bodies)
    )


def to_pick(loaded: Loaded) -> list[dict[str, Any]]:
    """Give those who can be picked on the sign-in page: the first service, what is for all, the others; by role."""
    services, ranks = [(service.key,) for service in loaded.world.services], list(roles())
    there = [person for person in loaded.world.people if person.ends_on is None]
    there.sort(
        key=lambda person: (
            services.index(person.services) if person.services in services else 0.5,
            ranks.index(person.role),
            person.key,
        )
    )
    return [
        {
            "user": loaded.users[person.key].pk,
            "name": person.name,
            "role": person.role,
            "service": loaded.services[person.services[0]].name if len(person.services) == 1 else "",
            "place": _works_at(loaded, person),
            "first": person.key in PICKED_FIRST,
        }
        for person in there
    ]


def _works_at(loaded: Loaded, person: Person) -> str:
    if person.nav_office:
        return loaded.offices[person.nav_office].name
    return loaded.teams[person.teams[0]].name if len(person.teams) == 1 else ""


def _by_key(told: tuple[Any, ...], rows: list[Any]) -> dict[str, Any]:
    return {one.key: row for one, row in zip(told, rows, strict=True)}


def _catchment(loaded: Loaded, service: str) -> str:
    codes = sorted({employer.municipality for employer in loaded.world.employers if employer.service == service})
    return " og ".join(municipalities()[code].name for code in codes)


def _place(loaded: Loaded, service: str) -> str:
    return next(s.name for s in loaded.world.services if s.key == service).removeprefix("IPS ")


def _body(kind: str, place: str | None) -> str:
    return OF_A_PLACE[kind].format(place) if place and kind in OF_A_PLACE else OF_ALL[kind]


def _bodies(loaded: Loaded) -> set[tuple[str, str]]:
    places = [_place(loaded, service.key) for service in loaded.world.services]
    kinds = [(kind, None) for kind in OF_ALL] + [(kind, place) for kind in OF_A_PLACE for place in places]
    return {(str(BodyKind(kind)), _body(kind, place)) for kind, place in kinds}


def _user(loaded: Loaded, person: Person) -> User:
    email = person.name.lower().translate(ASCII) + "@fotfeste.example"
    user = User(email=email, name=person.name, made_up=True, joined_at=loaded.at_work(person.starts_on))
    user.set_unusable_password()
    return user


def _memberships(loaded: Loaded, person: Person, bodies: dict[str, Body]) -> Iterator[Membership]:
    place = _place(loaded, person.services[0]) if len(person.services) == 1 else None
    for service in person.services or (None,):
        yield Membership(
            user=loaded.users[person.key],
            service=loaded.services[service] if service else None,
            role=person.role,
            body=None if person.participant else bodies[_body(person.employed_by, place)],
            team=loaded.teams[person.teams[0]] if len(person.teams) == 1 else None,
            post_share=person.post_share,
            starts_on=person.starts_on,
            ends_on=person.ends_on - timedelta(1) if person.ends_on else None,
        )
