"""The whole story as rows: nothing lost, and each role lands on a page that is of use to it.

What is expected is counted in the story itself, never in the rows.
"""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.identity import decrypt
from fotfeste_web.caseload.models import Participant
from fotfeste_web.demo.story import World
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.today.pages.today import TodayPage
from tests.database import as_owner
from tests.demo.loaded.conftest import LEFT_BEHIND


@pytest.fixture(autouse=True)
def _database(db) -> None:
    pass


def count(sql: str) -> int:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {sql}")
        return cursor.fetchone()[0]


def periods(world: World) -> list:
    return [period for participant in world.participants for period in participant.periods]


def started(world: World) -> list:
    """The periods that began; one whom the job specialist has not opened still waits for the start-up meeting."""
    return [p for p in periods(world) if p.started_on and any(a.opened_on for a in p.assignments)]


def total(rows, *names: str) -> int:
    return sum(len(getattr(row, name)) for row in rows for name in names)


def test_every_record_of_the_story_is_a_row(world):
    jobs = [job for period in periods(world) for job in period.jobs]
    begun = started(world)

    assert count("organisations_service") == len(world.services)
    assert count("organisations_treatmentteam") == len(world.teams)
    assert count("organisations_navoffice") == len(world.nav_offices)
    assert count("accounts_user WHERE made_up") == len(world.people)
    assert count("organisations_membership") == sum(len(person.services) or 1 for person in world.people)
    assert count("caseload_participant") == len(world.participants)
    assert count("caseload_referral") == len(periods(world))
    assert count("caseload_period") == len(begun)
    assert count("caseload_period WHERE ends_on IS NOT NULL") == sum(p.closing is not None for p in begun)
    assert count("caseload_assignment") == total(periods(world), "assignments")
    assert count("caseload_employer") == len(world.employers)
    assert count("caseload_round") == len(world.rounds)
    assert count("caseload_contact") == len(world.contacts)
    assert count("caseload_contactparticipant") == total(world.contacts, "participants")
    assert count("caseload_job") == len(jobs)
    assert count("caseload_term") == total(jobs, "terms")
    assert count("caseload_education") == total(begun, "studies")
    assert count("caseload_pause") == total(begun, "pauses")
    assert count("caseload_stepdown") == sum(p.step_down is not None for p in begun)
    assert count("caseload_nextstep WHERE asked_of NOT IN ('nav', 'therapist')") == total(begun, "next_steps")
    assert count("caseload_nextstep WHERE asked_of IN ('nav', 'therapist')") > 0  # of those it is shared with


def test_days_away_are_those_of_the_story_and_a_week_that_is_planned_where_ips_is_strong(world):
    planned = sum(not service.weak for service in world.services)
    assert count("teamwork_absence") == len(world.absences) + planned
    assert count("teamwork_weekreview WHERE specialist_id = reviewed_by_id") == 0
    assert count("teamwork_supervision WHERE kind = 'group'") > 0
    assert count("teamwork_teammeetingline") > count("teamwork_teammeeting") > 0


def test_each_service_was_reviewed_last_year_and_is_being_reviewed_now(world):
    services = len(world.services)
    assert count("fidelity_review WHERE locked_at < now() - interval '300 days'") == services
    assert count("fidelity_review WHERE locked_at IS NULL AND starts_on <= current_date") == services
    assert count("fidelity_consensus") == services * 25
    assert count("fidelity_improvement WHERE state = 'open' AND due_on < current_date") == services
    assert count("fidelity_sampledfile WHERE answer = 'yes'") == services * 5
    assert count("fidelity_review r WHERE review_is_open(r.id)") == services  # last year's: now one still rates


def test_the_history_has_every_version_of_wishes_and_openness(world):
    assert count("caseload_wishesevent") == total(periods(world), "profiles")
    assert count("caseload_opennessevent") == total(periods(world), "openness")
    assert count("caseload_wishesevent WHERE pgh_created_at <> updated_at") == 0
    last = [profiles[-1] for one in world.participants if (profiles := [p for q in one.periods for p in q.profiles])]
    assert count("caseload_wishedoccupation") == total(last, "occupations")


def test_referrals_end_as_the_story_says(world):
    for outcome in ("withdrawn", "wish_changed", "moved", "died", "not_offered"):
        told = sum(p.referral.outcome == outcome for p in periods(world))
        assert count(f"caseload_referral WHERE outcome = '{outcome}'") == told
    assert count("caseload_referral WHERE outcome = 'started'") == len(started(world))
    assert count("caseload_referral WHERE under_18") == sum(p.referral.consent is not None for p in periods(world))


def test_identity_numbers_are_stored_encrypted_and_can_be_read_again(world):
    told = {one.name: one.identity_number for one in world.participants if one.identity_number}
    with as_owner():
        stored = Participant.objects.exclude(identity_encrypted=None)

        assert {str(one): decrypt(one.identity_encrypted, one.pk) for one in stored} == told


