"""Jobs with dated terms: agreed, begun, on new terms, ended; refused by form and by database alike."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.actions.jobs import add_terms, begin_job
from fotfeste_web.caseload.forms.jobs import NewTermsForm
from fotfeste_web.caseload.job_records import jobs_of
from fotfeste_web.caseload.models import Employer, Job, Term
from fotfeste_web.caseload.pages.jobs import JobPage, span
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner

FORM = {
    "employer": "Mørkved Dagligvare",
    "occupation": "5223",
    "hours_per_week": "20",
    "form": "permanent",
    "ordinary_rate": "on",
    "open_to_anyone": "on",
    "found_how": "specialist_contact",
}


def begun_job(world, *, days_ago: int = 40, **terms) -> Job:
    starts_on = world.today - timedelta(days_ago)
    with as_owner():
        job = Job.objects.create(
            participant=world.vakker, employer=world.employer, styrk08="5223", starts_on=starts_on, begun=True,
            found_how="network",
        )  # fmt: skip
        Term.objects.create(job=job, **{"starts_on": starts_on, "hours_per_week": 20, "form": "permanent"} | terms)
    return job


def page_of(world, job: Job) -> JobPage:
    with seen_by(world.specialist, world.today):
        return JobPage.of(Job.objects.get(pk=job.pk), may_write=True, today=world.today)


def stored(job: Job) -> tuple[Job, list[Term]]:
    with as_owner():
        job = Job.objects.get(pk=job.pk)
        return job, list(job.terms.all())


def add(world, client, **fields):
    return client.post(reverse("job_add", args=[world.vakker.pk]), FORM | fields)


# A new job


def test_a_job_that_has_begun_is_stored_with_its_first_terms_and_one_event(world, sign_in):
    answer = add(world, sign_in(world.specialist), starts_on=world.today.isoformat(), begun="on", support=["mentor"])
    assert answer.url == reverse("participant", args=[world.vakker.pk])
    with as_owner():
        job, event = Job.objects.get(), WriteEvent.objects.get()
        term = job.terms.get()
        assert status_on(facts_of([world.vakker.pk])[world.vakker.pk], world.today) is Status.IN_WORK
    assert (job.employer_id, job.styrk08, job.begun, job.matches_wishes) == (world.employer.pk, "5223", True, None)
    assert (term.starts_on, term.ends_on, term.hours_per_week, term.support) == (job.starts_on, None, 20, ["mentor"])
    assert (event.action, event.participant_id, event.details) == (
        "job.added",
        world.vakker.pk,
        {"begun": True, "new_employer": False},
    )


def test_an_agreed_job_may_lie_ahead_and_is_no_work_yet(world, sign_in):
    soon = world.today + timedelta(14)
    assert add(world, sign_in(world.specialist), starts_on=soon.isoformat()).status_code == 302
    with as_owner():
        assert Job.objects.get().begun is False
        assert status_on(facts_of([world.vakker.pk])[world.vakker.pk], soon) is Status.JOB_DEVELOPMENT


def test_an_employer_that_nobody_has_written_before_is_added_to_the_service(world, sign_in):
    answer = add(world, sign_in(world.specialist), starts_on=world.today.isoformat(), employer="Saltvern Hagesenter")
    assert answer.status_code == 302
    with as_owner():
        employer = Employer.objects.get(name="Saltvern Hagesenter")
    assert (employer.service_id, employer.created_by_id) == (world.bodo.pk, world.specialist.pk)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"starts_on": "2099-01-01", "begun": "on"}, "kan ikke ha start fram i tid"),
        ({"hours_per_week": "0"}, "større enn eller lik 1"),
        ({"hours_per_week": "61"}, "mindre enn eller lik 60"),
        ({"occupation": "romfarer"}, "Fant ikke yrket"),
        ({"form": ""}, "Velg hvordan hen er ansatt."),
        ({"starts_on": ""}, "Velg en dag."),
        ({"employer": "Sted med 05910298382"}, "fødselsnummer"),
    ],
)
def test_a_refused_job_leaves_nothing_and_keeps_what_was_typed(world, sign_in, wrong, sentence):
    answer = add(world, sign_in(world.specialist), **{"starts_on": world.today.isoformat(), "title": "I kassa"} | wrong)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "I kassa" in html
    with as_owner():
        assert not Job.objects.exists()
        assert Employer.objects.count() == 1
        assert not WriteEvent.objects.exists()


def test_the_same_form_sent_twice_is_one_job(world, sign_in):
    client = sign_in(world.specialist)
    key = {"starts_on": world.today.isoformat(), "form_key": "6f6f5a0e-0000-4000-8000-000000000002"}
    assert [add(world, client, **key).status_code for _ in range(2)] == [302, 302]
    with as_owner():
        assert Job.objects.count() == 1


# Begun


def test_an_agreed_job_begins_on_the_day_it_did_and_its_terms_with_it(world, sign_in):
    client = sign_in(world.specialist)
    add(world, client, starts_on=(world.today + timedelta(3)).isoformat())
    with as_owner():
        job = Job.objects.get()
    answer = client.post(reverse("job_begin", args=[job.pk]), {"starts_on": world.today.isoformat(), "version": 1})
    assert answer.status_code == 302
    job, (term,) = stored(job)
    assert (job.begun, job.starts_on, term.starts_on) == (True, world.today, world.today)


def test_a_job_cannot_be_said_to_have_begun_on_a_day_to_come(world, sign_in):
    client = sign_in(world.specialist)
    soon = (world.today + timedelta(3)).isoformat()
    add(world, client, starts_on=soon)
    with as_owner():
        job = Job.objects.get()
    answer = client.post(reverse("job_begin", args=[job.pk]), {"starts_on": soon, "version": 1})
    assert answer.status_code == 422
    assert stored(job)[0].begun is False


# New terms


def test_more_hours_are_new_terms_that_close_the_earlier_on_the_same_day(world, sign_in):
    job = begun_job(world)
    answer = sign_in(world.specialist).post(
        reverse("term_add", args=[job.pk]),
        {"starts_on": world.today.isoformat(), "hours_per_week": "30", "form": "permanent", "ordinary_rate": "on",
         "open_to_anyone": "on"},
    )  # fmt: skip
    assert answer.status_code == 302
    _, (before, after) = stored(job)
    assert (before.ends_on, after.starts_on, after.hours_per_week) == (world.today, world.today, 30)
    with as_owner():
        assert WriteEvent.objects.get().action == "job.terms_added"


def test_terms_from_the_day_the_last_began_mend_them_and_the_old_are_in_the_history(world, sign_in):
    job = begun_job(world)
    form = {"starts_on": job.starts_on.isoformat(), "hours_per_week": "22,5", "form": "fixed_term"}
    assert sign_in(world.specialist).post(reverse("term_add", args=[job.pk]), form).status_code == 302
    _, (term,) = stored(job)
    assert (term.hours_per_week, term.form) == (Decimal("22.5"), "fixed_term")
    with as_owner():
        hours = Term.pgh_event_model.objects.order_by("pgh_id").values_list("hours_per_week", flat=True)
        assert list(hours) == [20, Decimal("22.5")]


def test_the_form_of_new_terms_begins_with_those_that_hold(world, sign_in):
    job = begun_job(world, support=["wage_subsidy"], hours_per_week=15)
    form = sign_in(world.specialist).get(reverse("term_add", args=[job.pk])).context["form"]
    assert (form["hours_per_week"].value(), form["support"].value()) == ("15", ["wage_subsidy"])


@pytest.mark.parametrize("days_from_start", [-1, 10])
def test_terms_before_the_job_or_before_the_last_terms_are_refused(world, sign_in, days_from_start):
    job = begun_job(world)
    with as_owner():
        Term.objects.update(ends_on=job.starts_on + timedelta(20))
        Term.objects.create(job=job, starts_on=job.starts_on + timedelta(20), hours_per_week=30, form="permanent")
    form = {
        "starts_on": (job.starts_on + timedelta(days_from_start)).isoformat(),
        "hours_per_week": "9",
        "form": "permanent",
    }
    assert sign_in(world.specialist).post(reverse("term_add", args=[job.pk]), form).status_code == 422
    assert len(stored(job)[1]) == 2


# Ended


END = {"ended_by": "employer", "end_reason": "For høyt tempo. Neste jobb skal ha roligere morgener."}


def test_a_job_that_ends_closes_its_terms_and_a_new_one_is_sought(world, sign_in):
    job = begun_job(world)
    last_day = world.today - timedelta(1)
    form = END | {
        "last_day": last_day.isoformat(),
        "end_known_on": world.today.isoformat(),
        "new_search_wished": "True",
    }
    assert sign_in(world.specialist).post(reverse("job_end", args=[job.pk]), form | {"version": 1}).status_code == 302
    job, (term,) = stored(job)
    assert (job.ends_on, term.ends_on, job.ended_by) == (world.today, world.today, "employer")
    assert (job.end_known_on, job.new_search_wished) == (world.today, True)
    with as_owner():
        event = WriteEvent.objects.get()
        assert status_on(facts_of([world.vakker.pk])[world.vakker.pk], world.today) is Status.JOB_DEVELOPMENT
    assert (event.action, event.details) == ("job.ended", {"ended_by": "employer", "new_search_wished": True})


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"last_day": "2001-01-01"}, "Siste dag kan ikke være før jobben begynte."),
        ({"end_known_on": "2099-01-01"}, "Dagen kan ikke ligge fram i tid."),
        ({"ended_by": ""}, "Velg hvem som avsluttet."),
    ],
)
def test_a_refused_end_leaves_the_job_as_it_was(world, sign_in, wrong, sentence):
    job = begun_job(world)
    form = END | {"last_day": world.today.isoformat(), "end_known_on": world.today.isoformat(), "version": 1} | wrong
    answer = sign_in(world.specialist).post(reverse("job_end", args=[job.pk]), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    job, (term,) = stored(job)
    assert (job.ends_on, term.ends_on, job.version) == (None, None, 1)


def test_the_end_can_be_mended(world, sign_in):
    job = begun_job(world)
    client = sign_in(world.specialist)
    for version, days_ago in ((1, 10), (2, 5)):
        last_day = (world.today - timedelta(days_ago)).isoformat()
        form = END | {"last_day": last_day, "end_known_on": world.today.isoformat(), "version": version}
        assert client.post(reverse("job_end", args=[job.pk]), form).status_code == 302
    job, (term,) = stored(job)
    assert job.ends_on == term.ends_on == world.today - timedelta(4)


def test_an_agreed_job_that_came_to_nothing_is_no_day_of_work(world, sign_in):
    client = sign_in(world.specialist)
    add(world, client, starts_on=(world.today + timedelta(3)).isoformat())
    with as_owner():
        job = Job.objects.get()
    form = END | {"end_known_on": world.today.isoformat(), "version": 1}
    assert client.post(reverse("job_end", args=[job.pk]), form).status_code == 302
    page = page_of(world, job)
    assert page.card.when == "Ble ikke noe av"
    assert [verdict.days for verdict in page.verdicts] == ["0 dager"] * 3


# Mended


def test_of_two_who_mend_a_job_the_second_is_told(world, sign_in):
    job = begun_job(world)
    kari, marit = sign_in(world.specialist), sign_in(world.supervisor)
    address = reverse("job_edit", args=[job.pk])
    form = {"employer": "Mørkved Dagligvare", "occupation": "5223", "starts_on": job.starts_on.isoformat(),
            "found_how": "network", "version": 1}  # fmt: skip
    assert kari.post(address, form | {"title": "I kassa"}).status_code == 302
    answer = marit.post(address, form | {"title": "På lageret"})
    assert answer.status_code == 409
    assert [(d.label, d.mine, d.theirs) for d in answer.context["form"].differences] == [
        ("Stilling", "På lageret", "I kassa")
    ]


def test_a_mended_start_moves_the_first_terms_too(world, sign_in):
    job = begun_job(world)
    earlier = job.starts_on - timedelta(7)
    form = {"employer": "Mørkved Dagligvare", "occupation": "5223", "starts_on": earlier.isoformat(),
            "found_how": "network", "version": 1}  # fmt: skip
    assert sign_in(world.specialist).post(reverse("job_edit", args=[job.pk]), form).status_code == 302
    job, (term,) = stored(job)
    assert job.starts_on == term.starts_on == earlier


# What the database refuses by itself


def refused(world, change) -> str:
    """Do something as the job specialist, past every form, and name the constraint that stopped it."""
    with pytest.raises(IntegrityError) as caught, seen_by(world.specialist, world.today), transaction.atomic():
        change()
    return caught.value.__cause__.diag.constraint_name


def test_the_database_refuses_what_the_forms_refuse(world):
    job = begun_job(world)
    with as_owner():
        agreed = Job.objects.create(
            participant=world.vakker, employer=world.employer, styrk08="5223", found_how="network",
            starts_on=world.today + timedelta(3),
        )  # fmt: skip
    tomorrow, terms = world.today + timedelta(1), {"hours_per_week": 30, "form": "permanent"}
    by = world.specialist

    assert refused(world, lambda: begin_job(agreed, version=1, starts_on=tomorrow, by=by)) == "begun_job_has_started"
    assert refused(
        world, lambda: add_terms(job, starts_on=job.starts_on - timedelta(1), by=by, **terms)
    ) == "term_ends_after_start"  # fmt: skip
    assert refused(
        world, lambda: Term.objects.create(job=job, starts_on=world.today, **terms)
    ) == "terms_one_at_a_time"  # fmt: skip
    assert refused(
        world,
        lambda: Job.objects.filter(pk=job.pk).update(ends_on=job.starts_on - timedelta(1), ended_by="person"),
    ) == "job_ends_after_start"  # fmt: skip


@pytest.mark.parametrize("side", ["before", "after"])
def test_the_database_refuses_terms_outside_their_job(world, side):
    job = begun_job(world)

    def change():
        if side == "before":
            Term.objects.filter(job=job).update(starts_on=job.starts_on - timedelta(1))
        else:
            Job.objects.filter(pk=job.pk).update(ends_on=world.today, ended_by="person")
        with connection.cursor() as cursor:  # as every action ends
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert refused(world, change) == "term_within_job"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_what_the_database_refuses_in_a_race_is_said_in_the_form(world, sign_in, monkeypatch):
    """The form looked before somebody else ended the terms: its own check is switched off to stand for that moment."""
    job = begun_job(world)
    monkeypatch.setattr(NewTermsForm, "clean_starts_on", lambda form: form.cleaned_data["starts_on"])
    form = {"starts_on": (job.starts_on - timedelta(1)).isoformat(), "hours_per_week": "9", "form": "permanent"}
    answer = sign_in(world.specialist).post(reverse("term_add", args=[job.pk]), form)
    assert answer.status_code == 422
    assert "Nye vilkår må gjelde fra en dag etter de forrige." in answer.content.decode()


# Is it work?


@pytest.mark.parametrize(
    ("terms", "ordinary", "item_21", "registered"),
    [
        # outcomes.toml: what each definition of work counts
        ({}, "", "", ""),
        ({"form": "substitute"}, "", "ansettelsesformen teller ikke", ""),
        ({"form": "self_employed"}, "", "ansettelsesformen teller ikke", "ansettelsesformen teller ikke"),
        ({"support": ["wage_subsidy"]}, "lønnstilskudd", "", ""),
        ({"support": ["mentor"]}, "", "", ""),
        (
            {"support": ["work_practice"], "ordinary_rate": False, "open_to_anyone": False},
            "ikke vanlig lønn, stillingen er ikke åpen for alle, Arbeidstrening",
            "ikke vanlig lønn, stillingen er ikke åpen for alle, Arbeidstrening",
            "arbeidstrening",
        ),
    ],
)
def test_each_definition_says_whether_it_is_work_and_why_not(world, terms, ordinary, item_21, registered):
    verdicts = page_of(world, begun_job(world, **terms)).verdicts
    assert [verdict.reasons for verdict in verdicts] == [ordinary, item_21, registered]
    assert [verdict.counts for verdict in verdicts] == [not ordinary, not item_21, not registered]


def test_days_of_work_are_counted_over_all_terms_until_and_with_today(world):
    """40 days ago with a subsidy for 30 days: 11 days of ordinary work with today, 41 of registered work."""
    job = begun_job(world, support=["wage_subsidy"])
    with as_owner():
        Term.objects.update(ends_on=job.starts_on + timedelta(30))
        Term.objects.create(job=job, starts_on=job.starts_on + timedelta(30), hours_per_week=20, form="permanent")
    page = page_of(world, job)
    assert [verdict.days for verdict in page.verdicts] == ["11 dager", "41 dager", "41 dager"]
    assert [term.verdict.counts for term in page.terms] == [False, True]
    assert [label for label, _ in page.supports] == ["Lønnstilskudd"]


def test_jobs_become_records_of_the_method_with_one_query(world, django_assert_num_queries):
    job = begun_job(world, support=["mentor"])
    with as_owner(), django_assert_num_queries(1):
        (record,) = jobs_of([world.vakker.pk, world.stille.pk])[world.vakker.pk]
    assert (record.id, record.starts_on, record.occupation) == (str(job.pk), job.starts_on, "5223")
    assert (record.terms[0].hours_per_week, record.terms[0].support) == (20, {"mentor"})


def test_a_period_is_said_with_its_last_day(world):
    today = date(2026, 11, 17)
    assert span(date(2026, 3, 1), date(2026, 6, 1), today) == "1. mars – 31. mai"
    assert span(date(2026, 3, 1), None, today) == "Siden 1. mars"


# Who may


@pytest.mark.parametrize("name", ["job", "job_edit", "job_begin", "job_end", "term_add"])
@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("colleague", 404), ("leader", 403)])
def test_anothers_job_is_not_found(world, sign_in, name, who, status):
    job = begun_job(world)
    client = sign_in(world.people[who])
    assert client.get(reverse(name, args=[job.pk])).status_code == status
    if name != "job":
        assert client.post(reverse(name, args=[job.pk]), {"version": 1}).status_code == status


@pytest.mark.parametrize("name", ["job", "job_edit", "job_begin", "job_end", "term_add"])
def test_the_job_specialist_finds_every_page_of_a_job(world, sign_in, name):
    with as_owner():
        job = Job.objects.create(
            participant=world.vakker,
            employer=world.employer,
            styrk08="5223",
            found_how="network",
            starts_on=world.today,
        )
        Term.objects.create(job=job, starts_on=world.today, hours_per_week=20, form="permanent")
    assert sign_in(world.specialist).get(reverse(name, args=[job.pk])).status_code == 200
