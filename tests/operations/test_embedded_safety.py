"""Who gets in, through which door, and what the server's log tells."""

import os
import signal
import stat
import subprocess
import threading
from pathlib import Path

import psycopg
import pytest
from tests.operations.servers import answer, postmaster, until

from fotfeste_web.config import embedded
from fotfeste_web.config.embedded import EmbeddedPostgresError, programs
from fotfeste_web.config.embedded.cluster import failure

CANARY = "Kanarifugl Syntetisk"


@pytest.fixture(scope="module")
def server(made):
    with embedded.start(made) as server:
        yield server


def test_no_folder_above_is_opened_for_reading(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with embedded.start(closed / "state"):
        search_only = 0o001 if os.geteuid() == 0 else 0  # root's server has an account of its own
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700 | search_only
        assert stat.S_IMODE((closed / "state").stat().st_mode) == 0o700 | search_only
        assert stat.S_IMODE((closed / "state" / "postgres").stat().st_mode) == 0o700
        assert stat.S_IMODE((closed / "state" / "postgres.log").stat().st_mode) == 0o600


def test_the_server_listens_on_no_network_port(server):
    first = postmaster(server.state)
    sockets = {os.readlink(link) for link in Path(f"/proc/{first}/fd").iterdir()}
    listening = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            listening.add(f"socket:[{line.split()[9]}]")  # proc(5): the tenth field is the inode
    assert any(name.startswith("socket:") for name in sockets)  # its own socket in the folder
    assert not sockets & listening


def test_another_account_of_the_machine_does_not_get_in(server):
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE nobody LOGIN SUPERUSER")
    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        psycopg.connect(server.dsn("nobody"))  # a role that the map does not give us
    if os.geteuid() == 0:
        for role in ("postgres", "fotfeste_web", "nobody"):
            assert "Permission denied" in as_nobody(server, role)
        server.socket_directory.chmod(0o711)  # were the folder open, the server itself still refuses
        try:
            for role in ("postgres", "fotfeste_web", "nobody"):
                assert "Peer authentication failed" in as_nobody(server, role)
        finally:
            server.socket_directory.chmod(0o700)


def as_nobody(server, role):
    psql = [embedded.program("psql"), server.dsn(role), "-c", "SELECT 1"]
    done = subprocess.run(
        psql, user=65534, group=65534, extra_groups=[], cwd="/", capture_output=True, text=True, check=False
    )
    assert done.returncode == 2  # psql(1): the connection failed
    return done.stderr


@pytest.mark.parametrize("role", ["fotfeste_web", "fotfeste_worker"])
def test_the_role_can_make_nothing_and_take_no_other_role(server, role):
    for statement in (
        "CREATE TABLE mine (a int)",
        "CREATE TEMPORARY TABLE mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE DATABASE mine",
        "SET ROLE fotfeste_owner",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            answer(server, statement, role=role)


def test_the_owner_acts_as_web_and_worker(server):
    for role in ("fotfeste_web", "fotfeste_worker"):
        assert answer(server, f"SET ROLE {role}", "SELECT current_user") == role
    owned = "SELECT count(*) FROM pg_database JOIN pg_roles r ON r.oid = datdba WHERE rolname = 'fotfeste_owner'"
    assert answer(server, owned) == 1


def test_the_log_holds_no_statement_and_no_value(server):
    def refused(error, statement):
        with pytest.raises(error):
            answer(server, statement)

    answer(server, "CREATE TABLE person (name text UNIQUE CHECK (name <> ''), born date)")
    answer(server, f"INSERT INTO person VALUES ('{CANARY}')")
    refused(psycopg.errors.UniqueViolation, f"INSERT INTO person VALUES ('{CANARY}')")
    refused(psycopg.errors.InvalidDatetimeFormat, f"INSERT INTO person VALUES ('', '{CANARY}')")
    refused(psycopg.errors.SyntaxError, f"INSERT INTO person WALUES ('{CANARY}')")
    kill_a_backend_while_it_works(server)
    assert until(server.answers, seconds=60)
    log = server.log.read_text()
    assert "was terminated by signal 9" in log  # the log works
    assert "Kanarifugl" not in log


def kill_a_backend_while_it_works(server):
    with psycopg.connect(server.dsn("fotfeste_owner"), autocommit=True) as connection:
        backend = connection.info.backend_pid

        def work():
            with pytest.raises(psycopg.OperationalError):
                connection.execute(f"SELECT pg_sleep(20), '{CANARY}'")

        thread = threading.Thread(target=work)
        thread.start()
        busy = f"SELECT state = 'active' FROM pg_stat_activity WHERE pid = {backend}"
        assert until(lambda: answer(server, busy, role="postgres") is True, seconds=60)
        os.kill(backend, signal.SIGKILL)
        thread.join()


def test_a_program_of_another_platform_is_a_sentence(folder):
    alien = folder / "initdb"
    alien.write_bytes(b"\x7fELF\x02\x01\x01" + b"\0" * 57)
    alien.chmod(0o755)
    with pytest.raises(EmbeddedPostgresError, match=r"initdb kan ikke kjøre på denne maskinen .*DATABASE_URL"):
        programs.run(alien)


def test_a_full_disk_is_a_sentence(server):
    full = programs.run(embedded.program("pg_dump"), "-d", server.dsn("fotfeste_owner"), "-f", "/dev/full")
    assert full.returncode == 1
    sentence = failure("Databasen kunne ikke lages", server.state, full.stdout)
    assert sentence.startswith(f"Databasen kunne ikke lages: disken er full der {server.state} ligger.")
