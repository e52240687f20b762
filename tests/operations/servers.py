"""Processes and embedded servers as the operating system sees them, for these tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

import fotfeste_web
from fotfeste_web.config.embedded import Server

SOURCE = Path(fotfeste_web.__file__).parents[1]


def postmaster(state: Path) -> int:
    return int((state / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended while we looked
        if int(fields[1]) == parent:
            found.append(int(folder.name))
    return found


def family(parent: int) -> list[int]:
    return [parent, *(pid for child in children(parent) for pid in family(child))]


def running(pids: list[int]) -> list[int]:
    """Those that have not ended; one that only waits to be counted by its parent has."""

    def state(pid: int) -> str:
        try:
            return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return "gone"

    return [pid for pid in pids if state(pid) not in ("gone", "Z", "X")]


def kill_server(state: Path) -> None:
    """What a power failure does: every process of the server, at once."""
    for pid in family(postmaster(state)):
        with suppress(ProcessLookupError):  # its first process is gone, so it went by itself
            os.kill(pid, signal.SIGKILL)


def answer(server: Server, *statements: str, role: str = "fotfeste_owner") -> Any:
    """The one value that the last statement gives, if it gives any."""
    with psycopg.connect(server.dsn(role), autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def python(code: str, *arguments: object, stderr: int | None = None, **environment: object) -> subprocess.Popen[str]:
    """The code in another process, with the arguments in `sys.argv`."""
    given = {name: str(value) for name, value in environment.items()}
    path = os.pathsep.join(map(str, (SOURCE, SOURCE.parent)))
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        env={**os.environ, "PYTHONPATH": path, **given},
    )


USER = """
import sys
from pathlib import Path
from fotfeste_web.config import embedded
server = embedded.start(Path(sys.argv[1]))
print("started", flush=True)
sys.stdin.readline()
server.stop()
print("stopped", flush=True)
"""


def user_of(state: Path) -> subprocess.Popen[str]:
    """Another process that uses the server until it gets a line."""
    return python(USER, state)


def until(condition: Callable[[], bool], *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
