"""Which rows hang on which, told to the database: from the models, and from what is kept how long.

The functions that erase (erasure.sql) read these tables of facts and nothing that a caller hands them.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connection, models

from .kept import removable, rules_by_table

GOES, EMPTIED, HOLDS = "goes", "emptied", "holds"


def kin() -> Iterator[tuple[str, str, str, str, str]]:
    """Give each foreign key: the table it leads to, its own table with its key, the column, what a removal does."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and not hasattr(model, "pgh_tracked_model"):
                parent = field.remote_field.model._meta.db_table
                yield parent, model._meta.db_table, model._meta.pk.column, field.column, _on_removal(field)


def histories() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if tracked := getattr(model, "pgh_tracked_model", None):
            yield tracked._meta.db_table, model._meta.db_table


def _on_removal(field: models.ForeignKey) -> str:
    if field.remote_field.on_delete is models.CASCADE:
        return GOES
    return EMPTIED if field.remote_field.on_delete is models.SET_NULL else HOLDS


def _tables() -> Iterator[tuple[str, str, str, str]]:
    for model in apps.get_models(include_auto_created=True):
        key = model._meta.pk
        yield model._meta.db_table, model._meta.label_lower, key.column, key.db_type(connection).split(" ")[0]


def facts_sql() -> str:
    """Give the functions that say these facts, to be laid in the database."""
    rules = rules_by_table().values()
    return "".join(
        (
            _fact("kin", "parent text, child text, child_key text, via text, on_removal text", kin()),
            _fact("histories", "of_table text, history text", histories()),
            _fact("key_of", "of_table text, label text, key text, kind text", _tables()),
            _fact("removable", "word text, of_table text", ((word, rule.table) for word, rule in removable().items())),
            _fact(
                "kept_days",
                "of_table text, since text, days text",
                ((rule.table, rule.since, str(rule.days)) for rule in rules if rule.days is not None),
            ),
        )
    )


def _fact(name: str, columns: str, facts: Iterable[tuple[str, ...]]) -> str:
    """A function that gives a table of words of our own: names of tables and columns, never anything typed."""
    lines = ", ".join("(" + ", ".join(f"'{word}'" for word in fact) + ")" for fact in sorted(facts))
    return (
        f"DROP FUNCTION IF EXISTS {name}(); CREATE FUNCTION {name}() RETURNS TABLE ({columns})"
        f" LANGUAGE sql IMMUTABLE AS $$ VALUES {lines} $$;\n"
    )
