"""After kill -9: what was answered is there, and nothing stands in the way of the next start."""

import os
import signal
import subprocess
import time

import pytest
from tests.operations.servers import answer, kill_server, postmaster, python

from fotfeste_web.config import embedded

WRITER = """
import sys
import psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    while True:
        row = connection.execute("INSERT INTO saved DEFAULT VALUES RETURNING number").fetchone()
        print(row[0], flush=True)
"""


def test_everything_answered_is_there_after_each_of_six_kills(made):
    server = embedded.start(made)
    answer(server, "DROP TABLE IF EXISTS saved", "CREATE TABLE saved (number int GENERATED ALWAYS AS IDENTITY)")
    answered: list[int] = []
    for round_ in range(6):
        with python(WRITER, server.dsn("fotfeste_owner")) as writer:
            answered.append(int(writer.stdout.readline()))
            time.sleep(0.03 * (round_ + 1))
            kill_server(made)
            answered += map(int, writer.stdout.read().split())
        server.run()
        stored = set(answer(server, "SELECT array_agg(number) FROM saved"))
        assert set(answered) <= stored
    assert len(answered) > 6  # more than the one that each round waits for
    server.stop()


def sleeper() -> subprocess.Popen[bytes]:
    return subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("file", ["postmaster.pid", ".s.PGSQL.5432.lock"])
def test_a_stale_number_that_another_process_has_now_does_not_stop_the_start(made, file):
    server = embedded.start(made)
    kill_server(made)
    with sleeper() as stranger:
        stale = made / "postgres" / file
        rest = stale.read_text().partition("\n")[2]
        stale.write_text(f"{stranger.pid}\n{rest}")
        server.run()
        assert server.answers()
        server.stop()
        assert stranger.poll() is None, "the stranger was ended"
        stranger.kill()


def test_a_stale_number_that_is_another_folders_server_does_not_stop_the_start(made, state):
    with embedded.start(state) as other:
        server = embedded.start(made)
        kill_server(made)
        stale = made / "postgres" / "postmaster.pid"
        rest = stale.read_text().partition("\n")[2]
        stale.write_text(f"{postmaster(state)}\n{rest}")
        server.run()
        server.stop()
        assert other.answers()


def test_a_half_written_number_does_not_stop_the_start(made):
    server = embedded.start(made)
    kill_server(made)
    for file in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (made / "postgres" / file).write_text("")
    server.run()
    assert server.answers()
    server.stop()


def test_a_killed_first_process_whose_children_still_live_is_taken_over(made):
    server = embedded.start(made)
    os.kill(postmaster(made), signal.SIGKILL)
    server.run()
    assert answer(server, "SELECT 1") == 1
    server.stop()