def test_nothing_is_said_to_have_happened_later_than_now(world):
    for table, column in (
        ("caseload_contact", "logged_at"),
        ("caseload_assignment", "opened_at"),
        ("caseload_job", "registered_at"),
        ("caseload_wishes", "updated_at"),
        ("caseload_participant", "registered_at"),
        ("sharing_opening", "opened_at"),
        ("audit_readevent", "at"),
        ("audit_writeevent", "at"),
    ):
        assert count(f"{table} WHERE {column} > now()") == 0
        assert count(table) > 0


def test_what_was_there_before_is_gone(world):
    assert count(f"accounts_user WHERE email = '{LEFT_BEHIND}'") == 0
    assert count("demo_demoworld") == 1


def person(world: World, role: str):
    return next(p for p in world.people if p.role == role and p.ends_on is None)


def sign_in(world: World, role: str) -> tuple[User, Client]:
    client = Client()
    with as_owner():
        user = User.objects.get(name=person(world, role).name, made_up=True)
    client.force_login(user)
    return user, client


def meeting_of_today(world: World) -> str:
    """The employer that the job specialist meets today for nobody in particular."""
    mine = person(world, "jobbspesialist").key
    keys = [c.employer for c in world.contacts if c.specialist == mine and c.on == world.today and not c.participants]
    return next(employer.name for employer in world.employers if employer.key == keys[0])


def waiting(world: World) -> list:
    mine = person(world, "metodeveileder").services
    return [p for p in world.participants if p.service in mine and p.periods[-1].referral.outcome is None]


def shared(world: World, role: str) -> set[str]:
    """Those of whom this partner is the therapist, the adviser or the treatment team."""
    me = person(world, role)
    return {
        one.name
        for one in world.participants
        if me.key in (one.periods[-1].referral.therapist, one.periods[-1].referral.nav_adviser)
        or (role == "arbeidsspesialist" and one.periods[-1].referral.team in me.teams)
    }


def own_goal(world: World) -> str:
    me = next(p for p in world.participants if p.key == person(world, "deltaker").participant)
    return me.periods[-1].profiles[-1].goal


LANDS_ON = {
    "jobbspesialist": ("/i-dag/", lambda world: {meeting_of_today(world)}),
    "metodeveileder": (
        "/i-dag/",
        lambda world: {f"{p.name.split()[0]} {p.name.split()[1][0]}." for p in waiting(world)},
    ),
    "behandler": ("/delt/", lambda world: shared(world, "behandler")),
    "arbeidsspesialist": ("/delt/", lambda world: shared(world, "arbeidsspesialist")),
    "nav_veileder": ("/delt/", lambda world: shared(world, "nav_veileder")),
    "leder": ("/tall/", lambda world: {service.name for service in world.services}),
    "kvalitetsvurderer": ("/kvalitet/", lambda world: {"Uavhengig vurdering"}),
    "forsker": ("/definisjoner/", lambda world: {"ordinary_work"}),
    "deltaker": ("/min-plan/", lambda world: {own_goal(world)}),
    "administrator": (
        "/folk/",
        lambda world: {p.name for p in world.people if p.ends_on is None and not p.participant},
    ),
}


@pytest.mark.parametrize("role", LANDS_ON)
def test_each_role_lands_on_a_page_with_something_to_see(world, role):
    address, texts = LANDS_ON[role]
    _, client = sign_in(world, role)

    assert client.get("/")["Location"] == address
    response = client.get(address)

    assert response.status_code == 200
    page = response.content.decode()
    assert any(text in page for text in texts(world)), texts(world)


def test_each_job_specialist_has_five_to_twelve_lines_today(world):
    now = timezone.localtime()
    lines = {}
    for one in world.people:
        if one.role == "jobbspesialist" and one.ends_on is None:
            with as_owner():
                user = User.objects.get(name=one.name)
            with seen_by(user, world.today) as scope:
                page = TodayPage.of(user, scope, now)
                lines[one.name] = len(page.meetings) + len(page.urgent) + len(page.later)

    assert len(lines) == 12
    assert all(5 <= n <= 12 for n in lines.values()), lines


def test_the_participants_page_shows_who_has_looked(world):
    specialist, client = sign_in(world, "jobbspesialist")
    with seen_by(specialist, world.today):
        mine = list(Participant.objects.filter(assignments__specialist=specialist, assignments__ends_on=None))

    looks = [client.get(f"/deltakere/{one.pk}/hvem-har-sett/").content.decode() for one in mine]

    assert any("leder teamet" in page for page in looks)
    assert any("deling: " in page for page in looks)


def test_figures_of_today_are_there_for_each_service(world):
    for service in world.services:
        assert (
            count(
                f"figures_servicefigures f JOIN organisations_service s ON s.id = f.service_id"
                f" WHERE s.name = '{service.name}' AND f.\"on\" = '{world.today}'"
            )
            == 1
        )
