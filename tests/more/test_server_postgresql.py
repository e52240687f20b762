"""The same migrations, rules and tests on a PostgreSQL server of one's own (15 or later) as on the embedded one."""

import base64
import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fotfeste_web.config import embedded

ROOT = Path(__file__).parent.parent.parent
ROLES = Path(embedded.__file__).with_name("roles.sql")
PORT = "5433"

pytestmark = pytest.mark.more


def server_programs() -> Path:
    """The newest server of the system; `make test-more` installs one where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    assert found, "Ingen PostgreSQL-tjener på maskinen. Installer den: sudo apt-get install postgresql"
    return found[-1].parent


@pytest.fixture
def server() -> Iterator[Path]:
    """A server that is ours alone: a socket in a closed folder, no TCP, the roles made as the operator makes them."""
    programs = server_programs()
    folder = Path(tempfile.mkdtemp(prefix="fotfeste-server-", dir="/tmp"))
    as_root = os.geteuid() == 0
    if as_root:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    who = {"user": "postgres", "group": "postgres", "extra_groups": []} if as_root else {}

    def run(program: str, *arguments: str) -> None:
        subprocess.run([programs / program, *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL, **who)

    data, log = str(folder / "data"), str(folder / "log")
    run("initdb", "-D", data, "--auth=trust", "--locale=C.UTF-8", "--username=postgres")
    run("pg_ctl", "-D", data, "-l", log, "-w", "-o", f"-c listen_addresses='' -k {folder} -p {PORT}", "start")
    try:
        address = ("-h", str(folder), "-p", PORT, "-U", "postgres")
        run("createdb", *address, "fotfeste")
        sql = ROLES.read_text(encoding="utf-8") + "ALTER ROLE fotfeste_owner CREATEDB;"
        run("psql", *address, "-q", "-v", "ON_ERROR_STOP=1", "-d", "fotfeste", "-c", sql)
        yield folder
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_access_and_the_daily_work_are_the_same_on_a_server_of_ones_own(server):
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    environment = os.environ | {"FOTFESTE_SECRET_KEY": key, "FOTFESTE_IDENTITY_KEY": key}
    for role, variable in (("web", "URL"), ("owner", "OWNER_URL"), ("worker", "WORKER_URL")):
        environment[f"DATABASE_{variable}"] = f"postgresql://fotfeste_{role}@/fotfeste?host={server}&port={PORT}"
    os.chmod(server, 0o755)  # the tests may run as another account than the server
    command = [sys.executable, "-m", "pytest", "-n", "2", "-m", "not more", "tests/architecture", "tests/site"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    passed = re.search(r"(\d+) passed", done.stdout)
    assert done.returncode == 0, done.stdout[-3000:]
    assert passed
    assert int(passed[1]) > 500
