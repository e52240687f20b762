"""A whole import is undone as long as nothing has been built on it; else a sentence says what holds it."""

from contextlib import contextmanager
from datetime import timedelta

import pghistory
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.background.kinds import CannotDo
from fotfeste_web.caseload.actions.employers import add_employer
from fotfeste_web.caseload.models import Assignment, Contact, Employer, Job, NextStep, Participant
from fotfeste_web.imports.models import Import
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner, leave
from tests.site.spreadsheets import as_csv, checked, now, stored, work

GONE = "Alt som ble hentet inn, er tatt bort igjen."
PEOPLE = ("Fornavn", "Etternavn", "Fødselsår", "Henvist dato", "Henvist av", "Ønske om jobb", "Jobbspesialist",
          "Oppstart", "I jobb ved oppstart")  # fmt: skip


def people(world, many=1):
    received, started = (f"{world.today - timedelta(days=ago):%d.%m.%Y}" for ago in (20, 10))
    return [PEOPLE] + [
        (f"Ny{n}", "Morgen", "1990", received, "NAV", "Vil stelle dyr.", "Kari Nilsen", started, "nei")
        for n in range(many)
    ]


def job(world):
    row = {
        "Navn": "Vakker Blomst", "Bedrift": "Kaffebaren", "Yrke": "7512", "Første dag": f"{world.today:%d.%m.%Y}",
        "Begynt": "ja", "Timer i uka": "20", "Ansettelse": "Fast", "Hvordan jobben ble funnet": "Nettverk",
    }  # fmt: skip
    return [list(row), list(row.values())]


def everything() -> dict[str, int]:
    """Count the rows of every table of the method's records, and of their histories."""
    with as_owner():
        return {model._meta.db_table: model.objects.count() for model in apps.get_app_config("caseload").get_models()}


def test_an_import_that_is_undone_leaves_every_table_and_its_history_as_before(world):
    before = everything()
    one = stored(world, "participants", as_csv(people(world, 3)))
    assert everything() != before
    assert work(world, "undo", one).sentence == GONE
    assert everything() == before
    assert now(one).state == "undone"
    with as_owner():
        assert WriteEvent.objects.filter(action="imports.undone").count() == 1  # of the import: its people are gone
        assert not WriteEvent.objects.filter(action="imports.stored").exists()


def test_of_those_who_were_there_before_the_log_says_that_it_was_undone(world):
    one = stored(world, "jobs", as_csv(job(world)))
    assert work(world, "undo", one).sentence == GONE
    with as_owner():
        assert not Job.objects.exists()
        assert not Employer.objects.filter(name="Kaffebaren").exists()
        assert Participant.objects.filter(pk=world.vakker.pk).exists()
        told = WriteEvent.objects.filter(participant_id=world.vakker.pk, action__startswith="imports.")
        assert sorted(told.values_list("action", flat=True)) == ["imports.stored", "imports.undone"]


def test_a_look_holds_nothing(world, sign_in):
    """The job specialist opened the page, and saw that the import was wrong."""
    one = stored(world, "participants", as_csv(people(world)))
    with as_owner():
        person = Participant.objects.get(first_name="Ny0")
    assert sign_in(world.specialist).get(reverse("participant", args=[person.pk])).status_code == 200
    with as_owner():
        assert Assignment.objects.get(participant=person).opened_at
    assert work(world, "undo", one).sentence == GONE
    with as_owner():
        assert not ReadEvent.objects.filter(participant_id=person.pk).exists()


def next_step(person):
    NextStep.objects.create(participant=person, text="Ringe", due_on=timezone.localdate())


def new_phone(person):
    Participant.objects.filter(pk=person.pk).update(phone="90000000")


def longer_meeting(person):
    Contact.objects.filter(for_participants__participant=person).update(minutes=50)


@pytest.mark.parametrize(
    ("built", "sentence"),
    [
        (next_step, "neste steg er ført (1)"),
        (new_phone, "deltaker er endret"),
        (longer_meeting, "kontakt er endret"),
    ],
)
def test_what_was_written_since_holds_the_whole_import_and_is_named(world, built, sentence):
    one = stored(world, "participants", as_csv(people(world, 2)))
    with as_owner(), pghistory.context(action="later"):  # the test's one transaction still has that of the import
        built(Participant.objects.get(first_name="Ny1"))
    before = everything()
    said = work(world, "undo", one).sentence
    assert said.startswith("Kan ikke angres")
    assert sentence in said
    assert (everything(), now(one).state) == (before, "stored")


def test_a_meeting_with_an_employer_that_came_with_a_job_holds_it(world):
    one = stored(world, "jobs", as_csv(job(world)))
    with as_owner(), pghistory.context(action="later"):
        Contact.objects.create(
            service=world.bodo, specialist=world.specialist, kind="employer", on=world.today,
            employer=Employer.objects.get(name="Kaffebaren"),
        )  # fmt: skip
    assert "kontakt er ført (1)" in work(world, "undo", one).sentence


def test_after_the_undoing_the_same_file_can_come_again(world):
    one = stored(world, "participants", as_csv(people(world)))
    work(world, "undo", one)
    assert checked(world, "participants", as_csv(people(world))).counts["new"] == 1
    with pytest.raises(CannotDo):
        work(world, "undo", one)


def test_nobody_undoes_what_another_service_or_another_action_made(world):
    """The database takes an import's word for nothing: what its history says was made under it goes, and no more."""
    one = stored(world, "participants", as_csv(people(world)))
    with refused(world, world.outside_supervisor) as cursor:
        cursor.execute("SELECT * FROM undo_import(%s)", [one.pk])
    with seen_by(world.supervisor, world.today):
        another = add_employer(service=world.bodo, by=world.supervisor, name="Brygga")
    leave()
    with as_owner():
        forged = Import.objects.create(
            service=world.bodo,
            kind="employers",
            uploaded_by=world.supervisor,
            state="stored",
            context_id=Employer.pgh_event_model.objects.get(pgh_obj_id=another.pk).pgh_context_id,
        )
    with refused(world, world.supervisor) as cursor:
        cursor.execute("SELECT * FROM undo_import(%s)", [forged.pk])


@contextmanager
def refused(world, by):
    is_refused = pytest.raises(DatabaseError, match="no such import")
    with seen_by(by, world.today), is_refused, transaction.atomic(), connection.cursor() as cursor:
        yield cursor
    leave()


@pytest.mark.more
def test_thousands_of_rows_come_in_and_go_again(world):
    """How long and how much memory the 20,000 take that are let in: `python -m benchmarks.imports`."""
    before = everything()
    one = stored(world, "participants", as_csv(people(world, 2_000)))
    assert now(one).counts["made"]["caseload_participant"] == 2_000
    assert work(world, "undo", one).sentence == GONE
    assert everything() == before
