"""Making a new PostgreSQL cluster, its configuration and what is in it from the first day."""

import os
import shutil
from importlib.resources import files
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fotfeste_web.config.embedded.errors import EmbeddedPostgresError
from fotfeste_web.config.embedded.folders import PORT, open_the_way_to
from fotfeste_web.config.embedded.programs import MAJOR_VERSION, Account, caller, program, run

DATABASE = "fotfeste"
ROOM_TO_START = 2**20  # bytes
ROLES = ("postgres", "fotfeste_owner", "fotfeste_web", "fotfeste_worker")

SETTINGS = """\
# Written anew at each start.
listen_addresses = ''
port = {port}
unix_socket_directories = '{sockets}'
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
log_checkpoints = off

# A statement holds people's names, and so do the errors it gives and the values in them. They go to the
# program that asked, not to the log; what the server says of itself does.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
"""


def create(data: Path, account: Account) -> None:
    """Make the cluster under another name and rename it when it is whole."""
    new = data.with_name("postgres.new")
    shutil.rmtree(new, ignore_errors=True)  # left by a start that was killed
    new.mkdir(mode=0o700)
    if account.uid != os.geteuid():
        os.chown(new, account.uid, account.gid)
        open_the_way_to(program("initdb"))
    # The builtin locale lowers and raises Norwegian letters right without ICU, which this build lacks.
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    done = run(program("initdb"), "--auth=peer", "--username=postgres", *locale, "-D", new, account=account)
    if done.returncode != 0:
        shutil.rmtree(new, ignore_errors=True)
        raise EmbeddedPostgresError(failure("Databasen kunne ikke lages", data, done.stdout))
    new.rename(data)
    _keep_name(data.parent)


def refuse_other_version(data: Path) -> None:
    try:
        found = (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise EmbeddedPostgresError(
            f"Mappen {data} er ikke en PostgreSQL-database. Flytt den vekk, "
            "eller sett FOTFESTE_HOME til en annen mappe."
        ) from None
    if int(found) > MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"Databasen i {data} er laget av PostgreSQL {found}, men her er PostgreSQL {MAJOR_VERSION}. "
            "Bruk den nyere utgaven av Fotfeste som laget den."
        )
    if int(found) < MAJOR_VERSION:
        raise EmbeddedPostgresError(
            f"Databasen i {data} er laget av PostgreSQL {found}, men her er PostgreSQL {MAJOR_VERSION}. "
            "Ta en sikkerhetskopi med den gamle utgaven av Fotfeste og les den inn i den nye."
        )


def configure(data: Path, sockets: Path, account: Account) -> None:
    quoted = str(sockets).replace("'", "''")
    _write(data / "postgresql.conf", SETTINGS.format(port=PORT, sockets=quoted), account)
    _write(data / "pg_hba.conf", "local all all peer map=fotfeste\n", account)
    lines = (f'fotfeste "{caller().name}" {role}\n' for role in ROLES)
    _write(data / "pg_ident.conf", "".join(lines), account)


def dsn(sockets: Path, role: str, database: str = DATABASE) -> str:
    return make_conninfo(host=str(sockets), port=PORT, user=role, dbname=database)


def fill(sockets: Path, *, for_tests: bool) -> None:
    """The roles and the empty database, where they are missing."""
    with psycopg.connect(dsn(sockets, "postgres", "postgres"), autocommit=True) as cluster:
        found = cluster.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if found is None:
            cluster.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    with psycopg.connect(dsn(sockets, "postgres")) as database:
        database.execute(files(__package__).joinpath("roles.sql").read_bytes())
        if for_tests:
            database.execute(files(__package__).joinpath("tests.sql").read_bytes())


def failure(what: str, data: Path, words: str) -> str:
    """A sentence on why a program of PostgreSQL gave up."""
    if "No space left on device" in words or _is_full(data.parent):  # so full that no words could be written
        return f"{what}: disken er full der {data} ligger. Frigjør plass og start igjen."
    if "Permission denied" in words:
        return f"{what}: PostgreSQL får ikke lese eller skrive i {data}. Se hvem som eier mappen."
    last = next((line for line in reversed(words.splitlines()) if line.strip()), "ingen forklaring")
    return f"{what}. PostgreSQL sier: {last.strip()}"


def _is_full(folder: Path) -> bool:
    return folder.exists() and shutil.disk_usage(folder).free < ROOM_TO_START


def _write(path: Path, text: str, account: Account) -> None:
    path.write_text(text)
    if account.uid != os.geteuid():
        os.chown(path, account.uid, account.gid)


def _keep_name(folder: Path) -> None:
    """The new name too survives a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
