"""A restore drill: a backup is read into an empty folder, looked over, started once, and removed again."""

import contextlib
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fotfeste_web.backup.errors import BackupError
from fotfeste_web.backup.manifest import Manifest, row_counts
from fotfeste_web.backup.places import Place
from fotfeste_web.backup.restore import opened, read_in, refuse_newer_code, refuse_unknown_key
from fotfeste_web.config import embedded
from fotfeste_web.config.child import Child
from fotfeste_web.config.databases import ADDRESSES
from fotfeste_web.config.embedded import EmbeddedPostgresError
from fotfeste_web.config.processes import CannotServe, Commands, environment, wait_for_answer
from fotfeste_web.config.secrets import known

LOCALHOST = "127.0.0.1"
# What a drill may not reach: the site's own database, its archive and its post.
OUTSIDE = (*ADDRESSES.values(), "FOTFESTE_ARCHIVE", "FOTFESTE_MAIL_HOST")


@dataclass
class Drill:
    """What was done, how long it took, and what stopped it if anything did."""

    file: Path
    began_at: datetime
    steps: list[tuple[str, float]] = field(default_factory=list)  # what, seconds
    manifest: Manifest | None = None
    rows: dict[str, int] = field(default_factory=dict)  # table: read back
    fault: str = ""

    @contextlib.contextmanager
    def step(self, what: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.steps.append((what, time.monotonic() - began))


def drill(file: Path, passphrase: str) -> Drill:
    """Try a backup. A fault is told in what is given back: the report of a failed drill is the one that is needed."""
    done = Drill(file, datetime.now(UTC))
    try:
        with opened(file, passphrase) as backup:
            done.manifest = backup.manifest
            with done.step("Nøkkel og utgave stemmer"):
                refuse_unknown_key(backup.manifest)
                refuse_newer_code(backup.manifest)
            with done.step("Hver del av filen er hel"):
                backup.check()
            with tempfile.TemporaryDirectory(prefix="fotfeste-prove-") as folder:
                home = Path(folder).resolve() / "hjem"
                with contextlib.ExitStack() as ends:
                    with done.step("Tom database er startet"):
                        server = ends.enter_context(embedded.start(home))
                    place = Place(server.dsn("fotfeste_owner"))
                    with done.step("Alt er lest inn"):
                        read_in(backup, place)
                    with done.step("Radene er talt"), place.connect() as connection:
                        done.rows = row_counts(connection)
                    _start(done, home, demo=backup.manifest.demo)
    except (BackupError, EmbeddedPostgresError, CannotServe) as error:
        done.fault = str(error)
    return done


def _start(done: Drill, home: Path, *, demo: bool) -> None:
    with socket.socket() as free:
        free.bind((LOCALHOST, 0))
        port = free.getsockname()[1]
    commands = Commands.of_the_site(LOCALHOST, port)
    with done.step("Tabeller, regler og nøkkel er kontrollert"):
        prepared = subprocess.run(  # noqa: S603
            commands.prepare, env=_environment("owner", home, port, demo), capture_output=True, text=True, check=False
        )
        if prepared.returncode:
            raise BackupError(f"Databasen kunne ikke gjøres klar: {(prepared.stderr or prepared.stdout).strip()}")
    with done.step("Nettstedet svarte på /helse/"):
        web = Child("Nettstedet", commands.web, _environment("web", home, port, demo))
        web.start()
        try:
            wait_for_answer(LOCALHOST, port, web)
        finally:
            web.ask_to_end()
            web.end()


def _environment(role: str, home: Path, port: int, demo: bool) -> dict[str, str]:
    inside = {name: value for name, value in environment(role).items() if name not in OUTSIDE}
    given = {"FOTFESTE_HOME": str(home), "FOTFESTE_URL": f"http://localhost:{port}", "FOTFESTE_DEMO": str(int(demo))}
    return inside | known("FOTFESTE_IDENTITY_KEY") | given | {"FOTFESTE_SECRET_KEY": os.urandom(32).hex()}
