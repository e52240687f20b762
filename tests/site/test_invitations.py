"""Inviting somebody, and coming in by the link: once, in time, by the right person, by somebody's living power."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.organisations import actions
from fotfeste_web.organisations.invitations import InvitationGone, open_link
from fotfeste_web.organisations.models import Invitation, Membership
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner, leave
from tests.site.conftest import Browser

PASSWORD = "tolv blanke teskjeer"
NEW = {"name": "Mona Lie", "password": PASSWORD}


def invited(world, by="administrator", **changes) -> str:
    """Invite somebody to Bodø and give the token."""
    fields = {
        "email": "mona.lie@fotfeste.example",
        "name": "Mona Lie",
        "role": "jobbspesialist",
        "service": world.bodo,
        "team": None,
        "post_share": 80,
        "starts_on": world.today,
        "ends_on": None,
    }
    by = world.people[by]
    with seen_by(by, world.today):
        _, token = actions.invite(by=by, body=None, new_body=None, **(fields | changes))
    return token


def typed(world, **changes) -> dict:
    return {
        "email": "Mona.Lie@fotfeste.example",
        "name": "Mona Lie",
        "role": "jobbspesialist",
        "service": world.bodo.pk,
        "post_share": 80,
        "starts_on": world.today.isoformat(),
    } | changes


def memberships(email: str) -> list[tuple]:
    with as_owner():
        held = Membership.objects.filter(user__email=email).order_by("pk")
        return list(held.values_list("service__name", "role", "post_share"))


def events(name: str) -> list[WriteEvent]:
    with as_owner():
        return list(WriteEvent.objects.filter(action=name))


def test_the_link_is_shown_once_and_only_its_hash_is_stored(world, sign_in):
    client = sign_in(world.administrator)
    answer = client.post("/folk/inviter/", typed(world, new_body_name="Bodø kommune", new_body_kind="municipality"))
    shown = client.get(answer["Location"]).content.decode()
    token = re.search(r"http://localhost:8000/inn/([\w-]{43})/", shown)[1]
    assert token not in client.get(answer["Location"]).content.decode()
    with as_owner():
        stored = Invitation.objects.get()
    assert bytes(stored.link_hash) == sha256(token.encode()).digest()
    assert (stored.email, stored.post_share, stored.invited_by) == (
        "mona.lie@fotfeste.example",
        80,
        world.administrator,
    )
    [event] = events("people.invited")
    assert event.user == world.administrator
    assert "mona" not in str(event.details)


def test_where_mail_is_set_up_the_link_is_sent_and_not_shown(
    world, sign_in, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.MAIL_IS_SET_UP = True
    client = sign_in(world.administrator)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/folk/inviter/", typed(world))
    [letter] = mailoutbox
    assert letter.to == ["mona.lie@fotfeste.example"]
    assert re.search(r"http://localhost:8000/inn/[\w-]{43}/", letter.body)
    assert "obbspesialist" not in letter.body
    assert "IPS Bodø" not in letter.body
    assert "/inn/" not in client.get(answer["Location"]).content.decode()


def test_a_form_sent_twice_invites_once(world, sign_in):
    client = sign_in(world.administrator)
    form = typed(world, form_key="0b7e63cf-8e5b-4f0f-9f5c-1d2b3a4c5d6e")
    assert client.post("/folk/inviter/", form)["Location"] == client.post("/folk/inviter/", form)["Location"]
    with as_owner():
        assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role": "behandler"}, "Velg hvilket team personen arbeider i."),
        ({"role": "deltaker"}, "Velg et gyldig valg."),
        ({"ends_on": "2020-01-01"}, "Siste dag kan ikke være før første dag."),
        ({"post_share": 101}, "mindre enn eller lik 100"),
        ({"service": ""}, "må fylles ut|Feltet er påkrevet"),
        ({"email": "kari.nilsen@fotfeste.example"}, "Denne personen har allerede rollen."),
    ],
)
def test_a_wrong_invitation_is_refused_with_a_sentence(world, sign_in, changes, sentence):
    answer = sign_in(world.administrator).post("/folk/inviter/", typed(world, **changes))
    assert answer.status_code == 422
    assert re.search(sentence, answer.content.decode())
    assert "Mona Lie" in answer.content.decode()
    with as_owner():
        assert not Invitation.objects.exists()


def test_nobody_invites_to_a_service_that_is_not_theirs(world, sign_in):
    """Neither through the form nor past it."""
    answer = sign_in(world.administrator).post("/folk/inviter/", typed(world, service=world.drammen.pk))
    assert answer.status_code == 422
    for service in (world.drammen, None):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            invited(world, service=service, role="administrator")
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            seen_by(world.administrator, world.today),
        ):
            Membership.objects.create(
                user=world.administrator, service=service, role="administrator", starts_on=world.today
            )


@pytest.mark.parametrize("role", ["specialist", "supervisor", "therapist", "leader", "participant"])
def test_a_member_cannot_give_herself_a_role(world, role):
    me = world.people[role]
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(me, world.today):
        Membership.objects.create(user=me, service=world.bodo, role="administrator", starts_on=world.today)
    with seen_by(me, world.today):
        assert Membership.objects.filter(user=me).update(role="administrator") == 0


def test_an_invited_person_makes_an_account_and_has_the_role(world):
    link, client = f"/inn/{invited(world)}/", Browser()
    page = client.get(link).content.decode()
    assert all(
        word in page
        for word in ("Tor Aune", "Jobbspesialist", "IPS Bodø", "mona.lie@fotfeste.example", 'value="Mona Lie"')
    )
    answer = client.post(link, NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/konto/2fa/")
    assert memberships("mona.lie@fotfeste.example") == [("IPS Bodø", "jobbspesialist", 80)]
    with as_owner():
        user = User.objects.get(email="mona.lie@fotfeste.example")
        address = user.emailaddress_set.get()
    assert (address.verified, address.primary) == (True, True)
    assert user.check_password(PASSWORD)
    [event] = events("people.invitation_accepted")
    assert (event.user, event.service_id) == (user, world.bodo.pk)
    assert client.get("/min-konto/")["Location"] == "/konto/2fa/"  # signed in, and no further without a second factor


def test_a_weak_password_makes_no_account_and_leaves_the_invitation_open(world):
    link, client = f"/inn/{invited(world)}/", Browser()
    answer = client.post(link, {"name": "Mona Lie", "password": "passord"})
    assert answer.status_code == 422
    assert "Mona Lie" in answer.content.decode()
    with as_owner():
        assert not User.objects.filter(email="mona.lie@fotfeste.example").exists()
    assert client.get(link).status_code == 200


def used(world):
    token = invited(world)
    assert Browser().post(f"/inn/{token}/", NEW).status_code == 302
    return token


def expired(world):
    token = invited(world)
    with as_owner():
        Invitation.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    return token


def withdrawn(world):
    token = invited(world)
    with seen_by(world.administrator, world.today):
        actions.withdraw_invitation(Invitation.objects.get(), by=world.administrator)
    return token


def renewed(world):
    token = invited(world)
    with seen_by(world.administrator, world.today):
        actions.renew_invitation(Invitation.objects.get(), by=world.administrator)
    return token


def from_one_who_has_left(world):
    token = invited(world)
    with as_owner():
        Membership.objects.filter(user=world.administrator).update(ends_on=world.today - timedelta(days=1))
    return token


@pytest.mark.parametrize("dead", [used, expired, withdrawn, renewed, from_one_who_has_left])
def test_a_dead_link_answers_as_one_that_never_was(world, dead):
    token = dead(world)
    with as_owner():
        before = User.objects.count()
    for method in ("get", "post"):
        never = getattr(Browser(), method)("/inn/aldri-laget/", NEW)
        answer = getattr(Browser(), method)(f"/inn/{token}/", NEW)
        assert answer.status_code == never.status_code == 404
        assert answer.content == never.content
        assert "Lenken virker ikke" in answer.content.decode()
    with as_owner():
        assert User.objects.count() == before


def test_a_second_person_cannot_take_an_invitation(world, sign_in):
    token = invited(world)
    answer = sign_in(world.outsider).post(f"/inn/{token}/")
    assert "gjelder en annen" in answer.content.decode()
    with seen_by(world.outsider, world.today), pytest.raises(InvitationGone):
        actions.accept_invitation(open_link(token, world.today), by=world.outsider, today=world.today)
    assert memberships(world.outsider.email) == [("IPS Drammen", "jobbspesialist", 100)]


def test_two_who_opened_the_same_link_do_not_both_come_in(world):
    token = invited(world)
    with transaction.atomic():
        leave()
        first, second = open_link(token, world.today), open_link(token, world.today)
        actions.accept_invitation(first, by=None, today=world.today, email="mona.lie@fotfeste.example", **NEW)
    with as_owner():
        someone = User.objects.get(email="mona.lie@fotfeste.example")
    with seen_by(someone, world.today), pytest.raises(InvitationGone):
        actions.accept_invitation(second, by=someone, today=world.today)
    assert len(memberships("mona.lie@fotfeste.example")) == 1


def test_one_who_has_an_account_signs_in_and_says_yes(world, sign_in):
    link = f"/inn/{invited(world, email=world.outsider.email)}/"
    assert f"/konto/login/?next={link}" in Browser().get(link).content.decode()
    assert Browser().post(link, NEW).status_code == 200
    assert sign_in(world.outsider).post(link)["Location"] == "/"
    assert memberships(world.outsider.email) == [
        ("IPS Drammen", "jobbspesialist", 100),
        ("IPS Bodø", "jobbspesialist", 80),
    ]


def test_guessing_links_is_limited(world):
    client = Browser()
    answers = [client.get(f"/inn/gjett-{number}/").status_code for number in range(21)]
    assert answers == [404] * 20 + [429]


def token_of(link: str) -> str:
    assert link.startswith("https://ips.example.no/inn/")
    return link.removeprefix("https://ips.example.no/inn/").removesuffix("/")


@pytest.fixture
def first_link(db) -> str:
    with as_owner():
        return actions.first_administrator_link("https://ips.example.no/")


def test_the_first_administrator_comes_in_once(first_link):
    link = f"/inn/{token_of(first_link)}/"
    form = {"email": "Liv@fotfeste.example", "name": "Liv Ness", "password": PASSWORD}
    assert "første administratoren" in Browser().get(link).content.decode()
    assert Browser().post(link, form)["Location"] == "/konto/2fa/"
    assert memberships("liv@fotfeste.example") == [(None, "administrator", 100)]
    again = Browser().post(link, form | {"email": "tyv@fotfeste.example"})
    assert again.status_code == 404
    with as_owner():
        assert User.objects.count() == 1
        assert actions.first_administrator_link("https://ips.example.no") is None


def test_a_new_start_makes_a_new_first_link_and_ends_the_old(first_link):
    with as_owner():
        newer = actions.first_administrator_link("https://ips.example.no")
    assert Browser().get(f"/inn/{token_of(first_link)}/").status_code == 404
    assert Browser().get(f"/inn/{token_of(newer)}/").status_code == 200


def test_the_first_link_lives_a_day(first_link):
    with as_owner():
        left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(hours=23, minutes=55) < left <= timedelta(hours=24)


def test_the_first_link_gives_nothing_where_somebody_is_already(first_link, world):
    form = {"email": "tyv@fotfeste.example", "name": "Tyv", "password": PASSWORD}
    assert Browser().post(f"/inn/{token_of(first_link)}/", form).status_code == 404
    with as_owner():
        assert not User.objects.filter(email="tyv@fotfeste.example").exists()


def test_the_site_itself_cannot_make_a_first_link(db):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        actions.first_administrator_link("https://ips.example.no")
