"""A share covers kinds. What it does not cover is not there for the one it is shared with: the database says so."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from fotfeste_web.rows.install import models_with_rules
from fotfeste_web.rows.kinds import SHARED_BY_CHOICE, Kind
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Share
from tests.database import as_owner
from tests.site.one_of_each import one_of_each

MODELS = sorted(models_with_rules(), key=lambda model: model._meta.label)
OF_KIND = {kind: [model for model in MODELS if model.rows.kind is kind] for kind in Kind}
# About a participant and of no kind, each for its reason: never shown by what kinds a share covers.
OF_NO_KIND = {
    "sharing.Share": "seen by the one it is with, by those who work with the person and by the person",
    "sharing.Opening": "as Share",
    "sharing.Disclosure": "what was given can be of every kind: the person's own to read, and theirs who gave it",
    "audit.ReadEvent": "who has looked is the person's own to know, and of those who work with them",
    "audit.WriteEvent": "as ReadEvent",
    "retention.Removal": "work with the record itself",
    "retention.Export": "as Removal",
    "fidelity.SampledFile": "that a file was drawn is the review's, no part of the person's own record",
    "teamwork.SupervisionParticipant": "how those who work with the person learn, no part of the person's own record",
}


@pytest.fixture
def rows(world):
    """A row of everything about Vakker, and a share with the therapist that the test sets the kinds of."""
    with as_owner():
        return one_of_each(world, of="bodo")


def cover(rows, kinds) -> None:
    with as_owner():
        Share.objects.update(kinds=list({Kind.BASIS, *kinds}))


def seen(model, row) -> bool:
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT FROM {table} WHERE {key} = %s", [row.pk])
        return cursor.rowcount == 1


def kept(model, row) -> bool:
    """Tell whether any earlier version of a row is seen."""
    history = getattr(model, "pgh_event_model", None)
    return history is not None and history.objects.filter(pgh_obj_id=row.pk).exists()


def test_every_table_about_a_participant_says_of_what_kind_it_is():
    about = {m._meta.label for m in MODELS if any(f.name in ("participant", "participant_id") for f in m._meta.fields)}
    assert {label for label in about if not _model(label).rows.kind} == set(OF_NO_KIND)
    for kind in set(Kind) - {Kind.ECONOMY}:
        assert OF_KIND[kind], kind


def _model(label):
    return next(model for model in MODELS if model._meta.label == label)


@pytest.mark.parametrize("kind", SHARED_BY_CHOICE)
def test_a_share_without_a_kind_shows_no_row_of_it_and_with_it_every_row(world, rows, kind):
    cover(rows, set(Kind) - {kind})
    with seen_by(world.therapist, world.today):
        for model in OF_KIND[kind]:
            assert not seen(model, rows[model]), model
            assert not kept(model, rows[model]), model
    cover(rows, {kind})
    with seen_by(world.therapist, world.today):
        for other, models in OF_KIND.items():
            for model in models:
                assert seen(model, rows[model]) is (other in (kind, Kind.BASIS)), model


def test_the_name_of_an_employer_comes_with_the_jobs_or_with_the_contacts(world, rows):
    employer = next(model for model in MODELS if model._meta.label == "caseload.Employer")
    for kinds, named in (((Kind.WORK,), True), ((Kind.CONTACTS,), True), ((Kind.PLAN, Kind.OPENNESS), False)):
        cover(rows, kinds)
        with seen_by(world.therapist, world.today):
            assert seen(employer, rows[employer]) is named, kinds


def test_two_shares_cover_together_what_each_covers(world, rows):
    cover(rows, {Kind.PLAN})
    with as_owner():
        given = Share.objects.get()
        Share.objects.create(
            participant=world.vakker,
            shared_with=world.therapist,
            kinds=[Kind.BASIS, Kind.WORK],
            ground="consent",
            purpose="Samarbeid",
            starts_on=world.today,
            told_how="I møte",
            shared_by=given.shared_by,
        )
    with seen_by(world.therapist, world.today) as scope:
        for kind in (Kind.PLAN, Kind.WORK):
            assert all(seen(model, rows[model]) for model in OF_KIND[kind])
        assert not any(seen(model, rows[model]) for model in OF_KIND[Kind.CONTACTS])
        assert scope.shared[world.vakker.pk] == {Kind.BASIS, Kind.PLAN, Kind.WORK}


@pytest.mark.parametrize("kind", SHARED_BY_CHOICE)
def test_the_scope_names_the_participants_of_each_kind(world, rows, kind):
    cover(rows, {kind})
    with seen_by(world.therapist, world.today), connection.cursor() as cursor:
        cursor.execute("SELECT kind, shown_participants(kind) FROM unnest(%s::text[]) AS kind", [["whole", *Kind]])
        shown = {name for name, participants in cursor.fetchall() if participants}
    assert shown == {kind}


@pytest.mark.parametrize("who", ["specialist", "supervisor", "participant"])
def test_those_who_work_with_a_person_and_the_person_see_every_kind(world, rows, who):
    with seen_by(world.people[who], world.today) as scope:
        for models in OF_KIND.values():
            for model in models:
                assert seen(model, rows[model]), model
        assert all(scope.sees(world.vakker.pk, kind) for kind in Kind)


def test_a_withdrawn_share_shows_nothing_from_the_next_page_on(world, rows):
    cover(rows, set(Kind))
    with as_owner():
        Share.objects.update(withdrawn_at=timezone.now())
    with seen_by(world.therapist, world.today):
        for models in OF_KIND.values():
            for model in models:
                assert not seen(model, rows[model]), model


@pytest.mark.parametrize("kind", SHARED_BY_CHOICE)
def test_one_who_is_shown_never_writes(world, rows, kind):
    cover(rows, set(Kind))
    with seen_by(world.therapist, world.today):
        for model in OF_KIND[kind]:
            table, key = model._meta.db_table, model._meta.pk.column
            for sql in (f"UPDATE {table} SET {key} = {key} WHERE {key} = %s", f"DELETE FROM {table} WHERE {key} = %s"):
                assert reached(sql, rows[model].pk) == 0, sql
            copy = model.objects.get(pk=rows[model].pk)
            copy.pk = uuid4() if model._meta.pk.get_internal_type() == "UUIDField" else None
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                model.objects.bulk_create([copy])


def reached(sql: str, key: object) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [key])
            return cursor.rowcount
    except ProgrammingError:  # not even the right to try
        return 0


def test_one_it_is_shared_with_sees_neither_other_shares_nor_who_has_looked(world, rows):
    with as_owner():
        other = Share.objects.create(
            participant=world.vakker,
            shared_with=world.adviser,
            ground="nav_7",
            given_by="professional",
            purpose="Samarbeid",
            starts_on=world.today,
            ends_on=world.today + timedelta(days=9),
            told_how="I møte",
            shared_by=world.specialist,
        )
    with seen_by(world.therapist, world.today):
        assert not seen(Share, other)
        for label in ("audit.ReadEvent", "audit.WriteEvent", "sharing.Opening"):
            assert not seen(_model(label), rows[_model(label)]), label
    with seen_by(world.participant, world.today):
        assert seen(Share, other)
