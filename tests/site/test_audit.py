"""Every write is an action with one event; a form sent twice is stored once; two people on one record are told."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from fotfeste_web.audit.log import NotRecorded, action, record
from fotfeste_web.audit.models import ReadEvent, SentForm, WriteEvent
from fotfeste_web.audit.versions import ChangedMeanwhile, take
from fotfeste_web.caseload.models import Assignment, NextStep, Wishes
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner


def step(world) -> NextStep:
    return NextStep(participant=world.vakker, text="Ringe", due_on=world.today, created_by=world.specialist)


@action
def silent(world, *, by):
    step(world).save()


@action
def twice(world, *, by):
    made = step(world)
    made.save()
    record("a.b", subject=made, by=by)
    record("a.b", subject=made, by=by)


@action
def broken(world, *, by):
    """Two job specialists at a time: refused by a constraint that is checked late for foreign keys, at once here."""
    made = Assignment.objects.create(
        participant=world.vakker, specialist_id=10**9, starts_on=world.today.replace(year=2030)
    )
    record("a.b", subject=made, by=by)


@pytest.mark.parametrize("act", [silent, twice])
def test_an_action_without_exactly_one_event_is_a_fault_and_stores_nothing(world, act):
    with pytest.raises(NotRecorded), seen_by(world.specialist, world.today):
        act(world, by=world.specialist)
    with as_owner():
        assert not NextStep.objects.exists()
        assert not WriteEvent.objects.filter(action="a.b").exists()


def test_an_action_ends_with_its_constraints_checked(world):
    with seen_by(world.specialist, world.today):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken(world, by=world.specialist)
        assert Assignment.objects.get(participant=world.vakker).ends_on is None


def test_an_event_says_who_what_and_about_whom_and_no_text(world, sign_in):
    address = reverse("next_step_add", args=[world.vakker.pk])
    sign_in(world.specialist).post(address, {"text": "Hemmelig avtale", "due_on": world.today, "who": "Kari"})
    with as_owner():
        event = WriteEvent.objects.exclude(action__startswith="account").latest("at")
    assert (event.user, event.participant_id, event.service_id) == (world.specialist, world.vakker.pk, world.bodo.pk)
    assert "Hemmelig" not in str(event.details)


@pytest.mark.parametrize("model", [WriteEvent, ReadEvent])
def test_a_log_cannot_be_changed_or_emptied_by_the_site(world, sign_in, model):
    sign_in(world.specialist).get(reverse("participant", args=[world.vakker.pk]))
    for change in (lambda: model.objects.update(at=None), lambda: model.objects.all()._raw_delete("default")):
        with pytest.raises(ProgrammingError, match="permission denied"), seen_by(world.specialist, world.today):
            change()


def test_nobody_writes_an_event_in_somebody_elses_name(world):
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(world.specialist, world.today):
        ReadEvent.objects.bulk_create([ReadEvent(user=world.colleague, page="participant", ground="own")])


def test_a_form_sent_twice_is_stored_once_and_answers_the_same(world, sign_in):
    client, address = sign_in(world.specialist), reverse("next_step_add", args=[world.vakker.pk])
    form = {"text": "Ringe", "due_on": world.today, "form_key": str(uuid4())}
    first, second = client.post(address, form), client.post(address, form)
    assert first["Location"] == second["Location"]
    with as_owner():
        assert NextStep.objects.count() == 1


def test_a_form_that_was_refused_can_be_sent_again_corrected(world, sign_in):
    client, address = sign_in(world.specialist), reverse("next_step_add", args=[world.vakker.pk])
    key = {"form_key": str(uuid4())}
    assert client.post(address, key | {"text": "", "due_on": world.today}).status_code == 422
    assert client.post(address, key | {"text": "Ringe", "due_on": world.today}).status_code == 302
    with as_owner():
        assert NextStep.objects.count() == 1
        assert SentForm.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "0" * 5000])
def test_a_key_that_is_none_is_passed_over(world, sign_in, key):
    address = reverse("next_step_add", args=[world.vakker.pk])
    form = {"text": "Ringe", "due_on": world.today, "form_key": key}
    assert sign_in(world.specialist).post(address, form).status_code == 302


def test_every_form_that_is_sent_carries_a_key():
    """Read from our own templates. Allauth's pages keep no records; an invitation is accepted by making an account."""
    from pathlib import Path

    import fotfeste_web

    root = Path(fotfeste_web.__file__).parent
    without_record = ("accept.html",)
    missing = []
    for app in ("caseload", "today", "organisations", "accounts", "figures"):
        for template in (root / app / "templates" / app).rglob("*.html"):
            text = template.read_text(encoding="utf-8")
            tokens, keys = text.count("{% csrf_token %}"), text.count("{% form_key %}")
            if tokens > keys and template.name not in without_record:
                missing.append(str(template.relative_to(root)))
    assert missing == []


def test_the_second_of_two_is_told_what_the_first_saved(world):
    with seen_by(world.specialist, world.today):
        wishes = Wishes.objects.create(participant=world.vakker, goal="Bake")
        first = take(wishes, 1)
        first.goal = "Bake brød"
        first.save()
        with pytest.raises(ChangedMeanwhile) as told:
            take(wishes, 1)
    assert told.value.current.goal == "Bake brød"
