"""Who reaches what, for every address in the list of addresses, by GET and by POST, for every role."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from fotfeste_web.audit.models import ReadEvent
from tests.architecture.addresses import EVERYBODY, OF_AN_OBJECT, OF_NO_OBJECT, PUBLIC, named, objects
from tests.database import as_owner, leave
from tests.site.conftest import world  # noqa: F401
from tests.site.world import World

REFUSED = (403, 404)
OUTSIDE = {
    role: f"outside_{role}" if role != "specialist" else "outsider" for role in EVERYBODY - {"colleague", "installer"}
}


class Persons:
    """A browser for each person, whose requests leave nothing behind."""

    def __init__(self, world: World) -> None:  # noqa: F811
        self.world = world
        self.clients: dict[str, Client] = {}

    def ask(self, person: str, method: str, address: str) -> int:
        with self.asked(person, method, address) as status:
            return status

    @contextmanager
    def asked(self, person: str, method: str, address: str) -> Iterator[int]:
        if person not in self.clients:
            leave()
            self.clients[person] = Client(raise_request_exception=True)
            self.clients[person].force_login(self.world.people[person])
        leave()
        with transaction.atomic():
            yield getattr(self.clients[person], method)(address).status_code
            transaction.set_rollback(True)
        leave()


@pytest.fixture
def persons(world: World) -> Persons:  # noqa: F811
    return Persons(world)


def test_every_address_is_listed():
    names = {pattern.name for pattern in named()}
    assert names == set(OF_AN_OBJECT) | set(OF_NO_OBJECT) | PUBLIC


def test_an_address_with_an_object_is_listed_with_it():
    for pattern in named():
        if pattern.pattern.converters and pattern.name not in PUBLIC:
            assert pattern.name in OF_AN_OBJECT, pattern.name


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_an_object_is_reached_by_those_who_may_and_by_nobody_else(world, persons, role):  # noqa: F811
    with as_owner():
        rows = objects(world)
    wrong = []
    for name, address in OF_AN_OBJECT.items():
        url = reverse(name, kwargs=address.kwargs(rows))
        for method, entitled in (("get", address.reads), ("post", address.writes)):
            status = persons.ask(role, method, url)
            expected = (200, 302, 409, 422) if role in entitled else (*REFUSED, 405)
            if status not in expected:
                wrong.append(f"{name} {method}: {status}")
            # The same role in the other service: not even that the object exists is told.
            if role in entitled and role in OUTSIDE and (status := persons.ask(OUTSIDE[role], method, url)) != 404:
                wrong.append(f"{name} {method} by {OUTSIDE[role]}: {status}")
    assert wrong == []


def test_a_page_about_a_person_leaves_a_read_event(world, persons):  # noqa: F811
    with as_owner():
        rows = objects(world)
    wrong = []
    for name, address in OF_AN_OBJECT.items():
        if not address.reads:
            continue
        role = "specialist" if "specialist" in address.reads else min(address.reads)
        with persons.asked(role, "get", reverse(name, kwargs=address.kwargs(rows))) as status, as_owner():
            looks = ReadEvent.objects.filter(user=world.people[role]).exclude(pk=rows[ReadEvent].pk)
            about_somebody = [bool(look.participant_id or look.participants) for look in looks]
        if status != 200 or bool(about_somebody) is address.about_nobody or not all(about_somebody):
            wrong.append(f"{name}: {status}, {about_somebody}")
    assert wrong == []


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_a_page_is_for_the_roles_that_have_it(persons, role):
    reached = {name for name in OF_NO_OBJECT if persons.ask(role, "get", reverse(name)) in (200, 302)}
    assert reached == {name for name, roles in OF_NO_OBJECT.items() if role in roles}


def test_nobody_gets_in_without_signing_in(world):  # noqa: F811
    with as_owner():
        rows = objects(world)
    leave()
    wrong = []
    for name in {*OF_NO_OBJECT, *OF_AN_OBJECT}:
        url = reverse(name, kwargs=OF_AN_OBJECT[name].kwargs(rows) if name in OF_AN_OBJECT else {})
        for method in ("get", "post"):
            response = getattr(Client(), method)(url)
            if response.status_code != 302 or not response["Location"].startswith(reverse("account_login")):
                wrong.append(f"{name} {method}: {response.status_code}")
    assert wrong == []
