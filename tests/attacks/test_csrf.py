"""A form of another site is refused at every address that takes one, by whoever is signed in."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.architecture.addresses import OF_AN_OBJECT, OF_NO_OBJECT, named, objects
from tests.database import as_owner, leave

TOKEN = "a" * 32
OTHER = "b" * 32
PAGE = "Siden var åpen for lenge"  # the page of a missing token, and no other


def strict(user) -> Client:
    leave()
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.cookies["csrftoken"] = TOKEN
    return client


@pytest.mark.more
def test_every_address_that_stores_refuses_a_form_without_the_token_of_the_browser(world):
    with as_owner():
        rows = objects(world)
    addresses = {name: (of.writes, reverse(name, kwargs=of.kwargs(rows))) for name, of in OF_AN_OBJECT.items()}
    addresses |= {name: (people, reverse(name)) for name, people in OF_NO_OBJECT.items()}
    clients: dict[str, Client] = {}
    let_through, tried = [], 0
    for name, (people, address) in addresses.items():
        for person in sorted(people)[:1]:
            client = clients.setdefault(person, strict(world.people[person]))
            for sent in ({}, {"csrfmiddlewaretoken": OTHER}, {"csrfmiddlewaretoken": TOKEN[:31]}):
                leave()
                answer = client.post(address, sent)
                tried += 1
                if answer.status_code != 403 or PAGE not in answer.content.decode():
                    let_through.append(f"{name} {sent}: {answer.status_code}")
    assert let_through == []
    assert tried > 250


def test_so_do_signing_in_and_out_and_the_open_links(world):
    leave()
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = TOKEN
    open_ones = [
        reverse("accept_invitation", args=["x" * 43]),
        "/konto/login/",
        "/konto/logout/",
        "/konto/2fa/authenticate/",
    ]
    assert {pattern.name for pattern in named()} >= {"accept_invitation"}
    for address in open_ones:
        assert client.post(address, {"login": "a@fotfeste.example"}).status_code == 403, address


def test_with_the_token_of_the_browser_the_same_form_is_stored(world):
    """Else the tests above would pass on a site that refuses everything."""
    client = strict(world.specialist)
    leave()
    answer = client.post("/arbeidsgivere/ny/", {"name": "Bakeriet Bris", "version": "1", "csrfmiddlewaretoken": TOKEN})
    assert answer.status_code == 302


def test_a_request_from_another_origin_is_refused_though_it_has_the_token(world):
    client = strict(world.specialist)
    leave()
    form = {"name": "Bakeriet Bris", "version": "1", "csrfmiddlewaretoken": TOKEN}
    assert client.post("/arbeidsgivere/ny/", form, headers={"origin": "https://ond.example"}).status_code == 403


def test_no_address_that_only_stores_answers_to_a_link(world, sign_in):
    """A link or a picture of another site carries the cookie; what it opens must not store."""
    with as_owner():
        rows = objects(world)
    answered = []
    for name, of in OF_AN_OBJECT.items():
        if of.writes and not of.reads:
            leave()
            status = sign_in(world.people[min(of.writes)]).get(reverse(name, kwargs=of.kwargs(rows))).status_code
            if status not in (404, 405):
                answered.append(f"{name}: {status}")
    assert answered == []
