"""Fields that a form does not have are not stored, whatever column they name."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection, transaction

from tests.architecture import catalogue
from tests.database import as_owner, leave
from tests.site.filled_in import Form, forms_of, pages

# Changes from one time to the next by itself: moments, and keys drawn at random.
BY_ITSELF = re.compile(
    r'"[\d-]{10}T[\d:.+]+"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\(?"?[\d-]{10} [\d:.+]{8,}"?|\\+x[0-9a-f]{40,}'
)
LATER = count(1_000_000, 1000)


def columns() -> list[str]:
    own = (model for model in apps.get_models() if model.__module__.startswith("fotfeste_web"))
    return sorted(
        {name for model in own for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    )


def everything() -> set[str]:
    """All rows of all tables, as text."""
    tables = sorted(set(catalogue.tables()) - {"django_session", "audit_sentform", "pghistory_context"})
    union = " UNION ALL ".join(f"SELECT '{table} ' || t::text FROM {table} t" for table in tables)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(union)
        return {BY_ITSELF.sub("", row) for (row,) in cursor.fetchall()}


def beyond_all() -> int:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(last_value), 0) + 1000 FROM pg_sequences WHERE schemaname = 'public'")
        return cursor.fetchone()[0]


def number_from(number: int) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(quote_ident(sequencename)::regclass, %s) FROM pg_sequences WHERE schemaname = 'public'",
            [number],
        )


@contextmanager
def undone() -> Iterator[None]:
    leave()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    leave()


def stored(client, address: str, sent: dict[str, str], before: set[str], first: int) -> tuple[int, set[str]]:
    caches["process"].clear()
    with undone():
        number_from(first)  # so that two tries give new rows the same numbers
        leave()
        status = client.post(address, sent).status_code
        found = everything() - before
    number_from(first + next(LATER))  # what is looked at in between stays
    return status, found


def attacks(world) -> list[dict[str, str]]:
    """Everything of another service, and everything that a browser may think of as true."""
    theirs = {
        "service": world.drammen.pk, "user": world.outsider.pk, "participant": world.rask.pk, "role": "administrator",
        "version": 999, "state": "done", "status": "held", "locked_on": "", "made_up": "on", "is_active": "",
    }  # fmt: skip
    theirs |= {f"{name}_id": theirs[name] for name in ("service", "user", "participant")}
    names = columns()
    return [
        {name: str(theirs.get(name, world.outsider.pk)) for name in names},
        {name: str(theirs.get(name, "true" if number % 2 else world.today)) for number, name in enumerate(names)},
    ]


@pytest.mark.more
def test_what_a_form_does_not_ask_for_is_not_stored(world, sign_in):
    wrong, saved = [], 0
    pages_of_the_world = list(pages(world))
    extras, first = attacks(world), beyond_all()
    for person, address in pages_of_the_world:
        client = sign_in(world.people[person])
        for form in forms_of(client.get(address)):
            with undone():
                before = everything()
            sent = form.filled_in("Ringe bakeriet", csrfmiddlewaretoken="")
            plain = stored(client, form.action or address, sent, before, first)
            saved += plain[0] == 302
            for extra in extras:
                more = {name: text for name, text in extra.items() if not asked_for(form, name)}
                if "/gjennomgang/" in (form.action or ""):
                    more.pop("comment")  # the stamp is on the page of the team too; its own page asks for a comment
                found = stored(client, form.action or address, more | sent, before, first)
                if found != plain:
                    wrong.append(f"{address} {found[0]}: {sorted(found[1] ^ plain[1])[:3]}")
    assert "\n".join(wrong) == ""
    assert saved > 25


def asked_for(form: Form, name: str) -> bool:
    """Whether the form has the field, or leaves it to the person whether to send it."""
    return name in form.fields


def test_a_stored_column_that_was_smuggled_in_is_found(world):
    """The comparison above sees one changed column of one row."""
    with undone():
        before = everything()
    with undone(), as_owner():
        world.employer.name = "Bakeriet Bris"
        world.employer.save()
        assert len([row for row in everything() - before if "Bakeriet Bris" in row]) >= 1
