"""The disk is full, and gets room again: the site says so, goes on by itself, and has all that it answered as saved.

On a small disk of the test's own, which takes root to mount.
"""

import contextlib
import os
import random
import subprocess
from collections.abc import Iterator
from datetime import date
from http.client import HTTPException
from pathlib import Path

import psycopg
import pytest

from fotfeste_web.config import embedded
from tests.operations.conftest import end
from tests.operations.servers import answer, until
from tests.operations.signed_in import SignedIn
from tests.operations.site import Visitor, serving

pytestmark = pytest.mark.more
ROOM = 100_000_000  # bytes beside what the database has
MOUNT, UNMOUNT = (["sudo"] * (os.geteuid() != 0) + [program] for program in ("mount", "umount"))
FULL = "Det er ikke plass til å lagre mer"
GONE = "Fotfeste får ikke tak i dataene akkurat nå"


class SmallDisk:
    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        with open(self._ballast, "ab", buffering=0) as file:
            for size in (1_000_000, 4096, 1):
                try:
                    while file.write(b"\0" * size) == size:
                        pass
                except OSError:
                    continue

    def give_room(self) -> None:
        self._ballast.unlink(missing_ok=True)


@pytest.fixture
def disk(site: Path, people: SignedIn, folder: Path) -> Iterator[SmallDisk]:
    size = sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) + ROOM
    small = folder / "small"
    small.mkdir()
    subprocess.run([*MOUNT, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", small], check=True)
    try:
        subprocess.run(["cp", "-a", site, small / "home"], check=True)
        yield SmallDisk(small)
        (small / "ballast").unlink(missing_ok=True)
        end(small / "home")
    finally:
        subprocess.run([*UNMOUNT, "--lazy", small], check=True)


def note(visitor: Visitor, people: SignedIn, number: int) -> tuple[int, str]:
    """Send a long note; its letters are drawn, so that nothing packs it."""
    drawn = random.Random(number)
    text = f"Notat {number} " + "".join(drawn.choices("abcdefghijklmnopqrstuvwxyzæøå", k=9000))
    path = f"/deltakere/{people.participant}/notat/ny/"
    try:
        status, _, page = visitor.send(path, text=text, on=f"{date.today():%d.%m.%Y}", kind="note")
    except (OSError, HTTPException):
        return 0, ""
    return status, page


def stored(server: embedded.Server) -> set[int]:
    return set(
        answer(server, "SELECT array_agg(split_part(text, ' ', 2)::int) FROM followup_note WHERE text LIKE 'Notat%'")
    )


def use_up_its_log_of_changes(server: embedded.Server) -> None:
    """Write until the database has no room for what it must write first, and stops."""
    with contextlib.suppress(psycopg.OperationalError):
        for _ in range(40):
            answer(server, "SELECT pg_logical_emit_message(false, 'a', 'b'), pg_switch_wal()", role="postgres")
        raise AssertionError("The disk was not full.")


def test_a_full_disk_is_told_and_with_room_again_the_site_goes_on(disk, port, people):
    visitor = Visitor(port, fotfeste=people.cookies["specialist"])
    with serving(disk.home, port) as running:
        server = embedded.Server(disk.home)
        saved = [number for number in range(3) if note(visitor, people, number)[0] == 302]
        assert len(saved) == 3
        disk.fill()
        for number in range(3, 400):
            status, page = note(visitor, people, number)
            if status != 302:
                break
            saved.append(number)
        assert status == 503
        assert FULL in page
        assert visitor.get("/static/ui/fotfeste.css")[0] == 200
        disk.give_room()
        assert until(lambda: note(visitor, people, 500)[0] == 302, seconds=30)
        assert stored(server) == {*saved, 500}
        assert "because of DiskFull" in running.printed


def test_a_disk_so_full_that_the_database_stops_does_not_take_the_site_with_it(disk, port, people):
    visitor = Visitor(port, fotfeste=people.cookies["specialist"])
    with serving(disk.home, port) as running:
        server = embedded.Server(disk.home)
        assert note(visitor, people, 1)[0] == 302
        disk.fill()
        use_up_its_log_of_changes(server)
        assert until(lambda: "disken er full" in running.printed, seconds=60)
        status, page = visitor.get("/i-dag/")[::2]
        assert status == 503
        assert GONE in page
        assert running.process.poll() is None
        disk.give_room()
        assert until(lambda: note(visitor, people, 2)[0] == 302, seconds=60)
        assert stored(server) == {1, 2}
