"""Økonomisk rådgivning and oppsøking: what is asked for, what closes it, what is stored and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.forms.refusals import constraint_of
from fotfeste_web.caseload.models import Term
from fotfeste_web.followup.models import BenefitsAdvice, NoShowPlan, OutreachAttempt
from fotfeste_web.followup.pages.advice import advice_of_service
from fotfeste_web.followup.pages.outreach import OutreachPage, outreach_of_service
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.ui.due import Urgency
from tests.database import as_owner
from tests.site.test_today import met, rules, started, working


def text(response) -> str:
    return response.content.decode()


def advised(world, person, days_ago: int, **fields) -> BenefitsAdvice:
    with as_owner():
        return BenefitsAdvice.objects.create(
            **{
                "participant": person,
                "on": world.today - timedelta(days=days_ago),
                "adviser": "Marte Lie",
                "trained": True,
                "occasion": "before_start",
            }
            | fields
        )


def tried(world, person, days_ago: int, **fields) -> OutreachAttempt:
    with as_owner():
        return OutreachAttempt.objects.create(
            **{
                "participant": person,
                "on": world.today - timedelta(days=days_ago),
                "made_by": "specialist",
                "how": "phone",
                "reached": False,
            }
            | fields
        )


ADVICE = {"adviser": "Marte Lie", "trained": "True", "occasion": "before_start", "effect": "Mer igjen."}
ATTEMPT = {"made_by": "both", "how": "home", "reached": "False", "note": "Ingen hjemme."}


# Advice


@pytest.mark.parametrize(
    ("days_ago", "fields", "is_due"),
    [(1, {}, False), (90, {}, True), (91 - 10, {}, False), (1, {"trained": False}, False)],
)
def test_an_agreed_job_asks_for_advice_until_it_is_given(world, days_ago, fields, is_due):
    person = started(world, 200)
    working(world, person, -9, begun=False)
    assert rules(world, world.specialist, person)["advice_before_start"].urgency == Urgency.SOON
    advised(world, person, days_ago, **fields)
    assert ("advice_before_start" in rules(world, world.specialist, person)) is is_due


@pytest.mark.parametrize(("days_ago", "is_due"), [(41, True), (40, False), (5, False)])
def test_new_terms_ask_for_advice_from_a_month_before_them(world, days_ago, is_due):
    person = started(world, 200)
    job = working(world, person, 100)
    changed = world.today - timedelta(days=10)
    with as_owner():
        Term.objects.filter(job=job).update(ends_on=changed)
        Term.objects.create(job=job, starts_on=changed, hours_per_week=30, form="permanent")
    assert "advice_new_terms" in rules(world, world.specialist, person)
    advised(world, person, days_ago)
    assert ("advice_new_terms" in rules(world, world.specialist, person)) is is_due


def test_the_day_set_for_the_next_talk_is_said_and_a_talk_closes_it(world):
    person = started(world, 200)
    advised(world, person, 30, next_on=world.today)
    assert rules(world, world.specialist, person)["advice_again"].urgency == Urgency.TODAY
    advised(world, person, 0)
    assert "advice_again" not in rules(world, world.specialist, person)


def test_the_service_knows_how_many_job_starts_had_advice(world):
    one, other = started(world, 200), started(world, 200, "Lun")
    job = working(world, one, 20)
    working(world, other, 20)
    advised(world, one, 25, job=job)
    advised(world, other, 25, trained=False)
    with seen_by(world.supervisor, world.today):
        before, terms = advice_of_service(world.bodo.pk, since=world.today - timedelta(days=30), until=world.today)
    assert (before.share, before.advised, terms.share) == (0.5, (str(job.pk),), None)


def test_advice_is_stored_with_its_job_and_one_event(world, sign_in):
    job = working(world, world.vakker, -9, begun=False)
    client, address = sign_in(world.specialist), reverse("advice_add", args=[world.vakker.pk])
    page = text(client.get(address, {"jobb": job.pk}))
    assert f'value="jobb-{job.pk}" selected' in page
    assert "Skriv ingenting om sosiale tjenester" in page
    sent = ADVICE | {
        "on": world.today, "about": f"jobb-{job.pk}", "benefits": ["disability", "pension"], "written_summary": "on",
        "form_key": str(uuid4()),
    }  # fmt: skip
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    with as_owner():
        stored, event = BenefitsAdvice.objects.get(), WriteEvent.objects.get()
    assert (stored.job, stored.benefits, stored.written_summary) == (job, ["disability", "pension"], True)
    assert stored.reporting_explained is False
    assert (event.action, event.details) == ("advice.added", {"occasion": "before_start", "trained": True})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"effect": "Får sosialhjelp fra kommunen"}, "nevne sosiale tjenester: sosialhjelp"),
        ({"on": "2099-01-01"}, "Datoen kan ikke være etter i dag."),
        ({"adviser": ""}, "Skriv navnet på den som ga rådene."),
        ({"next_on": "2020-01-01"}, "Neste gang må være etter denne samtalen."),
        ({"benefits": ["none", "disability"]}, "Velg enten «Ingen ytelse»"),
        ({"about": "jobb-999999"}, "Velg et gyldig valg"),
    ],
)
def test_advice_that_cannot_be_is_refused_and_leaves_nothing(world, sign_in, typed, sentence):
    address = reverse("advice_add", args=[world.vakker.pk])
    response = sign_in(world.specialist).post(address, ADVICE | {"on": world.today} | typed)
    assert response.status_code == 422
    assert sentence in text(response)
    with as_owner():
        assert not BenefitsAdvice.objects.exists()


def test_a_word_about_social_services_is_saved_when_somebody_says_so(world, sign_in):
    sent = ADVICE | {"on": world.today, "effect": "Sosialkontoret ligger i samme bygg", "effect_anyway": "on"}
    assert sign_in(world.specialist).post(reverse("advice_add", args=[world.vakker.pk]), sent).status_code == 302


def test_a_second_who_changes_the_same_advice_sees_both(world, sign_in):
    stored = advised(world, world.vakker, 3)
    address = reverse("advice_edit", args=[stored.pk])
    sent = ADVICE | {"on": world.today, "version": 1, "effect": "Først."}
    assert sign_in(world.specialist).post(address, sent).status_code == 302
    second = sign_in(world.supervisor).post(address, sent | {"effect": "Sist."})
    assert second.status_code == 409
    assert "Først." in text(second)
    assert "Sist." in text(second)


# Outreach


def test_who_did_not_come_is_asked_for_until_somebody_tries(world):
    person = started(world, 20)
    met(world, person, 2, status="participant_absent")
    item = rules(world, world.specialist, person)["no_show"]
    assert (item.urgency, item.href) == (Urgency.OVERDUE, reverse("outreach", args=[person.pk]))
    tried(world, person, 1)
    assert "no_show" not in rules(world, world.specialist, person)


def test_an_attempt_that_reached_the_person_is_contact_and_one_that_did_not_is_none(world):
    person = started(world, 20)
    tried(world, person, 1)
    item = rules(world, world.specialist, person)["quiet"]
    assert item.href == reverse("outreach", args=[person.pk])
    tried(world, person, 1, reached=True)
    assert "quiet" not in rules(world, world.specialist, person)


def test_the_next_step_of_an_attempt_comes_up_on_its_day_and_a_meeting_closes_it(world):
    person = started(world, 20)
    tried(world, person, 3, next_step="Gå innom", next_on=world.today)
    assert rules(world, world.specialist, person)["outreach_again"].urgency == Urgency.TODAY
    met(world, person, 1)
    assert "outreach_again" not in rules(world, world.specialist, person)


def test_attempts_are_listed_newest_first_with_what_they_say_of_the_method(world):
    tried(world, world.vakker, 9)
    tried(world, world.vakker, 3, made_by="both", how="home", family_contacted=True, family_agreed=True)
    with seen_by(world.specialist, world.today):
        page = OutreachPage.of(world.vakker, may_write=True, today=world.today)
    assert [(attempt.title, attempt.family) for attempt in page.attempts] == [("Hjemmebesøk", True), ("Ringte", False)]
    assert page.summary == (
        "2 forsøk, besøk hjemme eller ute 1 gang, behandlingsteamet var med 1 gang, felles besøk 1 gang, "
        "snakket med familie eller nettverk 1 gang"
    )
    with seen_by(world.supervisor, world.today):
        found = outreach_of_service(world.bodo.pk, since=world.today - timedelta(days=5), until=world.today)
    assert (found.attempts, found.joint_visits, found.family) == (1, 1, 1)


def test_an_attempt_is_stored_with_one_event(world, sign_in):
    client = sign_in(world.specialist)
    sent = ATTEMPT | {"on": world.today, "form_key": str(uuid4())}
    address = reverse("outreach_add", args=[world.vakker.pk])
    assert [client.post(address, sent)["Location"] for _ in range(2)] == [
        reverse("outreach", args=[world.vakker.pk])
    ] * 2
    with as_owner():
        stored, event = OutreachAttempt.objects.get(), WriteEvent.objects.get()
    assert (stored.logged_by, stored.how, stored.reached) == (world.specialist, "home", False)
    assert (event.action, event.details) == ("outreach.logged", {"how": "home", "reached": False})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"family_contacted": "on"}, "bare når personen har sagt ja"),
        ({"next_step": "Gå innom"}, "Skriv både neste steg og dagen"),
        ({"next_on": "2026-01-01"}, "Skriv både neste steg og dagen"),
        ({"reached": ""}, "Svar ja eller nei."),
    ],
)
def test_an_attempt_that_cannot_be_is_refused(world, sign_in, typed, sentence):
    response = sign_in(world.specialist).post(
        reverse("outreach_add", args=[world.vakker.pk]), ATTEMPT | {"on": world.today} | typed
    )
    assert response.status_code == 422
    assert sentence in text(response)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("family_with_agreement", {"family_contacted": True}),
        ("outreach_step_with_day", {"next_step": "Gå innom"}),
        ("outreach_was_tried", {"ahead": 1}),
    ],
)
def test_the_database_refuses_it_too(world, constraint, fields):
    about = {"participant": world.vakker, "made_by": "team", "how": "home", "reached": False}
    day = world.today + timedelta(days=fields.pop("ahead", 0))
    with as_owner(), pytest.raises(IntegrityError) as refused, transaction.atomic():
        OutreachAttempt.objects.create(**about, on=day, **fields)
    assert constraint_of(refused.value) == constraint


def test_the_plan_for_a_no_show_keeps_its_versions(world, sign_in):
    client, address = sign_in(world.specialist), reverse("no_show_plan", args=[world.vakker.pk])
    sent = {"phone": "", "who": "Søsteren", "how": "Ring først", "after_days": 2, "agreed_on": world.today}
    assert client.post(address, sent | {"version": 0}).status_code == 302
    assert client.post(address, sent | {"version": 1, "who": "Behandler"}).status_code == 302
    assert client.post(address, sent | {"version": 1}).status_code == 409
    page = text(client.get(address))
    assert "Utgave 2" in page
    assert "Før: Søsteren" in page
    with as_owner():
        assert (NoShowPlan.objects.get().who, WriteEvent.objects.count()) == ("Behandler", 2)
    shown = text(client.get(reverse("outreach", args=[world.vakker.pk])))
    assert "Etter 2 dager" in shown


def test_an_empty_plan_is_no_plan(world, sign_in):
    sent = {"after_days": 2, "agreed_on": world.today, "version": 0}
    response = sign_in(world.specialist).post(reverse("no_show_plan", args=[world.vakker.pk]), sent)
    assert response.status_code == 422
    with as_owner():
        assert not NoShowPlan.objects.exists()
