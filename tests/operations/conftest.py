import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fotfeste_web.config import embedded


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A folder for state whose server, if one is left, ends with the test."""
    state = tmp_path / "home"
    yield state
    if (state / "postgres" / "PG_VERSION").exists():
        embedded.start(state).stop()


def postmaster(state: Path) -> int:
    return int((state / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def kill_server(state: Path) -> None:
    """What the out-of-memory killer or a power failure does: every process of the server, at once."""
    first = postmaster(state)
    parents = (line.split() for line in _ps("pid=,ppid="))
    family = [first, *(int(pid) for pid, parent in parents if int(parent) == first)]
    for pid in family:
        os.kill(pid, signal.SIGKILL)


def _ps(columns: str) -> list[str]:
    lines = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            pid, rest = (folder / "stat").read_text().split(" ", 1)
        except OSError:
            continue
        lines.append(f"{pid} {rest.rpartition(')')[2].split()[1]}")
    return lines


def one(server: embedded.Server, query: str, role: str = "fotfeste_owner", database: str = "fotfeste"):
    with psycopg.connect(server.dsn(role, database)) as connection:
        return connection.execute(query).fetchone()[0]


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that runs the code."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
