"""Which operations of a migration hold a table shut, or break the code that is still running, while it is brought up.

The rules in words: docs/drift/oppgradering.md.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from fotfeste_web.rows.tables import Tables

# They shut nothing, or for the blink of an eye.
HARMLESS = (
    migrations.CreateModel,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.RemoveConstraint,
    AddConstraintNotValid,
    AddIndexConcurrently,
    ValidateConstraint,
    AddTrigger,
    RemoveTrigger,
    Tables,
)
SHUTS = {
    r"CREATE\s+(UNIQUE\s+)?INDEX(?!\s+CONCURRENTLY)": "an index without CONCURRENTLY",
    r"ADD\s+CONSTRAINT(?![^;]*NOT\s+VALID)": "a constraint without NOT VALID",
    r"SET\s+NOT\s+NULL": "NOT NULL reads the whole table",
    r"ALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE": "a new type writes the whole table anew",
    r"DROP\s+(COLUMN|TABLE)|RENAME": "the code that runs still asks for it",
    r"\bLOCK\s+TABLE|VACUUM\s+FULL|\bCLUSTER\b": "the table is shut",
}


def faults(migration: migrations.Migration, before: ProjectState) -> Iterator[str]:
    """Give what a migration does that it should not do to tables that people use."""
    made: set[str] = set()  # what the same migration makes is empty, and nobody uses it
    for operation in migration.operations:
        for one in getattr(operation, "operations", [operation]):
            if isinstance(one, migrations.CreateModel):
                made.add(one.name_lower)
        if getattr(operation, "model_name_lower", None) not in made and (why := _fault(operation, migration, before)):
            yield f"{operation.describe()}: {why}"
        operation.state_forwards(migration.app_label, before)


def _fault(operation: Operation, migration: migrations.Migration, before: ProjectState) -> str:
    match operation:
        case migrations.SeparateDatabaseAndState():
            inner = migrations.Migration("inner", migration.app_label)
            inner.operations, inner.atomic = operation.database_operations, migration.atomic
            return "; ".join(faults(inner, before.clone()))
        case migrations.AddField(field=field):
            return _of_new(field)
        case migrations.AlterField(field=field):
            was = before.models[migration.app_label, operation.model_name_lower].fields[operation.name]
            return "" if _column(was) == _column(field) else "the column is changed in place"
        case migrations.RunSQL():
            sql = operation.sql if isinstance(operation.sql, str) else " ".join(map(str, operation.sql))
            return "; ".join(why for words, why in SHUTS.items() if re.search(words, sql, re.IGNORECASE))
        case migrations.RunPython():
            return "" if not migration.atomic else "rows are held until the last is changed: atomic = False, in parts"
        case _ if isinstance(operation, HARMLESS):
            return ""
    return "not among what is known to be harmless"


def _of_new(field: models.Field) -> str:
    if not field.null and not field.has_db_default():
        return "neither null nor a default of the database: the code that runs cannot add rows"
    if field.unique or field.db_index:
        return "its index shuts the table: db_index=False, and AddIndexConcurrently after"
    return ""


def _column(field: models.Field) -> tuple[Any, ...]:
    """Give what the database knows of a field: not its words, choices or validators."""
    _, path, arguments, options = field.deconstruct()
    return path, arguments, {name: value for name, value in options.items() if name not in field.non_db_attrs}
