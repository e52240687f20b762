"""The parent and its processes: one start, one end, and kill -9 of each of them."""

import contextlib
import os
import signal
import socket
import subprocess
import threading
import urllib.request

import pytest
from tests.operations.servers import children, family, kill_server, postmaster, python, running, until
from tests.operations.standin import SERVE

from fotfeste_web.config import embedded
from fotfeste_web.config.processes import environment


@contextlib.contextmanager
def serving(made, port, code=SERVE):
    process = python(code, port, FOTFESTE_HOME=made, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=120)


def lines_until(process, last):
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if last in line:
            break
    return lines


def answering_process(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/helse/", timeout=2) as answer:
            return int(answer.read())
    except OSError:
        return None


def visit(address):
    with contextlib.suppress(OSError):  # the answer never comes
        urllib.request.urlopen(address)


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def test_it_prepares_answers_greets_and_ends_at_once(made, port):
    with serving(made, port) as process:
        assert lines_until(process, "Logg inn") == [
            "prepare as owner",
            f"Fotfeste svarer på http://localhost:{port}",
            "Logg inn som Ina",
        ]
        assert answering_process(port)
        everybody = family(process.pid)
        assert len(everybody) >= 4  # parent, web with the process that answers, worker
        process.terminate()
        assert process.wait(timeout=120) == 0
        assert running(everybody) == []
        assert is_free(port)
        assert not embedded.Server(made).answers()


def test_a_killed_parent_leaves_nothing_on_the_port_and_the_next_start_takes_over(made, port):
    with serving(made, port) as process:
        lines_until(process, "Logg inn")
        everybody = family(process.pid)
        database = postmaster(made)
        process.kill()
        assert until(lambda: running(everybody) == [], seconds=60)
        assert is_free(port)
    with serving(made, port) as process:
        lines_until(process, "Logg inn")
        assert answering_process(port)
        assert postmaster(made) == database


def test_a_killed_parent_leaves_nothing_though_the_web_process_hangs(made, port):
    with serving(made, port) as process:
        lines_until(process, "Logg inn")
        everybody = family(process.pid)
        hang = f"http://127.0.0.1:{port}/opptatt/"
        threading.Thread(target=visit, args=[hang]).start()
        assert until(lambda: answering_process(port) is None, seconds=60)
        process.kill()
        assert until(lambda: running(everybody) == [], seconds=60)


@pytest.mark.parametrize("which", ["the process that answers", "the one above it"])
def test_a_killed_web_process_is_started_again(made, port, which):
    with serving(made, port) as process:
        lines_until(process, "Logg inn")
        answering = answering_process(port)
        above = next(pid for pid in children(process.pid) if answering in family(pid))
        os.kill(answering if which == "the process that answers" else above, signal.SIGKILL)
        assert until(lambda: answering_process(port) not in (None, answering), seconds=60)
        assert running([answering, above]) == []
        assert any("Nettstedet stoppet" in line for line in lines_until(process, "Nettstedet stoppet"))


def test_a_killed_worker_is_started_again(made, port):
    with serving(made, port) as process:
        lines_until(process, "Logg inn")
        answering = answering_process(port)
        worker = next(pid for pid in children(process.pid) if answering not in family(pid))
        os.kill(worker, signal.SIGKILL)
        lines_until(process, "Bakgrunnsarbeidet stoppet (kode -9)")
        assert until(lambda: len(running(children(process.pid))) == 2, seconds=60)
        assert answering_process(port) == answering


def test_a_killed_database_is_started_again(made, port):
    with serving(made, port) as process:
        lines_until(process, "Logg inn")
        kill_server(made)
        lines_until(process, "Databasen ble borte")
        assert until(embedded.Server(made).answers, seconds=60)


def test_a_busy_port_is_a_sentence_with_the_port_and_what_to_do(state, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with serving(state, port) as process:
            words = process.communicate(timeout=120)[0]
    assert process.returncode == 1
    assert f"Porten {port} er opptatt av et annet program." in words
    assert f"make demo PORT={port + 1}" in words
    assert not (state / "postgres").exists()


def test_a_site_that_cannot_start_ends_with_a_sentence(made, port):
    broken = SERVE.replace("tests.operations.standin:application", "tests.operations.standin:nothing")
    with serving(made, port, broken) as process:
        words = process.communicate(timeout=120)[0]
    assert process.returncode == 1
    assert "Nettstedet stoppet før det svarte" in words


def test_a_database_that_cannot_be_made_ready_ends_with_a_sentence_before_anything_answers(made, port):
    broken = SERVE.replace("print('prepare as', os.environ['FOTFESTE_ROLE'], flush=True)", "os._exit(3)")
    with serving(made, port, broken) as process:
        words = process.communicate(timeout=120)[0]
    assert process.returncode == 1
    assert words.strip() == "Databasen kunne ikke gjøres klar. Meldingen over sier hvorfor."


def test_a_process_sees_the_database_address_of_its_own_role_only(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://web@db/fotfeste")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db/fotfeste")
    monkeypatch.setenv("DATABASE_WORKER_URL", "postgres://worker@db/fotfeste")

    def addresses(role):
        return {name for name in environment(role) if name.startswith("DATABASE")}

    assert addresses("web") == {"DATABASE_URL"}
    assert addresses("worker") == {"DATABASE_URL", "DATABASE_WORKER_URL"}
    assert addresses("owner") == {"DATABASE_URL", "DATABASE_OWNER_URL"}
    assert environment("worker")["FOTFESTE_ROLE"] == "worker"
