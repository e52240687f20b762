"""Reading a backup into an empty database. Everything that can be refused is refused before anything is written."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from fotfeste_web.backup.age import Damaged, NotAge, Opened, WrongPassphrase
from fotfeste_web.backup.errors import BackupError
from fotfeste_web.backup.manifest import Manifest, row_counts
from fotfeste_web.backup.places import Place, program, server_version
from fotfeste_web.backup.progress import shown
from fotfeste_web.backup.save import why
from fotfeste_web.config.databases import ADDRESSES
from fotfeste_web.config.processes import database, environment
from fotfeste_web.config.role_check import refuse_unsafe_role
from fotfeste_web.config.secrets import fingerprint, known

ROLES = ("fotfeste_owner", "fotfeste_web", "fotfeste_worker")
LONGEST_MANIFEST = 1_000_000  # bytes
KNOWN_MIGRATIONS = """
import json, django
django.setup()
from fotfeste_web.config.installed import migrations
print(json.dumps([f"{app}.{name}" for app, name in migrations()]))
"""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that its passphrase opens."""

    manifest: Manifest
    size: int  # bytes of the file
    _opened: Opened
    _dump_at: int  # where the dump begins in what is inside

    def check(self) -> None:
        """Go through every piece, so that nothing is read in of a file that is damaged further on."""
        with shown("Kontrollerer filen", self.size) as advance:
            for piece in self.dump():
                advance(len(piece))

    def dump(self) -> Iterator[bytes]:
        left_out = 0
        try:
            for piece in self._opened.pieces():
                skip = min(len(piece), self._dump_at - left_out)
                left_out += skip
                yield piece[skip:]
        except Damaged:
            raise _damaged() from None


@contextmanager
def opened(file: Path, passphrase: str) -> Iterator[Backup]:
    """Open a backup and read what it says of itself.

    Raises
    ------
    BackupError
        When it is no backup, the passphrase does not open it, or its beginning is damaged.
    """
    try:
        stream = open(file, "rb")  # noqa: SIM115 (what the caller does with it is not a fault of the file)
    except OSError as error:
        raise BackupError(f"{file} kan ikke leses: {error.strerror}.") from None
    with stream:
        try:
            inside = Opened(stream, passphrase)
            line = b""
            for piece in inside.pieces():
                line += piece
                if b"\n" in piece or len(line) > LONGEST_MANIFEST:
                    break
        except NotAge:
            raise BackupError(f"{file} er ingen sikkerhetskopi fra Fotfeste.") from None
        except WrongPassphrase:
            raise BackupError("Passordfrasen er feil, eller begynnelsen av filen er skadet.") from None
        except Damaged:
            raise _damaged() from None
        line = line.partition(b"\n")[0]
        yield Backup(Manifest.read(line), file.stat().st_size, inside, len(line) + 1)


def restore(file: Path, passphrase: str) -> Manifest:
    """Read a backup into the site's own database, which must be empty, and make it ready for a start.

    Raises
    ------
    BackupError
        With a sentence on what to do; before anything is written, when it can be known by then.
    """
    with opened(file, passphrase) as backup:
        refuse_unknown_key(backup.manifest)
        refuse_newer_code(backup.manifest)
        backup.check()
        place = Place.of("owner")
        with database():
            read_in(backup, place)
            demo = {"FOTFESTE_DEMO": "1"} if backup.manifest.demo else {}
            prepare = [sys.executable, "-m", "django", "prepare"]
            if subprocess.run(prepare, env=environment("owner") | demo, check=False).returncode:  # noqa: S603
                raise BackupError("Alt er lest inn, men databasen kunne ikke gjøres klar. Meldingen over sier hvorfor.")
            for role in ("web", "worker"):
                with Place.of(role).connect() as connection:
                    refuse_unsafe_role(connection)
        return backup.manifest


def refuse_unknown_key(manifest: Manifest) -> None:
    """Refuse when what the backup holds could not be read here. No key is made."""
    here = {fingerprint(key) for key in known("FOTFESTE_IDENTITY_KEY").values()}
    if not set(manifest.identity_keys) <= here:
        raise BackupError(
            "FOTFESTE_IDENTITY_KEY her er ikke den som sikkerhetskopien er laget med, så fødselsnumrene kunne ikke "
            "leses. Ingenting er lest inn. Hent den riktige nøkkelen med: fotfeste keys import FIL"
        )


