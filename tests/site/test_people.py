"""Folk og roller: changing, ending, services and places; and a second factor that is got back by two."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fotfeste_web.accounts import actions as accounts
from fotfeste_web.accounts.models import RecoveryRequest, User
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.organisations.models import Membership, NavOffice, Service, TreatmentTeam
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.site.world import person


def membership_of(user, **where) -> Membership:
    with as_owner():
        return Membership.objects.get(user=user, **where)


def terms(user) -> list[tuple]:
    with as_owner():
        held = Membership.objects.filter(user=user).order_by("starts_on")
        return list(held.values_list("post_share", "starts_on", "ends_on"))


def events(name: str) -> list[WriteEvent]:
    with as_owner():
        return list(WriteEvent.objects.filter(action=name))


@pytest.mark.parametrize("role", ["specialist", "supervisor", "therapist", "leader", "researcher", "participant"])
def test_only_administrators_reach_people_and_roles(world, sign_in, role):
    client, held = sign_in(world.people[role]), membership_of(world.specialist)
    for address in (
        "/folk/",
        "/folk/inviter/",
        f"/folk/{held.pk}/",
        f"/folk/{held.pk}/avslutt/",
        f"/folk/{held.pk}/gjenoppretting/",
        "/tjenester/ny/",
        f"/tjenester/{world.bodo.pk}/",
    ):
        assert client.get(address).status_code == client.post(address).status_code == 403


def test_another_services_people_and_places_are_not_found(world, sign_in):
    held = membership_of(world.outsider)
    with as_owner():
        team = TreatmentTeam.objects.create(service=world.drammen, name="FACT Drammen")
        world.bodo_admin_works_in_drammen = Membership.objects.create(
            user=world.administrator, service=world.drammen, role="jobbspesialist", starts_on=world.today
        )
    client = sign_in(world.administrator)
    assert "Eva Sund" not in client.get("/folk/").content.decode()
    for address in (
        f"/folk/{held.pk}/",
        f"/folk/{held.pk}/avslutt/",
        f"/folk/{held.pk}/gjenoppretting/",
        f"/tjenester/{world.drammen.pk}/",
        f"/tjenester/{world.drammen.pk}/behandlingsteam/ny/",
        f"/tjenester/{world.drammen.pk}/nav-kontor/ny/",
    ):
        assert client.get(address).status_code == client.post(address).status_code == 404
    assert client.post(f"/behandlingsteam/{team.pk}/nedlegg/").status_code == 404


def test_the_page_shows_who_is_here_and_asks_as_often_for_many_as_for_few(world, sign_in):
    client = sign_in(world.administrator)
    client.get("/folk/")
    with CaptureQueriesContext(connection) as few:
        page = client.get("/folk/").content.decode()
    assert "Kari Nilsen" in page
    assert "Jobbspesialist" in page
    assert "Vakker" not in page  # a participant's own account is no colleague
    with as_owner():
        for number in range(10):
            person(f"Ny Kollega {number}", "jobbspesialist", world.bodo, world.today)
    with CaptureQueriesContext(connection) as many:
        assert "Ny Kollega 9" in client.get("/folk/").content.decode()
    assert len(many) == len(few)


def test_a_new_post_share_from_a_day_leaves_what_was_true_before(world, sign_in):
    held, client = membership_of(world.specialist), sign_in(world.administrator)
    start, change = held.starts_on, world.today + timedelta(days=10)
    answer = client.post(f"/folk/{held.pk}/", {"post_share": 60, "applies_from": change.isoformat()})
    assert answer.status_code == 302
    assert terms(world.specialist) == [(100, start, change - timedelta(days=1)), (60, change, None)]
    [event] = events("people.membership_changed")
    assert event.details == {"post_share": 60}


def test_a_change_from_the_first_day_is_a_correction(world, sign_in):
    held = membership_of(world.specialist)
    form = {"post_share": 50, "applies_from": held.starts_on.isoformat()}
    assert sign_in(world.administrator).post(f"/folk/{held.pk}/", form).status_code == 302
    assert terms(world.specialist) == [(50, held.starts_on, None)]


def test_a_change_before_the_first_day_is_refused(world, sign_in):
    held = membership_of(world.specialist)
    form = {"post_share": 50, "applies_from": (held.starts_on - timedelta(days=1)).isoformat()}
    answer = sign_in(world.administrator).post(f"/folk/{held.pk}/", form)
    assert answer.status_code == 422
    assert terms(world.specialist) == [(100, held.starts_on, None)]
    assert not events("people.membership_changed")


def test_one_who_leaves_is_signed_out_everywhere(world, sign_in):
    phone, desk, held = sign_in(world.specialist), sign_in(world.specialist), membership_of(world.specialist)
    assert phone.get("/min-konto/").status_code == desk.get("/min-konto/").status_code == 200
    form = {"outside_from": world.today.isoformat()}
    assert sign_in(world.administrator).post(f"/folk/{held.pk}/avslutt/", form).status_code == 302
    for browser in (phone, desk):
        assert browser.get("/min-konto/")["Location"].startswith("/konto/login/")
    with seen_by(world.specialist, world.today) as scope:
        assert scope.roles == ()
    [event] = events("people.member_ended")
    assert event.details == {"role": "jobbspesialist", "sessions_ended": True}


def test_one_who_has_left_is_managed_no_longer(world):
    """An account can be another service's by now: its name, password and second factor are none of ours."""
    with as_owner():
        Membership.objects.filter(user=world.specialist).update(ends_on=world.today - timedelta(days=2))
    with seen_by(world.administrator, world.today):
        assert User.objects.filter(pk=world.specialist.pk).update(name="En annen") == 0
        assert User.objects.filter(pk=world.colleague.pk).update(phone="90000000") == 1
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(world.administrator, world.today):
        RecoveryRequest.objects.create(user=world.specialist, asked_by=world.administrator, reason="Ringte.")


