"""Starting, sharing and stopping the embedded server.

Each process that uses it holds a shared lock on `postgres.users`; start and stop run under `postgres.lock`.
The kernel lets go of both when a process is killed. Whether the server runs is what `pg_isready` says,
never what a file says.
"""

import fcntl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psycopg

from fotfeste_web.config.embedded import cluster
from fotfeste_web.config.embedded.errors import EmbeddedPostgresError
from fotfeste_web.config.embedded.folders import (
    PORT,
    SOCKET,
    data_folder,
    prepare_socket_directory,
    prepare_state,
    socket_directory,
)
from fotfeste_web.config.embedded.programs import private, program, run, server_account

IMPOSSIBLE_PID = 4194305  # one above the highest number that Linux gives
CHILDREN_DIE_SECONDS = 5  # the processes of a killed server may hold its memory this long
RECOVERY_SECONDS = 300  # reading the log again after a power failure


def start(state: Path, *, for_tests: bool = False) -> "Server":
    """Start the server of this folder, or share the one that runs; make it the first time.

    With `for_tests` the owner may make databases.

    Raises
    ------
    EmbeddedPostgresError
        With a sentence on what to do.
    """
    server = Server(state.resolve(), for_tests=for_tests)
    server.run()
    return server


class Server:
    """One process's hold on the server. Another process may have one on the same server."""

    def __init__(self, state: Path, *, for_tests: bool = False) -> None:
        self.state = state
        self.socket_directory = socket_directory(state)
        self.log = state / "postgres.log"
        self._account = server_account()
        self._data = data_folder(state)
        self._for_tests = for_tests
        self._users: IO[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def dsn(self, role: str, database: str = cluster.DATABASE) -> str:
        return cluster.dsn(self.socket_directory, role, database)

    def run(self) -> None:
        """See that the server answers and holds what it must, and hold on to it."""
        try:
            prepare_state(self.state, self._account)
            with self._alone():
                if self._users is None:
                    self._users = _open(self.state / "postgres.users")
                    fcntl.flock(self._users, fcntl.LOCK_SH)
                if not self.answers():
                    self._start()
                cluster.fill(self.socket_directory, for_tests=self._for_tests)
        except BaseException as error:
            self.stop()
            if isinstance(error, OSError | psycopg.Error):  # full as it is, it may answer and take nothing
                sentence = cluster.failure("Databasen kunne ikke startes", self.state, str(error))
                raise EmbeddedPostgresError(sentence) from error
            raise

    def stop(self) -> None:
        """Let go of the server, and end it when nobody else uses it."""
        if self._users is None:
            return
        with self._alone():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else uses it
            else:
                self._stop()
            self._users.close()
            self._users = None

    def answers(self) -> bool:
        where = ("-h", self.socket_directory, "-p", str(PORT), "-U", "postgres", "-d", "postgres")
        return run(program("pg_isready"), "--quiet", *where).returncode == 0

    def alive(self) -> bool:
        """Whether its first process lives: cheaper than asking for an answer."""
        return _is_server(_pid(self._data / "postmaster.pid"), self._data)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with _open(self.state / "postgres.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _start(self) -> None:
        if not self._data.exists():
            cluster.create(self._data, self._account)
        cluster.refuse_other_version(self._data)
        if self.socket_directory != self._data:
            prepare_socket_directory(self.socket_directory, self._account)
        log_before = self.log.stat().st_size if self.log.exists() else 0
        began = time.monotonic()
        while not self.answers():
            waited = time.monotonic() - began
            if waited > (RECOVERY_SECONDS if self.alive() else CHILDREN_DIE_SECONDS):
                words = self.log.read_bytes()[log_before:].decode(errors="replace")
                raise EmbeddedPostgresError(
                    cluster.failure("Databasen kunne ikke startes", self._data, words) + f" (Se {self.log}.)"
                )
            if not self.alive():
                self._forget_the_dead()
                cluster.configure(self._data, self.socket_directory, self._account)
                self._pg_ctl("start", "-t", str(RECOVERY_SECONDS))
            time.sleep(0.05)

    def _stop(self) -> None:
        if not self.alive():
            return
        if self._pg_ctl("stop", "-m", "fast", "-t", "10") != 0:
            self._pg_ctl("stop", "-m", "immediate", "-t", "10")  # the next start reads the log again

    def _pg_ctl(self, action: str, *options: str) -> int:
        options = (action, "--silent", "--wait", "-D", str(self._data), *options)
        return run(program("pg_ctl"), *options, account=self._account, output=self.log).returncode

    def _forget_the_dead(self) -> None:
        """Let no number of a dead server be taken for a living process that has got it since.

        `postmaster.pid` must stay: a line in it guards against processes that the dead server has left.
        """
        for file in (self._data / "postmaster.pid", self.socket_directory / f"{SOCKET}.lock"):
            if file.exists():
                rest = file.read_bytes().partition(b"\n")[2]
                with open(file, "r+b") as stream:
                    stream.write(b"%d\n" % IMPOSSIBLE_PID + rest)
                    stream.truncate()


def _open(path: Path) -> IO[str]:
    return open(path, "a", opener=private)


def _pid(file: Path) -> int | None:
    try:
        return int(file.read_text().partition("\n")[0])
    except (OSError, ValueError):
        return None


def _is_server(pid: int | None, data: Path) -> bool:
    """Whether the process is the server of this data, rather than a zombie or one with a reused number."""
    if pid is None or pid <= 0:
        return False
    if sys.platform == "linux":
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
        except OSError:
            return False
    else:
        ask = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
        words = subprocess.run(ask, capture_output=True, check=False).stdout.replace(b"\n", b" ")  # noqa: S603
    return b"/postgres -D %b " % str(data).encode() in words
