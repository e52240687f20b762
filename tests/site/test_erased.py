"""A canary person with words of their own in every table: erased, and looked for in a full dump of the database."""

import os
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, models, transaction

from fotfeste.norway.identity import make_synthetic, parse_identity
from fotfeste_web.caseload.identity import encrypt, hash_in_service
from fotfeste_web.caseload.models import Contact, Participant
from fotfeste_web.config.embedded import program
from fotfeste_web.config.embedded.programs import run
from fotfeste_web.retention.models import Sealed
from fotfeste_web.rows.kept import rules_by_table
from fotfeste_web.rows.kin import histories
from tests.database import as_owner
from tests.site.one_of_each import one_of_each
from tests.site.world import World, build

CANARY = "Zeisig"
NUMBER = parse_identity(make_synthetic(date(1991, 4, 2), 13))


@pytest.fixture
def world(transactional_db) -> World:
    with as_owner():
        return build(date.today())


def dump() -> str:
    """The whole database as text, by PostgreSQL's own program."""
    given = connection.settings_dict
    os.environ["PGPASSWORD"] = given["PASSWORD"] or ""
    where = ["-h", given["HOST"], "-p", str(given["PORT"]), "-U", given["USER"]]
    done = run(program("pg_dump"), *where, given["NAME"])
    assert done.returncode == 0, done.stdout
    return done.stdout


def lines_of(text: str) -> dict[str, list[str]]:
    """The lines of a dump, by the table that they are rows of."""
    found: dict[str, list[str]] = {}
    table = ""
    for line in text.splitlines():
        if line.startswith("COPY public."):
            table = line.split()[1].removeprefix("public.")
        elif line == "\\.":
            table = ""
        elif table:
            found.setdefault(table, []).append(line)
    return found


def write_everywhere(rows: dict[type[models.Model], Any]) -> None:
    """Put the canary's word into every text of every record that goes with the person, and into its history."""
    for model, row in rows.items():
        if not rules_by_table()[model._meta.db_table].with_participant:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and (field.max_length or 99) > len(CANARY):
                write(model, row, field.attname)


def write(model: type[models.Model], row: Any, field: str) -> None:
    """Twice, so that the first is history. A code or a text that stands only with another is left as it was."""
    for text in (CANARY, f"{CANARY}2"):
        with suppress(IntegrityError, DataError), transaction.atomic():
            if not model._meta.get_field(field).choices and field not in ("kind", "subject_id"):
                model._base_manager.filter(pk=row.pk).update(**{field: text})


@pytest.fixture
def canary(world) -> Participant:
    """Vakker, with a word, a number and an account."""
    with as_owner(), transaction.atomic():
        rows = one_of_each(world, of="bodo")
        person = world.vakker
        Participant.objects.filter(pk=person.pk).update(
            identity_encrypted=encrypt(NUMBER, person.pk), identity_hash=hash_in_service(NUMBER, world.bodo.pk)
        )
        write_everywhere(rows)
        account = world.participant
        account.name, account.email = f"{CANARY} Fugl", f"{CANARY.lower()}@fotfeste.example"
        account.save()
        account.emailaddress_set.update(email=account.email)
        # A line that was taken away again lives on in the history alone.
        line = world.extra["contact"].for_participants.get()
        line.note = f"{CANARY} en gang"
        line.save()
        line.delete()
    return person


def traces(person: Participant, text: str) -> dict[str, list[str]]:
    secrets = [CANARY.lower(), NUMBER.digits, hash_in_service(NUMBER, person.service_id).hex(), str(person.pk)]
    return {
        table: found
        for table, lines in lines_of(text).items()
        if (found := [line for line in lines if any(secret in line.lower() for secret in secrets)])
    }


def test_every_record_of_a_person_leaves_a_trace_before_the_erasure(canary):
    """What the next test does not find, it would have found."""
    found = traces(canary, dump()).keys()
    kept = {table for table, rule in rules_by_table().items() if rule.with_participant}
    with_words = kept - {"caseload_term"}  # holds numbers alone
    assert with_words - found == set()
    past = {past for table, past in histories() if table in with_words}
    assert past - found == set()
    assert {"accounts_user", "account_emailaddress", "audit_readevent", "audit_writeevent"} <= found


def test_of_an_erased_person_a_full_dump_holds_the_sealed_line_alone(world, canary):
    with as_owner():
        sealed, meetings = Sealed.objects.count(), Contact.objects.count()
        people = Participant.objects.count()
        with connection.cursor() as cursor:
            cursor.execute("SELECT erase_person(%s, true)", [canary.pk])
    assert traces(canary, dump()) == {}
    with as_owner():
        assert Participant.objects.count() == people - 1
        assert Contact.objects.count() == meetings - 1  # the one with the line that was taken away is the employer's
        assert Sealed.objects.count() == sealed