def test_one_who_leaves_later_stays_signed_in_till_then(world, sign_in):
    browser, held = sign_in(world.specialist), membership_of(world.specialist)
    browser.get("/min-konto/")
    last = world.today + timedelta(days=30)
    form = {"outside_from": (last + timedelta(days=1)).isoformat()}
    assert sign_in(world.administrator).post(f"/folk/{held.pk}/avslutt/", form).status_code == 302
    assert browser.get("/min-konto/").status_code == 200
    assert membership_of(world.specialist).ends_on == last


def test_a_role_given_by_mistake_today_can_be_taken_back_today(world, sign_in):
    with as_owner():
        wrong = person("Feil Person", "jobbspesialist", world.bodo, world.today)
    held = membership_of(wrong)
    form = {"outside_from": world.today.isoformat()}
    assert sign_in(world.administrator).post(f"/folk/{held.pk}/avslutt/", form).status_code == 302
    with seen_by(wrong, world.today) as scope:
        assert scope.roles == ()


def test_before_the_end_one_sees_how_many_must_be_given_to_others(world, sign_in):
    held = membership_of(world.specialist)
    page = sign_in(world.administrator).get(f"/folk/{held.pk}/avslutt/").content.decode()
    assert "1 deltaker har personen som jobbspesialist" in page
    assert "Vakker" not in page


def test_what_is_left_behind_is_told_to_those_who_manage_the_service_alone(world):
    question = "SELECT participants FROM left_behind(%s, %s, %s)"
    for asks, answer in (("administrator", [(1,)]), ("outside_administrator", []), ("specialist", [])):
        with seen_by(world.people[asks], world.today), connection.cursor() as cursor:
            cursor.execute(question, [world.specialist.pk, world.bodo.pk, world.today])
            assert cursor.fetchall() == answer


def test_the_last_administrator_of_the_installation_stays(world, sign_in):
    held, client = membership_of(world.installer), sign_in(world.installer)
    answer = client.post(f"/folk/{held.pk}/avslutt/", {"outside_from": world.today.isoformat()})
    assert answer.status_code == 422
    assert "Noen må administrere installasjonen" in answer.content.decode()
    assert membership_of(world.installer).ends_on is None


