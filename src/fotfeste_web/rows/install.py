"""Lay the row policies, the grants and the ownership of triggers over the tables: after every migrate, in one place.

Nothing here reads a person's data. Run again it gives the same database.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from .exceptions import WITHOUT_POLICY
from .kin import facts_sql
from .models import RULES, Mark
from .policies import Rows

HERE = Path(__file__).parent
FUNCTIONS = (HERE / "functions.sql", HERE / "erasure.sql", HERE / "undo_import.sql")
ROLES = ("fotfeste_web", "fotfeste_worker")
COMMANDS = {"seen": "SELECT", "added": "INSERT", "changed": "UPDATE", "removed": "DELETE"}


def rules() -> Iterator[tuple[str, Rows]]:
    """Pair every table that has a row rule with it. A history table is read by the rule of what it tells of."""
    for model in apps.get_models(include_auto_created=True):
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None:
            yield model._meta.db_table, Rows(seen=tracked.rows.seen, kind=tracked.rows.kind)
        elif rows := getattr(model, "rows", None):
            yield model._meta.db_table, rows


def install(using: str = "default", **_: Any) -> None:
    connection = connections[using]
    # All or nothing: taken away and not given back, the rights would close the site, and half a rule is none.
    with transaction.atomic(using=using), connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        if not {"caseload_participant", "rows_mark"} <= existing:  # a migrate to an earlier state
            return
        cursor.execute(facts_sql())
        for file in FUNCTIONS:
            cursor.execute(file.read_text(encoding="utf-8"))
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {', '.join(ROLES)}, PUBLIC")
        for table, rows in rules():
            if table in existing:
                cursor.execute("".join(_policy_sql(table, rows)))
        for table in WITHOUT_POLICY:
            if table in existing:
                cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {', '.join(ROLES)}")
        cursor.execute("GRANT SELECT ON django_migrations, rows_mark TO " + ", ".join(ROLES))
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO " + ", ".join(ROLES))
        _let_triggers_write_history(cursor)
        cursor.execute("SELECT quote_ident(current_database())")
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {cursor.fetchone()[0]} FROM PUBLIC")
        Mark.objects.using(using).update_or_create(of=RULES, defaults={"fingerprint": fingerprint()})


def fingerprint() -> str:
    """Give what changes when anything that is laid changes: the rule of a table, or a file of this folder."""
    files = (file.read_bytes() for file in sorted(HERE.iterdir()) if file.suffix in (".py", ".sql"))
    laid = repr(sorted(rules(), key=lambda rule: rule[0])) + facts_sql()
    return sha256(b"".join(files) + laid.encode()).hexdigest()


def _policy_sql(table: str, rows: Rows) -> Iterator[str]:
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
    for name, command in COMMANDS.items():
        yield f"DROP POLICY IF EXISTS {name} ON {table};"
        condition = getattr(rows, name)
        if condition is None:
            continue
        clause = f"WITH CHECK ({condition})" if command == "INSERT" else f"USING ({condition})"
        yield f"CREATE POLICY {name} ON {table} FOR {command} TO {', '.join(ROLES)} {clause};"
        yield f"GRANT {command} ON {table} TO {', '.join(ROLES)};"


def _let_triggers_write_history(cursor: Any) -> None:
    """Make the history triggers run as the owner, so that the web role can read history and never write it."""
    cursor.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'public' AND (p.proname LIKE 'pgtrigger\\_%%' OR p.proname = '_pgh_attach_context')"
    )
    for (function,) in cursor.fetchall():
        cursor.execute(f"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = public, pg_temp")


def models_with_rules() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "rows")]
