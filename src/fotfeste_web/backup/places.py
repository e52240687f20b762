"""Which database a backup is of, as its owner, and the programs of PostgreSQL that fit it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psycopg
from psycopg.conninfo import make_conninfo

from fotfeste_web.backup.errors import BackupError
from fotfeste_web.config import embedded
from fotfeste_web.config.databases import database_settings

# Where Debian and Red Hat keep the programs of each version.
FOLDERS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")


@dataclass(frozen=True, slots=True)
class Place:
    address: str  # without the password, which would be seen in the list of processes
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, role: str) -> Self:
        """The site's own database, embedded or not, as `owner`, `web` or `worker`."""
        settings = database_settings(role)
        options = {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}
        names = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
        parts = {part: settings[name] for part, name in names.items() if settings[name]}
        return cls(make_conninfo(**parts, **options), settings.get("PASSWORD", ""))

    def connect(self) -> psycopg.Connection:
        given = {"password": self.password} if self.password else {}
        try:
            return psycopg.connect(self.address, **given)
        except psycopg.OperationalError as error:
            said = str(error).strip().splitlines()[-1]
            raise BackupError(
                f"Databasen slipper ikke inn eieren. Rollene og databasen lages først, se docs/drift/produksjon.md. "
                f"PostgreSQL sier: {said}"
            ) from None

    def environment(self) -> dict[str, str]:
        """For a program that connects: the password, and one language, so that its words can be recognised."""
        kept = {name: value for name, value in os.environ.items() if name != "PGOPTIONS"}
        return {**kept, "LC_ALL": "C", **({"PGPASSWORD": self.password} if self.password else {})}


def server_version(connection: psycopg.Connection) -> int:
    return connection.info.server_version // 10000


def program(name: str, *, oldest: int, newest: int | None = None) -> tuple[Path, int]:
    """The program of the version closest to `oldest`, and that version: it may not be older, nor newer than `newest`.

    Raises
    ------
    BackupError
        When none that fits is installed.
    """
    fit = {
        version: path
        for path, version in _installed(name)
        if version >= oldest and (newest is None or version <= newest)
    }
    if not fit:
        which = f"{oldest} eller nyere" if newest is None else f"{oldest}" + (f" til {newest}" * (newest > oldest))
        raise BackupError(
            f"Programmet {name} fra PostgreSQL {which} finnes ikke på denne maskinen. Installer det "
            f"(på Debian: apt-get install postgresql-client-{oldest}) og prøv igjen."
        )
    return fit[min(fit)], min(fit)


def _installed(name: str) -> Iterator[tuple[Path, int]]:
    on_path = shutil.which(name)
    found = [embedded.program(name), *([Path(on_path)] if on_path else [])]
    for folder in FOLDERS:
        found += Path("/").glob(f"{folder}/{name}")
    for path in found:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
        if version := re.search(r"\(PostgreSQL\) (\d+)", said):
            yield path, int(version[1])
