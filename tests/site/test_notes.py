"""Notat og referat: a draft is its writer's alone; it moves on with one button, and never back unseen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.followup.models import Note
from fotfeste_web.followup.pages.notes import notes_shared_with
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.site.test_today import rules


def written(world, *, state="draft", author=None, days_ago=0, text="Snakket om lønn.") -> Note:
    with as_owner():
        return Note.objects.create(
            participant=world.vakker,
            author=author or world.specialist,
            on=world.today - timedelta(days=days_ago),
            started_on=world.today - timedelta(days=days_ago),
            text=text,
            state=state,
        )


def seen(world, user) -> set[str]:
    with seen_by(user, world.today):
        return set(Note.objects.values_list("state", flat=True))


def test_the_database_shows_a_draft_to_its_writer_alone(world):
    for state in ("draft", "service", "participant"):
        written(world, state=state)
    assert seen(world, world.specialist) == {"draft", "service", "participant"}
    assert seen(world, world.supervisor) == {"service", "participant"}
    assert seen(world, world.participant) == {"participant"}
    assert seen(world, world.outsider) == set()


def test_the_history_of_a_shared_note_shows_its_drafts_to_the_writer_alone(world):
    note = written(world, text="Første tanke")
    with as_owner():
        Note.objects.filter(pk=note.pk).update(state="service", text="Ferdig", version=2)
    versions = Note.pgh_event_model.objects.order_by("pgh_id")
    with seen_by(world.specialist, world.today):
        assert list(versions.values_list("text", flat=True)) == ["Første tanke", "Ferdig"]
    with seen_by(world.supervisor, world.today):
        assert list(versions.values_list("text", flat=True)) == ["Ferdig"]


def test_a_note_begins_as_a_draft(world, sign_in):
    sent = {"kind": "note", "on": world.today, "text": "Tenker høyt.", "form_key": str(uuid4())}
    client, address = sign_in(world.specialist), reverse("note_add", args=[world.vakker.pk])
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    with as_owner():
        note, event = Note.objects.get(), WriteEvent.objects.get()
    assert (note.state, note.author, event.action, event.details) == (
        "draft",
        world.specialist,
        "note.written",
        {"kind": "note", "state": "draft"},
    )
    assert sign_in(world.supervisor).get(reverse("note", args=[note.pk])).status_code == 404
    page = client.get(reverse("participant", args=[world.vakker.pk])).content.decode()
    assert "Tenker høyt." in page
    assert (
        "Tenker høyt."
        not in sign_in(world.supervisor).get(reverse("participant", args=[world.vakker.pk])).content.decode()
    )


def test_one_button_saves_what_was_typed_and_shares_it(world, sign_in):
    note = written(world)
    sent = {"kind": "minutes", "on": world.today, "text": "Ferdig tenkt.", "version": 1, "to": "service"}
    client = sign_in(world.specialist)
    assert client.post(reverse("note_share", args=[note.pk]), sent).status_code == 302
    with as_owner():
        note.refresh_from_db()
    assert (note.state, note.text, note.version) == ("service", "Ferdig tenkt.", 2)
    sent |= {"version": 2, "to": "participant"}
    assert client.post(reverse("note_share", args=[note.pk]), sent).status_code == 302
    with seen_by(world.participant, world.today):
        assert [shared.text for shared in notes_shared_with(world.vakker)] == ["Ferdig tenkt."]
    assert "Ferdig tenkt." in sign_in(world.participant).get(reverse("own_plan")).content.decode()
    with as_owner():
        assert list(WriteEvent.objects.values_list("action", "details__state")) == [
            ("note.shared", "service"),
            ("note.shared", "participant"),
        ]


def test_what_was_shared_is_no_draft_again(world, sign_in):
    note = written(world, state="service")
    sent = {"kind": "note", "on": world.today, "text": "Angrer.", "version": 1, "to": "draft"}
    assert sign_in(world.specialist).post(reverse("note_share", args=[note.pk]), sent).status_code == 302
    with as_owner():
        note.refresh_from_db()
        assert (note.state, note.version) == ("service", 2)  # saved as a new version, seen by the same
    for before, after in (("service", "draft"), ("participant", "service")):
        with as_owner(), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(state=before)
            with pytest.raises(IntegrityError, match="note_shared_once"), transaction.atomic():
                Note.objects.filter(pk=note.pk).update(state=after)


def test_taking_a_note_back_from_the_participant_is_a_new_version(world, sign_in):
    note = written(world, state="participant")
    sent = {"kind": "note", "on": world.today, "text": "Snakket om lønn.", "version": 1, "to": "service"}
    assert sign_in(world.specialist).post(reverse("note_share", args=[note.pk]), sent).status_code == 302
    with as_owner():
        note.refresh_from_db()
    assert (note.state, note.version) == ("service", 2)
    assert seen(world, world.participant) == set()


def test_an_identity_number_a_diagnosis_and_a_medicine_are_stopped(world, sign_in):
    client, address = sign_in(world.specialist), reverse("note_add", args=[world.vakker.pk])
    for text, sentence in (("05910298382", "fødselsnummer"), ("Har F20.0", "pasientjournal")):
        response = client.post(address, {"kind": "note", "on": world.today, "text": text})
        assert response.status_code == 422
        assert sentence in response.content.decode()
    with as_owner():
        assert not Note.objects.exists()


def test_two_who_write_in_the_same_shared_note_see_both_texts(world, sign_in):
    note = written(world, state="service")
    sent = {"kind": "note", "on": world.today, "text": "Min.", "version": 1}
    assert sign_in(world.specialist).post(reverse("note", args=[note.pk]), sent).status_code == 302
    second = sign_in(world.supervisor).post(reverse("note", args=[note.pk]), sent | {"text": "Din."})
    assert second.status_code == 409
    assert "Min." in second.content.decode()


@pytest.mark.parametrize(("days", "is_due"), [(7, False), (8, True)])
def test_a_draft_that_has_lain_for_a_week_comes_up_with_its_writer_and_nobody_else(world, days, is_due):
    written(world, days_ago=days)
    written(world, days_ago=days, author=world.supervisor)
    for user in (world.specialist, world.supervisor):
        assert ("draft" in rules(world, user, world.vakker)) is is_due
    assert "draft" not in rules(world, world.colleague)