def test_a_service_is_added_by_the_installer_alone(world, sign_in):
    form = {
        "name": "IPS Tromsø",
        "catchment": "Tromsø",
        "quiet_days": 14,
        "first_employer_days": 30,
        "collaboration": "consent",
    }
    assert sign_in(world.administrator).post("/tjenester/ny/", form).status_code == 403
    answer = sign_in(world.installer).post("/tjenester/ny/", form)
    with as_owner():
        added = Service.objects.get(name="IPS Tromsø")
    assert answer["Location"] == f"/tjenester/{added.pk}/"
    assert [event.subject_id for event in events("places.service_added")] == [str(added.pk)]


def test_a_service_cannot_take_the_name_of_one_that_is_not_seen(world, sign_in):
    form = {"name": "IPS Drammen", "quiet_days": 14, "first_employer_days": 30, "collaboration": "consent"}
    answer = sign_in(world.administrator).post(f"/tjenester/{world.bodo.pk}/", form)
    assert answer.status_code == 422
    assert "En annen tjeneste har dette navnet." in answer.content.decode()


def test_settings_teams_and_offices_are_kept(world, sign_in):
    client, at = sign_in(world.administrator), f"/tjenester/{world.bodo.pk}/"
    settings = {"name": "IPS Bodø", "quiet_days": 10, "first_employer_days": 30, "collaboration": "health_25"}
    assert client.post(at, settings).status_code == 302
    assert client.post(f"{at}behandlingsteam/ny/", {"name": "DPS Salten"}).status_code == 302
    assert client.post(f"{at}behandlingsteam/ny/", {"name": "DPS Salten"}).status_code == 422
    assert client.post(f"{at}nav-kontor/ny/", {"name": "NAV Fauske"}).status_code == 302
    assert client.post(f"/behandlingsteam/{world.fact.pk}/nedlegg/").status_code == 302
    assert client.post(f"/nav-kontor/{world.nav.pk}/nedlegg/").status_code == 302
    assert client.post(f"/nav-kontor/{world.nav.pk}/nedlegg/", {"reopen": "1"}).status_code == 302
    with as_owner():
        assert Service.objects.get(pk=world.bodo.pk).quiet_days == 10
        open_teams = TreatmentTeam.objects.filter(service=world.bodo, closed_on=None)
        assert [team.name for team in open_teams] == ["DPS Salten"]
        assert NavOffice.objects.filter(service=world.bodo, closed_on=None).count() == 2
    counts = {"service_changed": 1, "team_added": 1, "office_added": 1, "closed": 2, "reopened": 1}
    assert {name: len(events(f"places.{name}")) for name in counts} == counts


@pytest.fixture
def second(world):
    """Another administrator in Bodø."""
    with as_owner():
        return person("Berit Voll", "administrator", world.bodo, world.today)


@pytest.fixture
def asked(world, sign_in) -> RecoveryRequest:
    """The specialist has lost the phone, and an administrator has asked."""
    with as_owner():
        Authenticator.objects.create(user=world.specialist, type="totp", data={"secret": "x"})
        Authenticator.objects.create(user=world.specialist, type="recovery_codes", data={"seed": "x"})
    held = membership_of(world.specialist)
    form = {"reason": "Snakket sammen på kontoret."}
    assert sign_in(world.administrator).post(f"/folk/{held.pk}/gjenoppretting/", form).status_code == 302
    with as_owner():
        return RecoveryRequest.objects.get()


def test_two_administrators_take_a_lost_second_factor_away(world, second, asked, sign_in):
    browser = sign_in(world.specialist)
    page = browser.get("/min-konto/").content.decode()
    assert "Tor Aune ba" in page
    assert "Venter på svar" in page
    assert "har mistet sin andre faktor" in sign_in(second).get("/folk/").content.decode()
    answer = sign_in(second).post(f"/gjenoppretting/{asked.pk}/", {"answer": "agree"})
    assert answer.status_code == 302
    with as_owner():
        assert not Authenticator.objects.filter(user=world.specialist).exists()
        assert RecoveryRequest.objects.get().agreed_by == second
    assert browser.get("/min-konto/")["Location"].startswith("/konto/login/")
    assert [event.user for event in events("people.recovery_agreed")] == [second]


