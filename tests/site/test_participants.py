"""The list of participants: mine now or the team's, narrowed, searched and sorted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste_web.audit.models import ReadEvent
from fotfeste_web.caseload.models import (
    Participant,
    Period,
    Referral,
)
from fotfeste_web.caseload.pages.participants import Chosen, ParticipantsPage
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.site.world import participant as make_participant

SYNTHETIC = "05910298382"  # a made-up identity number (month + 80), as in tests/method/norway/test_identity.py


def list_of(world, user, number="1", **query) -> ParticipantsPage:
    with seen_by(user, world.today) as scope:
        chosen = Chosen.of(query, leads=scope.leads(world.bodo.pk))
        return ParticipantsPage.of(scope, chosen, number, today=world.today)


def names(page: ParticipantsPage) -> list[str]:
    return [row.name for row in page.rows]


def many(world, how_many: int) -> None:
    with as_owner():
        for number in range(how_many):
            make_participant(f"Prøve{number:02}", "Å", world.bodo, world.specialist, world.today - timedelta(20))


def test_a_job_specialist_sees_own_participants_with_status_and_last_contact(world):
    (row,) = list_of(world, world.specialist).rows
    assert (row.name, row.status.label, row.specialist) == ("Vakker Blomst", "Jobbutvikling", "Kari Nilsen")
    assert row.contact_on == world.today - timedelta(60 - 22)


def test_the_team_shows_a_colleagues_participant_by_short_name_with_a_way_to_open(world, sign_in):
    page = list_of(world, world.specialist, vis="team")
    assert names(page) == ["Stille S.", "Vakker Blomst"]
    html = sign_in(world.specialist).get(reverse("participants"), {"vis": "team"}).content.decode()
    assert reverse("open_colleague", args=[world.stille.pk]) in html
    assert f'href="{reverse("participant", args=[world.stille.pk])}"' not in html
    assert "Skog" not in html


def test_a_supervisor_begins_with_the_team_and_can_narrow_it_to_one_job_specialist(world):
    assert names(list_of(world, world.supervisor)) == ["Stille Skog", "Vakker Blomst"]
    page = list_of(world, world.supervisor, jobbspesialist=str(world.colleague.pk))
    assert names(page) == ["Stille Skog"]
    assert [option.label for option in page.specialists] == ["Kari Nilsen (1)", "Ola Berg (1)"]


def test_the_statuses_are_offered_with_how_many_and_narrow_the_list(world):
    page = list_of(world, world.supervisor)
    assert [(f.label, f.count) for f in page.filters][:3] == [("Alle nå", 2), ("Kartlegging", 1), ("Jobbutvikling", 1)]
    assert names(list_of(world, world.supervisor, status="mapping")) == ["Stille Skog"]


def test_the_filters_keep_everything_else_in_the_address(world):
    page = list_of(world, world.supervisor, status="mapping", sok="st", sorter="oppstart")
    assert page.views[0].href == "?vis=mine&status=mapping&sok=st&sorter=oppstart"


def test_those_without_contact_for_the_services_days_are_found(world):
    page = list_of(world, world.supervisor, stille="1")
    assert {row.name: row.quiet_days for row in page.rows} == {"Stille Skog": 60, "Vakker Blomst": 38}
    assert any(f.label == "Uten kontakt på 14 dager" and f.current and f.count == 2 for f in page.filters)


def test_the_search_finds_a_name_whatever_its_case(world):
    assert names(list_of(world, world.supervisor, sok="SKOG")) == ["Stille Skog"]
    assert names(list_of(world, world.supervisor, sok="Fjell")) == []  # another service's


def test_names_are_sorted_as_in_the_norwegian_alphabet(world):
    with as_owner():
        for first in ("Åse", "Ørjan", "Ærlend", "Anna"):
            make_participant(first, "Li", world.bodo, world.specialist, world.today)
    assert names(list_of(world, world.specialist)) == ["Anna Li", "Vakker Blomst", "Ærlend Li", "Ørjan Li", "Åse Li"]


def test_those_who_have_ended_are_shown_only_when_asked_for(world):
    with as_owner():
        period = Period.objects.get(participant=world.stille)
        period.ends_on, period.end_reason = world.today, "moved"
        period.save()
    assert names(list_of(world, world.supervisor)) == ["Vakker Blomst"]
    page = list_of(world, world.supervisor, status="ended")
    assert [(row.name, row.status.label) for row in page.rows] == [("Stille Skog", "Sluttet")]


def test_the_list_comes_fifty_at_a_time_and_leaves_one_read_event_with_those_it_showed(world, sign_in):
    many(world, 51)  # and Vakker: 52
    client = sign_in(world.specialist)
    assert len(client.get(reverse("participants")).context["page"].rows.object_list) == 50
    second = client.get(reverse("participants"), {"side": "2"})
    shown = [row.id for row in second.context["page"].rows]
    with as_owner():
        events = list(ReadEvent.objects.filter(page="participants").order_by("pk"))
    assert [len(event.participants) for event in events] == [50, 2]
    assert events[1].participants == shown


def test_the_list_asks_no_more_of_the_database_for_many_than_for_one(world, django_assert_num_queries):
    with CaptureQueriesContext(connection) as for_one:
        list_of(world, world.specialist, vis="team")
    many(world, 30)
    with django_assert_num_queries(len(for_one)):
        list_of(world, world.specialist, vis="team")


@pytest.mark.parametrize("nonsense", [{"status": "rik"}, {"jobbspesialist": "x"}, {"sorter": "alder"}, {"side": "ni"}])
def test_what_the_address_does_not_know_is_left_out(world, sign_in, nonsense):
    assert sign_in(world.specialist).get(reverse("participants"), nonsense).status_code == 200


@pytest.mark.parametrize("role", ["therapist", "adviser", "leader", "researcher", "administrator", "participant"])
def test_a_role_without_participants_has_no_list(world, sign_in, role):
    assert sign_in(world.people[role]).get(reverse("participants")).status_code == 403


def test_one_who_waits_is_on_the_list(world):
    with as_owner():
        waiting = Participant.objects.create(service=world.bodo, first_name="Venter", last_name="Vind")
        Referral.objects.create(
            participant=waiting, service=world.bodo, received_on=world.today, source="gp", wish="Jobb med dyr.",
            short_name="Venter V.",
        )  # fmt: skip
    assert names(list_of(world, world.supervisor, status="referred")) == ["Venter Vind"]
