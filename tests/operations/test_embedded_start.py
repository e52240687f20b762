"""First start, later starts, sharing and stopping."""

import os
import signal
import stat
from pathlib import Path

import psycopg
import pytest
from tests.operations.servers import answer, user_of

from fotfeste_web.config import embedded
from fotfeste_web.config.embedded import EmbeddedPostgresError


def test_what_was_stored_is_there_at_the_next_start(made):
    with embedded.start(made) as server:
        answer(server, "CREATE TABLE note AS SELECT 'kort' AS text")
    assert not server.answers()
    with embedded.start(made) as server:
        assert answer(server, "SELECT text FROM note") == "kort"


def test_the_server_stays_as_long_as_another_process_uses_it(made):
    with user_of(made) as other:
        assert other.stdout.readline() == "started\n"
        server = embedded.start(made)
        server.stop()
        assert server.answers()
        assert other.communicate("\n")[0] == "stopped\n"
    assert not server.answers()


def test_a_killed_user_does_not_keep_the_server(made):
    with user_of(made) as other:
        other.stdout.readline()
        server = embedded.start(made)
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert server.answers()
    server.stop()
    assert not server.answers()


def test_two_first_starts_at_once_share_one_server(state):
    with user_of(state) as first, user_of(state) as second:
        assert [first.stdout.readline(), second.stdout.readline()] == ["started\n"] * 2
        assert first.communicate("\n")[0] == "stopped\n"
        assert embedded.Server(state).answers()
        assert second.communicate("\n")[0] == "stopped\n"
    assert not embedded.Server(state).answers()


def test_a_first_start_that_was_killed_is_made_anew(state):
    half = state / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with embedded.start(state) as server:
        assert answer(server, "SELECT 1") == 1
    assert not half.exists()


def test_a_path_too_long_for_a_socket_gets_a_private_folder(folder):
    state = folder / ("å" * 60)  # 60 letters, 120 bytes; a socket's path holds 107 on Linux (unix(7))
    with embedded.start(state) as server:
        assert answer(server, "SELECT 1") == 1
        assert server.socket_directory == embedded.socket_directory(state) != state / "postgres"
        assert stat.S_IMODE(server.socket_directory.stat().st_mode) == 0o700
    assert not server.answers()


def test_a_folder_for_the_socket_that_is_not_ours_is_refused(folder):
    state = folder / ("a" * 110)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    embedded.socket_directory(state).symlink_to(elsewhere)
    try:
        with pytest.raises(EmbeddedPostgresError, match="laget av noen andre"):
            embedded.start(state)
    finally:
        embedded.socket_directory(state).unlink()


def test_norwegian_letters_are_raised_and_sorted(made):
    with embedded.start(made) as server:
        assert answer(server, "SELECT upper('blåbærøl')") == "BLÅBÆRØL"
        # The order of the Norwegian alphabet: ... z, æ, ø, å; the expression of the design, without ICU.
        order = "SELECT string_agg(n, '' ORDER BY translate(lower(n), 'æäøöå', '{{||}')) FROM unnest("
        assert answer(server, order + "ARRAY['Å', 'ø', 'z', 'Æ']) n") == "zÆøÅ"


def test_only_a_server_for_tests_lets_the_owner_make_databases(state):
    with embedded.start(state) as server, pytest.raises(psycopg.errors.InsufficientPrivilege):
        answer(server, "CREATE DATABASE more")
    with embedded.start(state, for_tests=True) as server:
        assert answer(server, "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'fotfeste_owner'") is True


def test_a_state_of_a_newer_postgresql_is_refused_untouched(state):
    embedded.start(state).stop()
    version = state / "postgres" / "PG_VERSION"
    version.write_text("19\n")
    with pytest.raises(EmbeddedPostgresError, match="laget av PostgreSQL 19"):
        embedded.start(state)
    assert version.read_text() == "19\n"


def test_a_folder_that_is_no_database_is_refused_untouched(state):
    (state / "postgres").mkdir(parents=True)
    account = embedded.Server(state)._account
    os.chown(state / "postgres", account.uid, account.gid)
    with pytest.raises(EmbeddedPostgresError, match="ikke en PostgreSQL-database"):
        embedded.start(state)
    assert list((state / "postgres").iterdir()) == []


def test_a_folder_of_somebody_else_is_refused_with_the_name(state):
    if os.geteuid() == 0:
        (state / "postgres").mkdir(parents=True)
        os.chown(state / "postgres", 65534, 65534)
        foreign, owner = state, "nobody"
    else:
        foreign, owner = Path("/usr"), "root"
    with pytest.raises(EmbeddedPostgresError, match=f"eies av {owner}"):
        embedded.start(foreign)
