"""A server of one's own, as docs/drift says: the oldest PostgreSQL that Fotfeste takes."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from tests.operations.servers import SOURCE

ROLES = SOURCE / "fotfeste_web" / "config" / "embedded" / "roles.sql"
MANUALS = SOURCE.parent / "docs" / "drift"
ADDRESSES = {"URL": "web", "OWNER_URL": "owner", "WORKER_URL": "worker"}


def programs() -> Path:
    """Debian's programs; tools/postgresql has seen to it that they are there."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert found, "Install a server PostgreSQL: sudo apt-get install postgresql"
    return found[0]


def run(program: str, *arguments: object) -> None:
    """As root, as Debian's own account: a server refuses to be root's."""
    as_postgres: dict[str, Any] = {"user": "postgres", "group": "postgres", "cwd": "/"} if os.geteuid() == 0 else {}
    subprocess.run([programs() / program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, **as_postgres)


@contextmanager
def folder_of_the_server() -> Iterator[Path]:
    """A folder that nobody else comes into."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def own_server(folder: Path, settings: str = "") -> Iterator[None]:
    """The server answers in the folder; its data are in `data` there."""
    data = folder / "data"
    run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-D", data)
    quiet = re.search(r"```\n(log_min_error_statement.*?)```", (MANUALS / "produksjon.md").read_text(), re.DOTALL)
    assert quiet, "The settings of the log are not where they were."
    with open(data / "postgresql.conf", "a") as file:
        file.write(f"listen_addresses = ''\nunix_socket_directories = '{folder}'\n{quiet[1]}{settings}")
    with running(folder):
        yield


@contextmanager
def running(folder: Path) -> Iterator[None]:
    run("pg_ctl", "start", "--wait", "-D", folder / "data", "-l", folder / "log")
    try:
        yield
    finally:
        run("pg_ctl", "stop", "--wait", "-m", "immediate", "-D", folder / "data")


def lay_roles(folder: Path) -> None:
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as cluster:
        cluster.execute("CREATE DATABASE fotfeste")
    with psycopg.connect(host=str(folder), user="postgres", dbname="fotfeste") as database:
        database.execute(ROLES.read_bytes())


def addresses(folder: Path) -> dict[str, str]:
    """The environment of a site whose database this is."""
    where = quote(str(folder), safe="")
    return {f"DATABASE_{name}": f"postgres://fotfeste_{role}@{where}/fotfeste" for name, role in ADDRESSES.items()}
