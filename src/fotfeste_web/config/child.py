"""A process that is started again when it ends by itself."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

END_SECONDS = 5
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
STEADY_SECONDS = 60  # having lived this long, the next end is a new fault


class Child:
    """It lives in a process group of its own, so that what it starts ends with it."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._wait = FIRST_WAIT
        self._started_at = 0.0
        self._start_again_at: float | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            self.command,
            env=self.environment,
            stdin=subprocess.PIPE,  # never written to: its end tells that we are gone
            start_new_session=True,
        )
        self._started_at = time.monotonic()
        self._start_again_at = None

    def lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def look_after(self) -> None:
        """Start it again when it has ended, after a wait that grows with each end."""
        if self.lives():
            return
        now = time.monotonic()
        if self._start_again_at is None:
            self._wait = FIRST_WAIT if now - self._started_at > STEADY_SECONDS else self._wait
            self._start_again_at = now + self._wait
            code = self._process.returncode if self._process else None
            print(
                f"{self.name} stoppet (kode {code}) og startes igjen om {self._wait:g} s.",
                file=sys.stderr,
                flush=True,
            )
            self._wait = min(self._wait * 2, LONGEST_WAIT)
            self._end_group()
        elif now >= self._start_again_at:
            self.start()

    def ask_to_end(self) -> None:
        if self._process and self.lives():
            self._process.terminate()

    def end(self) -> None:
        """Give it a few seconds to end what it is doing, then end it."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)
        self._end_group()

    def _end_group(self) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says so of a group of zombies
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
