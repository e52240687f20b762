"""As the web role in the scope of one service, the rows of another cannot be seen, changed, removed or added."""

from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError
from psycopg import errors
from psycopg.types.json import Jsonb

from fotfeste_web.rows.install import models_with_rules
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.site.conftest import world  # noqa: F401
from tests.site.one_of_each import one_of_each
from tests.site.world import World

MODELS = sorted(models_with_rules(), key=lambda model: model._meta.label)
HISTORIES = sorted(
    (model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")), key=lambda m: m._meta.label
)
# Whoever has most in Bodø: what she cannot reach in Drammen, nobody in Bodø can.
STRONGEST = ("supervisor", "specialist", "administrator")


@pytest.fixture
def drammen(world: World) -> dict[type[models.Model], Any]:  # noqa: F811
    with as_owner():
        one_of_each(world, of="bodo")
        return one_of_each(world, of="drammen")


def attempt(sql: str, values: list[Any]) -> int:
    """Run a statement in a savepoint and give the number of rows it reached."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def refused(sql: str, values: list[Any]) -> bool:
    """Tell whether the database refuses a statement for want of the right to it, and for nothing else."""
    try:
        attempt(sql, values)
    except ProgrammingError as error:
        return isinstance(error.__cause__, errors.InsufficientPrivilege)
    return False


def stored(row: models.Model) -> dict[str, Any]:
    table, key = row._meta.db_table, row._meta.pk.column
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [row.pk])
        columns = [column.name for column in cursor.description]
        return dict(zip(columns, cursor.fetchone(), strict=True))


def within_reach(table: str, key: str, values: dict[str, Any]) -> list[str]:
    """Try all that can be done with a row, and give what the database let through."""
    column = next(name for name in values if name != key)
    copy = {name: Jsonb(v) if isinstance(v, dict) else v for name, v in values.items()}
    if isinstance(values[key], UUID):
        copy[key] = UUID("00000000-0000-4000-8000-000000000001")
    else:
        del copy[key]
    where = [values[key]]
    names, marks = ", ".join(f'"{name}"' for name in copy), ", ".join(["%s"] * len(copy))
    tried = {
        "seen": attempt(f"SELECT FROM {table} WHERE {key} = %s", where) == 0,
        "changed": is_out_of_reach(f'UPDATE {table} SET "{column}" = "{column}" WHERE {key} = %s', where),
        "removed": is_out_of_reach(f"DELETE FROM {table} WHERE {key} = %s", where),
        "added": refused(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(copy.values())),
    }
    return [f"{table} was {done}" for done, kept_out in tried.items() if not kept_out]


def is_out_of_reach(sql: str, values: list[Any]) -> bool:
    return refused(sql, values) or attempt(sql, values) == 0


@pytest.mark.parametrize("person", STRONGEST)
def test_another_services_row_is_out_of_reach(world, drammen, person):  # noqa: F811
    # A model without a row here fails the test: add one to one_of_each.
    rows = {model: stored(drammen[model]) for model in MODELS}
    with seen_by(world.people[person], world.today):
        reached = [
            fault
            for model, values in rows.items()
            for fault in within_reach(model._meta.db_table, model._meta.pk.column, values)
        ]
    assert reached == []


def test_another_services_history_is_out_of_reach(world, drammen):  # noqa: F811
    def kept() -> set[str]:
        return {
            model._meta.db_table
            for model in HISTORIES
            if model.objects.filter(pgh_obj_id=drammen[model.pgh_tracked_model].pk).exists()
        }

    with as_owner():
        assert kept() == {model._meta.db_table for model in HISTORIES}
    with seen_by(world.supervisor, world.today):
        assert kept() == set()


def test_every_table_with_a_rule_is_tried():
    assert len(MODELS) >= 30
