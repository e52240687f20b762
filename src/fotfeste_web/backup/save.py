"""Taking a backup: one snapshot of the database, described and dumped while the site runs, into one encrypted file."""

import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from psycopg import IsolationLevel

from fotfeste_web.backup.age import Sealed
from fotfeste_web.backup.errors import BackupError
from fotfeste_web.backup.files import written_whole
from fotfeste_web.backup.manifest import Manifest
from fotfeste_web.backup.places import Place, program, server_version
from fotfeste_web.backup.progress import shown

BLOCK = 64 * 1024
TABLE = re.compile(r'contents of table "public\.(\w+)"')


def back_up(place: Place, file: Path, passphrase: str) -> Manifest:
    """Write the backup of a database, whole or not at all.

    Raises
    ------
    BackupError
        With a sentence on what to do.
    """
    with place.connect() as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
        path, version = program("pg_dump", oldest=server_version(connection))
        manifest = Manifest.of(connection, postgresql=version)
        with written_whole(file) as stream, shown("Tar sikkerhetskopi", sum(manifest.rows.values())) as advance:
            sealed = Sealed(stream, passphrase)
            sealed.write(manifest.line())
            _dump(path, place, snapshot, sealed.write, lambda table: advance(manifest.rows.get(table, 0)))
            sealed.finish()
    return manifest


def _dump(
    path: Path, place: Place, snapshot: str, write: Callable[[bytes], None], on_table: Callable[[str], None]
) -> None:
    options = ("--format=custom", "--compress=3", f"--snapshot={snapshot}", "--verbose", "--no-password")
    process = subprocess.Popen(  # noqa: S603
        [path, *options, f"--dbname={place.address}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=place.environment(),
    )
    with process:
        assert process.stdout
        assert process.stderr
        said: list[str] = []
        listener = threading.Thread(target=_listen, args=(process.stderr, said, on_table))
        listener.start()
        try:
            while block := process.stdout.read(BLOCK):
                write(block)
        except BaseException:
            process.kill()
            raise
        finally:
            listener.join()
    if process.returncode:
        raise BackupError(f"Sikkerhetskopien ble ikke tatt. {why(said)}")


def _listen(words: IO[bytes], said: list[str], on_table: Callable[[str], None]) -> None:
    for line in words:
        text = line.decode(errors="replace")
        if table := TABLE.search(text):
            on_table(table[1])
        elif "error:" in text:
            said.append(text)


def why(said: list[str]) -> str:
    """A program's first error; what stands in quotes could be a value, and is left out."""
    error = next((line.partition("error:")[2].strip() for line in said if "error:" in line), "ingen forklaring")
    return "PostgreSQL sier: " + re.sub(r'"[^"]*"|\([^)]*\)', "…", error)
