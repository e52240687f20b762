"""In a demo one click signs in as a made-up person; nobody else can be signed in so, and never outside a demo."""

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.demo.models import DemoWorld
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.demo import site_urls
from tests.site.conftest import world  # noqa: F401

pytestmark = pytest.mark.urls(site_urls.__name__)  # imported before a test says that this is a demo


@pytest.fixture
def demo(world, settings):  # noqa: F811
    """The small services of the tests, as a demo."""
    settings.DEMO = True
    persons = [
        {"user": user.pk, "name": user.name, "role": role, "service": "IPS Bodø", "place": "", "first": role == "leder"}
        for user, role in (
            (world.specialist, "jobbspesialist"),
            (world.outsider, "jobbspesialist"),
            (world.leader, "leder"),
        )
    ]
    with as_owner():
        DemoWorld.objects.create(seed=1, told_for=world.today, made_at=timezone.now(), persons=persons)
    return world


def click(client: Client, person: object):
    return client.post("/demo/inn/", {"person": person})


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("address", ["/demo/personer/", "/konto/login/"])
def test_the_made_up_persons_stand_on_the_page_by_name_and_role_with_a_button_each(demo, client, address):
    page = client.get(address).content.decode()

    assert "Kari Nilsen, Jobbspesialist" in page
    assert "Per Strand, Leder" in page
    assert f'name="person" value="{demo.specialist.pk}"' in page
    assert f'name="person" value="{demo.leader.pk}"' in page


def test_one_click_signs_in_and_leads_to_the_page_of_the_role(demo, client):
    response = click(client, demo.specialist.pk)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/")["Location"] == "/i-dag/"
    assert client.get("/i-dag/").status_code == 200


def test_signing_in_leaves_an_event(demo, client):
    click(client, demo.specialist.pk)

    with seen_by(demo.specialist, demo.today):
        assert WriteEvent.objects.filter(user=demo.specialist, action="accounts.signed_in").count() == 1


def test_one_can_change_to_a_person_of_another_service(demo, client):
    click(client, demo.specialist.pk)
    click(client, demo.outsider.pk)

    assert signed_in(client) == str(demo.outsider.pk)
    assert "Eva Sund" in client.get("/i-dag/").content.decode()


def test_a_person_who_was_added_to_the_demo_later_signs_in_like_everybody(demo, client):
    assert click(client, demo.supervisor.pk).status_code == 404
    assert signed_in(client) is None


def test_a_real_person_cannot_be_signed_in(demo, client):
    with as_owner():
        demo.specialist.made_up = False
        demo.specialist.save()

    assert click(client, demo.specialist.pk).status_code == 404
    assert signed_in(client) is None


def test_a_made_up_person_who_is_closed_out_cannot_be_signed_in(demo, client):
    with as_owner():
        demo.specialist.is_active = False
        demo.specialist.save()

    assert click(client, demo.specialist.pk).status_code == 404
    assert signed_in(client) is None


@pytest.mark.parametrize("person", ["", "0", "-1", "Kari", "9" * 30, "²"])
def test_who_is_nobody_is_not_found(demo, client, person):
    assert click(client, person).status_code == 404
    assert signed_in(client) is None


def test_looking_is_not_enough_to_sign_in(demo, client):
    assert client.get("/demo/inn/", {"person": demo.specialist.pk}).status_code == 405
    assert signed_in(client) is None


def test_nobody_is_signed_in_outside_a_demo_even_at_its_addresses(demo, client, settings):
    settings.DEMO = False

    assert click(client, demo.specialist.pk).status_code == 404
    assert signed_in(client) is None


@pytest.mark.urls("fotfeste_web.config.urls")
def test_the_addresses_are_not_there_outside_a_demo(world, client):  # noqa: F811
    assert client.get("/demo/personer/").status_code == 404
    assert click(client, world.specialist.pk).status_code == 404
    assert "Kari Nilsen" not in client.get("/konto/login/").content.decode()
