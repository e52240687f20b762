"""The site's tests on a server of one's own, set up as docs/drift says: the oldest PostgreSQL that Fotfeste takes."""

import base64
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from tests.operations.servers import SOURCE

ROLES = SOURCE / "fotfeste_web" / "config" / "embedded" / "roles.sql"
MANUAL = SOURCE.parent / "docs" / "drift" / "produksjon.md"

# What people can type is the same on every server; these take longest.
WITHOUT = ["--ignore=tests/site/test_odd_input.py", "--ignore=tests/site/test_canary.py"]

pytestmark = pytest.mark.more


def programs() -> Path:
    """Debian's programs; tools/postgresql has seen to it that they are there."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert found, "Install a server PostgreSQL: sudo apt-get install postgresql"
    return found[0]


def run(program: str, *arguments: object) -> None:
    """As root, as Debian's own account: a server refuses to be root's."""
    as_postgres: dict[str, Any] = {"user": "postgres", "group": "postgres", "cwd": "/"} if os.geteuid() == 0 else {}
    subprocess.run([programs() / program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL, **as_postgres)


@pytest.fixture
def server() -> Iterator[Path]:
    """The folder of the sockets, which nobody else comes into."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    data = folder / "data"
    run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-D", data)
    quiet = re.search(r"```\n(log_min_error_statement.*?)```", MANUAL.read_text(), re.DOTALL)
    assert quiet, "The settings of the log are not where they were."
    with open(data / "postgresql.conf", "a") as settings:
        settings.write(f"listen_addresses = ''\nunix_socket_directories = '{folder}'\n{quiet[1]}")
    run("pg_ctl", "start", "--wait", "-D", data, "-l", folder / "log")
    try:
        yield folder
    finally:
        run("pg_ctl", "stop", "--wait", "-m", "immediate", "-D", data)
        shutil.rmtree(folder)


def test_the_tests_of_the_site_pass_on_a_server_of_ones_own(server, tmp_path):
    with psycopg.connect(host=str(server), user="postgres", dbname="postgres", autocommit=True) as cluster:
        cluster.execute("CREATE DATABASE fotfeste")
    with psycopg.connect(host=str(server), user="postgres", dbname="fotfeste") as database:
        database.execute(ROLES.read_bytes())
        database.execute("ALTER ROLE fotfeste_owner CREATEDB")  # the tests make a database of their own
    where = quote(str(server), safe="")
    secret = base64.b64encode(bytes(range(32))).decode()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/architecture", "tests/site", *WITHOUT, "-m", "not more", "-n", "2"],
        cwd=SOURCE.parent,
        env=os.environ
        | {f"DATABASE_{name}": f"postgres://fotfeste_{role}@{where}/fotfeste" for name, role in ADDRESSES.items()}
        | {"FOTFESTE_SECRET_KEY": secret, "FOTFESTE_IDENTITY_KEY": secret, "FOTFESTE_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 300
    assert not (tmp_path / "test" / "postgres").exists()  # no embedded server was started


ADDRESSES = {"URL": "web", "OWNER_URL": "owner", "WORKER_URL": "worker"}
