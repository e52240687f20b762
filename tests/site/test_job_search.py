"""The plan for the search with its steps, and the places that were tried."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.due import cases
from fotfeste_web.caseload.models import Employer, Job, NextStep, Participant, WishedOccupation
from fotfeste_web.plans.due import due_items
from fotfeste_web.plans.match import Match, match
from fotfeste_web.plans.models import JobApplication, SearchPlan
from fotfeste_web.plans.pages.cards import cards
from fotfeste_web.plans.pages.search import ApplicationsPage
from fotfeste_web.plans.pages.timeline import timeline
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Share
from tests.database import as_owner


def address(world, name):
    return reverse(name, args=[world.vakker.pk])


def days(world, n):
    return (world.today + timedelta(days=n)).isoformat()


def events() -> list[tuple[str, dict]]:
    with as_owner():
        return list(WriteEvent.objects.order_by("pk").values_list("action", "details"))


def plan(world, **more):
    return {"employers": "Små butikker", "who_contacts": "both", "review_on": days(world, 30), "version": 0} | more


def test_the_plan_is_saved_in_versions_and_compared(world, sign_in):
    client = sign_in(world.specialist)
    assert client.post(address(world, "search_plan"), plan(world)).url == address(world, "search_plan")
    client.post(address(world, "search_plan"), plan(world, version=1, employers="Små butikker og kafeer"))
    with as_owner():
        stored = SearchPlan.objects.get()
    assert (stored.employers, stored.who_contacts, stored.version) == ("Små butikker og kafeer", "both", 2)
    assert events() == [("search_plan.saved", {"version": 1}), ("search_plan.saved", {"version": 2})]
    page = client.get(address(world, "search_plan_versions")).context["page"]
    assert [field.label for field in page.changed] == ["Hva slags arbeidsgivere eller skoler"]


def test_of_two_who_write_the_plan_the_second_is_told(world, sign_in):
    kari, marit = sign_in(world.specialist), sign_in(world.supervisor)
    kari.post(address(world, "search_plan"), plan(world))
    answer = marit.post(address(world, "search_plan"), plan(world, employers="Verksteder"))
    assert answer.status_code == 409
    assert "Små butikker" in answer.content.decode()
    with as_owner():
        assert SearchPlan.objects.get().employers == "Små butikker"


@pytest.mark.parametrize("wrong", [{"review_on": "2020-01-01"}, {"review_on": "2099-01-01"}, {"tasks": "Tar F20.0"}])
def test_a_plan_that_cannot_be_right_is_refused(world, sign_in, wrong):
    answer = sign_in(world.specialist).post(address(world, "search_plan"), plan(world, **wrong))
    assert answer.status_code == 422
    with as_owner():
        assert not SearchPlan.objects.exists()
    assert events() == []


def test_a_step_is_added_from_the_plan_and_stands_there(world, sign_in):
    client = sign_in(world.specialist)
    step = {"steg-text": "Besøke bakeriet", "steg-due_on": days(world, 3), "steg-who": "Kari"}
    assert client.post(address(world, "search_plan_step"), step).url == address(world, "search_plan") + "#steg"
    with as_owner():
        assert NextStep.objects.get().text == "Besøke bakeriet"
    [line] = client.get(address(world, "search_plan")).context["page"].steps
    assert (line.text, line.who, line.overdue) == ("Besøke bakeriet", "Kari", False)
    refused = client.post(address(world, "search_plan_step"), {"steg-text": "Uten dag"})
    assert refused.status_code == 422
    assert "Uten dag" in refused.content.decode()


def test_a_plan_whose_review_day_has_come_is_asked_for_until_it_is_saved_with_a_new_day(world, sign_in):
    def asked():
        with seen_by(world.specialist, world.today) as scope:
            mine = cases(world.specialist, scope, world.today)
            return [item.rule for item in due_items(mine, world.today)]

    with as_owner():
        SearchPlan.objects.create(participant=world.vakker, review_on=world.today + timedelta(days=1))
    assert asked() == []
    with as_owner():
        SearchPlan.objects.update(review_on=world.today)
    assert asked() == ["search_plan_review"]
    sign_in(world.specialist).post(address(world, "search_plan"), plan(world, version=1))
    assert asked() == []


def test_what_is_due_is_asked_of_the_database_twice_however_many_there_are(world, django_assert_max_num_queries):
    with seen_by(world.supervisor, world.today) as scope:
        mine = cases(world.specialist, scope, world.today) * 9
        with django_assert_max_num_queries(2):
            list(due_items(mine, world.today))


def application(world, **more):
    return {"employer": "Mørkved Dagligvare", "occupation": "5223", "applied_on": days(world, -3), "version": 0} | more


def test_a_place_that_the_service_knows_is_picked_and_a_typed_name_stays_with_the_person(world, sign_in):
    client = sign_in(world.specialist)
    add = address(world, "application_add")
    assert client.post(add, application(world)).url == address(world, "applications")
    assert client.post(add, application(world, employer="Tante Noras kiosk")).status_code == 302
    with as_owner():
        known, typed = JobApplication.objects.order_by("pk")
        assert not Employer.objects.filter(name__contains="Nora").exists()
    assert (known.employer_id, known.place, known.styrk08) == (world.employer.pk, "Mørkved Dagligvare", "5223")
    assert (typed.employer_id, typed.place) == (None, "Tante Noras kiosk")
    assert [name for name, _ in events()] == ["application.added"] * 2


def test_an_offer_leads_on_to_the_job(world, sign_in):
    client = sign_in(world.specialist)
    client.post(address(world, "application_add"), application(world))
    with as_owner():
        edit = reverse("application_edit", args=[JobApplication.objects.get().pk])
    offer = application(world, version=1, answer="offer", answered_on=days(world, 0))
    assert client.post(edit, offer).url == address(world, "job_add")
    [line] = client.get(address(world, "applications")).context["page"].lines
    assert (line.state, line.offered) == ("Tilbud", True)
    with as_owner():
        Job.objects.create(
            participant=world.vakker, employer=world.employer, styrk08="5223", starts_on=world.today, found_how="nav"
        )
    assert not client.get(address(world, "applications")).context["page"].lines[0].offered
    assert client.post(edit, offer).status_code == 409  # of a version that is no longer the last


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"applied_on": "2099-01-01"}, "Dagen kan ikke ligge fram i tid."),
        ({"answer": "refusal"}, "Skriv dagen svaret kom."),
        ({"answered_on": "TODAY"}, "Velg hva svaret ble."),
        ({"answer": "refusal", "answered_on": "BEFORE"}, "Svaret kan ikke være kommet før søknaden ble sendt."),
        ({"employer": ""}, "Skriv hvor personen søker."),
        ({"occupation": "romfarer"}, "Fant ikke yrket"),
    ],
)
def test_an_application_that_cannot_be_right_is_refused(world, sign_in, more, sentence):
    told = {name: {"TODAY": days(world, 0), "BEFORE": days(world, -9)}.get(v, v) for name, v in more.items()}
    answer = sign_in(world.specialist).post(address(world, "application_add"), application(world, **told))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with as_owner():
        assert not JobApplication.objects.exists()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("answer = 'offer'", "application_answer_with_day"),
        ("answer = 'offer', answered_on = applied_on - 1", "application_answered_after_it_was_sent"),
        ("contacted_on = current_date + 2", "application_in_the_past"),
    ],
)
def test_the_database_refuses_what_the_form_refuses(world, change, constraint):
    with as_owner():
        row = JobApplication.objects.create(
            participant=world.vakker, place="Kiosken", styrk08="5223", applied_on=world.today
        )
        with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE plans_jobapplication SET {change} WHERE id = %s", [row.pk])
    assert refused.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("styrk08", "wished", "expected"),
    [
        ("5223", ["6113", "5223"], Match.WISHED),  # shop sales assistants, as wished
        ("5222", ["5223"], Match.NEAR),  # shop supervisors: in 52, sales workers, too
        ("9112", ["5223"], Match.OTHER),  # cleaners
        ("9112", [], Match.UNKNOWN),
    ],
)
def test_how_an_occupation_goes_with_the_wishes(styrk08, wished, expected):
    assert match(styrk08, wished) is expected


def test_places_that_wait_come_first_with_how_they_go_with_the_wishes(world, django_assert_max_num_queries):
    with as_owner():
        WishedOccupation.objects.create(participant=world.vakker, styrk08="5223")
        for n in range(6):
            JobApplication.objects.create(
                participant=world.vakker, place=f"Sted {n}", styrk08="5223", contacted_on=world.today - timedelta(n)
            )
        JobApplication.objects.create(
            participant=world.vakker,
            place="Svarte nei",
            styrk08="9112",
            answer="refusal",
            applied_on=world.today,
            answered_on=world.today,
        )
    with seen_by(world.specialist, world.today), django_assert_max_num_queries(3):
        page = ApplicationsPage.of(world.vakker, may_write=True, today=world.today)
    assert [line.place for line in page.lines] == [*(f"Sted {n}" for n in range(6)), "Svarte nei"]
    assert [line.match for line in page.lines] == [Match.WISHED] * 6 + [Match.OTHER]
    assert page.sub == "6 av 7 i tråd med ønskene"


def test_the_persons_page_asks_twice_for_all_of_the_plans(world, sign_in, django_assert_max_num_queries):
    client = sign_in(world.specialist)
    client.post(address(world, "search_plan"), plan(world))
    client.post(address(world, "application_add"), application(world, interview_on=days(world, -1)))
    with seen_by(world.specialist, world.today), django_assert_max_num_queries(2):
        person = Participant(pk=world.vakker.pk)
        shown = list(cards(person, may_write=True, today=world.today))
        items = sorted(timeline(person, may_write=True), key=lambda item: item.on)
    assert [card.title for card in shown] == ["Karriereprofil", "Jobbsøk", "Jobbstøtteplan"]
    assert [item.title for item in items] == [
        "Jobbsøk: Søkte hos Mørkved Dagligvare",
        "Jobbsøk: Intervju hos Mørkved Dagligvare",
        "Plan for jobbsøk",
    ]
    assert items[2].who == "Kari Nilsen"


@pytest.mark.parametrize(("kinds", "sees_places"), [((Kind.BASIS, Kind.PLAN), False), (tuple(Kind), True)])
def test_a_therapist_reads_what_the_share_covers_and_changes_nothing(world, sign_in, kinds, sees_places):
    kari = sign_in(world.specialist)
    kari.post(address(world, "search_plan"), plan(world))
    kari.post(address(world, "application_add"), application(world))
    with as_owner():
        Share.objects.create(
            participant=world.vakker,
            shared_with=world.therapist,
            kinds=list(kinds),
            ground="consent",
            purpose="Plan og jobb",
            starts_on=world.today,
            told_how="Avtalt i møte",
            shared_by=world.specialist,
        )
    siri = sign_in(world.therapist)
    html = siri.get(address(world, "search_plan")).content.decode()
    assert "Små butikker" in html
    assert 'method="post" action="' + address(world, "search_plan") not in html
    places = siri.get(address(world, "applications")).content.decode()
    assert ("Mørkved Dagligvare" in places) is sees_places
    assert siri.post(address(world, "search_plan"), plan(world, version=1)).status_code == 403