def refuse_newer_code(manifest: Manifest) -> None:
    if unknown := set(manifest.migrations) - _known_migrations():
        raise BackupError(
            f"Sikkerhetskopien er fra en nyere utgave av Fotfeste ({manifest.made_by}): {len(unknown)} endringer av "
            "tabellene er ukjente her. Ingenting er lest inn. Bruk den nyere utgaven."
        )


def refuse_unfit_server(connection: psycopg.Connection, manifest: Manifest) -> None:
    """Refuse a server that is older than the backup, lacks the roles, or has something in it already."""
    here = server_version(connection)
    if here < manifest.postgresql:
        raise BackupError(
            f"Sikkerhetskopien er laget med PostgreSQL {manifest.postgresql}, og databasen her er PostgreSQL {here}. "
            f"Den kan bare leses inn i PostgreSQL {manifest.postgresql} eller nyere. Ingenting er lest inn."
        )
    found = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", [list(ROLES)]).fetchall()
    if missing := set(ROLES) - {row[0] for row in found}:
        raise BackupError(
            f"Databasen mangler {' og '.join(sorted(missing))}. Rollene lages først, se docs/drift/produksjon.md."
        )
    if tables := row_counts(connection):
        raise BackupError(
            f"Databasen er ikke tom: den har {len(tables)} tabeller. En sikkerhetskopi leses bare inn i en tom "
            "database. Velg en annen mappe med FOTFESTE_HOME, eller en annen DATABASE_URL."
        )


def read_in(backup: Backup, place: Place) -> None:
    """Read everything in as one transaction: all of it is there afterwards, or nothing.

    Raises
    ------
    BackupError
        When the server refuses something, or has other rows afterwards than the backup says.
    """
    with place.connect() as connection:
        refuse_unfit_server(connection, backup.manifest)
        newest = server_version(connection)
    path, _ = program("pg_restore", oldest=backup.manifest.postgresql, newest=newest)
    options = ("--format=custom", "--single-transaction", "--exit-on-error", "--no-password")
    with tempfile.TemporaryFile() as words:
        with (
            subprocess.Popen(  # noqa: S603
                [path, *options, f"--dbname={place.address}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=words,
                env=place.environment(),
            ) as process,
            shown("Leser inn", backup.size) as advance,
        ):
            assert process.stdin
            try:
                for piece in backup.dump():
                    process.stdin.write(piece)
                    advance(len(piece))
                process.stdin.close()
            except BrokenPipeError:
                pass  # it gave up: why stands in its words
            except BaseException:
                process.kill()  # or it would take the end of its input for the end of the dump
                raise
        if process.returncode:
            words.seek(0)
            said = words.read().decode(errors="replace").splitlines()
            raise BackupError(f"Sikkerhetskopien ble ikke lest inn, og databasen er tom som før. {why(said)}")
    with place.connect() as connection:
        if row_counts(connection) != backup.manifest.rows:
            raise BackupError("Det som er lest inn, har ikke de radene som sikkerhetskopien sier. Bruk det ikke.")
    with place.connect() as connection:
        connection.autocommit = True
        connection.execute("ANALYZE")  # counts and spreads of values are not in a backup


def _known_migrations() -> set[str]:
    """Ask in a process of its own, with no key of the site: Django's settings would make those that are missing."""
    ours = {name: value for name, value in environment("owner").items() if name not in ADDRESSES.values()}
    nothing = {"FOTFESTE_SECRET_KEY": "nothing", "FOTFESTE_IDENTITY_KEY": "nothing"}
    command = [sys.executable, "-c", KNOWN_MIGRATIONS]
    asked = subprocess.run(command, env=ours | nothing, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return set(json.loads(asked.stdout))


def _damaged() -> BackupError:
    return BackupError("Filen er skadet eller ikke hel. Ingenting er lest inn. Bruk en annen sikkerhetskopi.")