def test_one_alone_cannot_recover_a_second_factor(world, asked, sign_in):
    """Not by the page, not by the action, not by SQL in her own name or in another's."""
    answer = sign_in(world.administrator).post(f"/gjenoppretting/{asked.pk}/", {"answer": "agree"})
    assert answer.status_code == 422
    assert "En annen administrator må svare." in answer.content.decode()
    with seen_by(world.administrator, world.today), pytest.raises(accounts.NeedsAnotherPerson):
        accounts.agree_recovery(asked, by=world.administrator)
    with pytest.raises(IntegrityError, match="recovery_by_two_people"), seen_by(world.administrator, world.today):
        RecoveryRequest.objects.update(agreed_by=world.administrator)
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(world.administrator, world.today):
        RecoveryRequest.objects.update(agreed_by=world.installer)
    with as_owner():
        assert Authenticator.objects.filter(user=world.specialist).count() == 2


def test_nobody_agrees_to_their_own_recovery(world, second, sign_in):
    with seen_by(world.administrator, world.today):
        about_second = accounts.ask_recovery(second, reason="Ringte.", by=world.administrator)
    assert sign_in(second).post(f"/gjenoppretting/{about_second.pk}/", {"answer": "agree"}).status_code == 422
    with seen_by(second, world.today):
        assert RecoveryRequest.objects.update(agreed_by=second) == 0


@pytest.mark.parametrize(("role", "status"), [("outside_administrator", 404), ("supervisor", 403)])
def test_others_cannot_answer_a_recovery(world, asked, sign_in, role, status):
    client = sign_in(world.people[role])
    assert client.get(f"/gjenoppretting/{asked.pk}/").status_code == status
    assert client.post(f"/gjenoppretting/{asked.pk}/", {"answer": "agree"}).status_code == status


def test_a_refused_recovery_changes_nothing_and_cannot_be_agreed_to(world, second, asked, sign_in):
    client = sign_in(second)
    assert client.post(f"/gjenoppretting/{asked.pk}/", {"answer": "refuse"}).status_code == 302
    assert client.post(f"/gjenoppretting/{asked.pk}/", {"answer": "agree"}).status_code == 422
    with as_owner():
        assert Authenticator.objects.filter(user=world.specialist).count() == 2


def test_a_recovery_waits_a_week(world, second, asked, sign_in):
    with as_owner(), transaction.atomic():
        RecoveryRequest.objects.update(asked_at=asked.asked_at - timedelta(days=7))
    assert sign_in(second).post(f"/gjenoppretting/{asked.pk}/", {"answer": "agree"}).status_code == 422


def test_one_administrator_alone_is_told_that_another_is_needed(world, second, sign_in):
    address = f"/folk/{membership_of(world.specialist).pk}/gjenoppretting/"
    assert "Berit Voll kan svare." in sign_in(world.administrator).get(address).content.decode()
    with as_owner():
        Membership.objects.filter(user=second).update(
            starts_on=world.today - timedelta(days=2), ends_on=world.today - timedelta(days=1)
        )
    assert "du er den eneste her" in sign_in(world.administrator).get(address).content.decode()


def test_a_person_changes_own_name_and_phone(world, sign_in):
    client = sign_in(world.administrator)
    assert client.post("/min-konto/", {"name": "Tor Aune Li", "phone": "90000000"}).status_code == 302
    page = client.get("/min-konto/").content.decode()
    assert "Tor Aune Li" in page
    assert "Folk og roller, ingen deltakere." in page  # what the role sees, from policies/roles.yaml
    assert client.post("/min-konto/", {"name": "", "phone": ""}).status_code == 422
    assert len(events("accounts.details_changed")) == 1
