"""What a backup says of itself: its first line, encrypted and checked with all the rest."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Self

import psycopg
from psycopg import sql

from fotfeste_web.backup.errors import BackupError

SCHEMA, VERSION = "fotfeste.backup", 1
TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
NOT_READY = "Databasen er ikke gjort klar for Fotfeste, så det er ikke noe å ta kopi av. Kjør: fotfeste manage prepare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    made_at: str  # UTC, ISO 8601
    made_by: str  # the version of Fotfeste
    postgresql: int  # the oldest PostgreSQL that can read it
    identity_keys: tuple[str, ...]  # fingerprints of the keys that its identity numbers are encrypted with
    demo: bool
    migrations: tuple[str, ...]
    rows: dict[str, int]  # table: how many
    schema: str = SCHEMA
    version: int = VERSION

    @classmethod
    def of(cls, connection: psycopg.Connection, *, postgresql: int) -> Self:
        """Describe the database as the snapshot of this connection shows it."""
        rows = row_counts(connection)
        keys = _column(connection, "SELECT fingerprint FROM rows_mark WHERE of LIKE 'identity key%'") if rows else ()
        if not keys:
            raise BackupError(NOT_READY)
        return cls(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            made_by=version("fotfeste"),
            postgresql=postgresql,
            identity_keys=keys,
            demo=bool(rows.get("demo_demoworld")),
            migrations=_column(connection, "SELECT app || '.' || name FROM django_migrations ORDER BY 1"),
            rows=rows,
        )

    def line(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Read the first line of a file that the passphrase opened."""
        try:
            given = json.loads(line)
            schema, written = given["schema"], given["version"]
        except (ValueError, TypeError, KeyError):
            schema = None
        if schema != SCHEMA:
            raise BackupError("Filen er kryptert, men er ingen sikkerhetskopi fra Fotfeste.")
        if written > VERSION:
            raise BackupError("Sikkerhetskopien er laget av en nyere utgave av Fotfeste. Bruk den, eller en nyere.")
        lists = {name: tuple(given[name]) for name in ("identity_keys", "migrations")}
        return cls(**(given | lists))


def row_counts(connection: psycopg.Connection) -> dict[str, int]:
    """Count the rows of every table of the site."""
    counted = {}
    for table in _column(connection, TABLES):
        answer = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        counted[table] = answer[0]
    return counted


def _column(connection: psycopg.Connection, query: str) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(query).fetchall())
