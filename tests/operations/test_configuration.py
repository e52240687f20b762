"""Addresses, roles and secrets as the environment gives them."""

import base64
import re
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from tests.operations.servers import SOURCE, answer, python

from fotfeste_web.config import embedded
from fotfeste_web.config.databases import database_settings
from fotfeste_web.config.role_check import UnsafeRole, refuse_unsafe_role
from fotfeste_web.config.secrets import key, secret

SECRETS = """
from fotfeste_web.config.secrets import secret
print(secret("FOTFESTE_TRIAL_KEY"))
"""


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch, folder):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL", "FOTFESTE_TRIAL_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FOTFESTE_HOME", str(folder / "home"))


def test_without_an_address_the_embedded_server_is_meant(folder):
    for role in ("web", "owner", "worker"):
        settings = database_settings(role)
        assert settings["USER"] == f"fotfeste_{role}"
        assert settings["HOST"] == str(folder / "home" / "postgres")
    assert not (folder / "home").exists()  # computed only


# RFC 3986 for the escapes; PostgreSQL manual 32.1.1.2 for host as a parameter or an escaped folder.
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgres://ina:h%40mmelig@db.example.no:6432/ips?sslmode=verify-full",
            {"USER": "ina", "PASSWORD": "h@mmelig", "HOST": "db.example.no", "PORT": "6432", "NAME": "ips"},
        ),
        ("postgresql:///ips?host=/run/pg&user=ina", {"USER": "ina", "HOST": "/run/pg", "NAME": "ips", "PORT": ""}),
        ("postgres://ina@%2Frun%2Fpg/ips", {"USER": "ina", "HOST": "/run/pg", "PASSWORD": ""}),
    ],
)
def test_an_address_becomes_the_settings_of_its_role(monkeypatch, address, expected):
    monkeypatch.setenv("DATABASE_URL", address)
    settings = database_settings("web")
    assert {name: settings[name] for name in expected} == expected
    assert settings["OPTIONS"].get("sslmode") == ("verify-full" if "sslmode" in address else None)


def test_only_the_web_keeps_a_pool():
    assert [role for role in ("web", "owner", "worker") if "pool" in database_settings(role)["OPTIONS"]] == ["web"]


def test_a_role_without_its_own_address_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://web@db/fotfeste")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_WORKER_URL mangler"):
        database_settings("worker")


@pytest.mark.parametrize(
    "address", ["h3mmelig", "postgres://web:h3mmelig@db:fem/fotfeste", "mysql://web:h3mmelig@db/f"]
)
def test_a_wrong_address_is_refused_without_showing_it(monkeypatch, address):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL er ikke en adresse") as refused:
        database_settings("web")
    assert "h3mmelig" not in str(refused.value)


def test_a_secret_is_made_once_and_closed_to_others(folder):
    first = key("FOTFESTE_TRIAL_KEY")
    assert key("FOTFESTE_TRIAL_KEY") == first
    assert len(set(first)) > 16  # 32 random bytes have 30 different ones on average
    file = folder / "home" / "secrets" / "FOTFESTE_TRIAL_KEY"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


def test_processes_that_start_at_once_get_the_same_secret(folder):
    both = [python(SECRETS, FOTFESTE_HOME=folder / "home") for _ in range(3)]
    assert len({process.communicate()[0] for process in both}) == 1


def test_the_environment_comes_before_the_file(monkeypatch):
    monkeypatch.setenv("FOTFESTE_TRIAL_KEY", base64.b64encode(bytes(range(32))).decode())
    assert key("FOTFESTE_TRIAL_KEY") == bytes(range(32))


def test_with_a_database_of_ones_own_no_secret_is_made(monkeypatch, folder):
    monkeypatch.setenv("DATABASE_URL", "postgres://web@db/fotfeste")
    with pytest.raises(ImproperlyConfigured, match="FOTFESTE_TRIAL_KEY mangler i miljøet"):
        secret("FOTFESTE_TRIAL_KEY")
    assert not (folder / "home").exists()


@pytest.mark.parametrize("wrong", ["kort", "h3mmelig-ikke-base64!", base64.b64encode(b"h3mmelig").decode()])
def test_a_key_of_the_wrong_form_is_refused_without_showing_it(monkeypatch, wrong):
    monkeypatch.setenv("FOTFESTE_TRIAL_KEY", wrong)
    with pytest.raises(ImproperlyConfigured, match="må være 32 byte i base64") as refused:
        key("FOTFESTE_TRIAL_KEY")
    assert wrong not in str(refused.value)


def test_every_variable_is_in_the_operators_list():
    read = set()
    for file in (SOURCE / "fotfeste_web").rglob("*.py"):
        text = file.read_text()
        read |= set(re.findall(r'"((?:FOTFESTE|DATABASE)_[A-Z_]+)"', text))
        read |= {f"{name}_OLD" for name in re.findall(r'replaced\("([A-Z_]+)"\)', text)}
    listed = set(re.findall(r"^\| `([A-Z_]+)`", (SOURCE.parent / "docs/drift/miljo.md").read_text(), re.MULTILINE))
    assert {"DATABASE_URL", "FOTFESTE_HOME"} <= read
    assert read == listed


@pytest.fixture
def check(made, monkeypatch, django_db_blocker):
    """The start-up check, run as the database role."""
    monkeypatch.setenv("FOTFESTE_HOME", str(made))
    aliases = []

    def run(role, user):
        alias = f"{role} as {user}"
        settings = connections.settings["default"] | database_settings(role) | {"USER": user}
        monkeypatch.setitem(connections.settings, alias, settings)
        aliases.append(alias)
        refuse_unsafe_role(connections[alias])

    with django_db_blocker.unblock(), embedded.start(made) as server:
        yield server, run
        for alias in set(aliases):
            connections[alias].close()
            connections[alias].close_pool()
            del connections[alias]


@pytest.mark.parametrize("role", ["web", "worker"])
def test_the_roles_of_web_and_worker_pass_the_check(check, role):
    check[1](role, f"fotfeste_{role}")


@pytest.mark.parametrize(
    ("user", "fault"), [("postgres", "er superbruker og har BYPASSRLS"), ("fotfeste_owner", "eier databasen")]
)
def test_superuser_and_owner_are_refused(check, user, fault):
    with pytest.raises(UnsafeRole, match=fault):
        check[1]("worker", user)


@pytest.mark.parametrize(
    ("unsafe", "safe", "fault"),
    [
        ("ALTER ROLE fotfeste_worker BYPASSRLS", "ALTER ROLE fotfeste_worker NOBYPASSRLS", "har BYPASSRLS"),
        ("GRANT fotfeste_owner TO fotfeste_worker", "REVOKE fotfeste_owner FROM fotfeste_worker", "er medlem av"),
        (
            "CREATE TABLE mine (); ALTER TABLE mine OWNER TO fotfeste_worker",
            "DROP TABLE mine",
            "eier tabeller",
        ),
    ],
)
def test_each_way_past_the_row_rules_is_refused(check, unsafe, safe, fault):
    server, run = check
    if "GRANT" in unsafe:  # the two cannot be members of each other
        answer(server, "REVOKE fotfeste_worker FROM fotfeste_owner", role="postgres")
    answer(server, unsafe, role="postgres")
    try:
        with pytest.raises(UnsafeRole, match=f"fotfeste_worker {fault}"):
            run("worker", "fotfeste_worker")
    finally:
        answer(server, safe, role="postgres")
    run("worker", "fotfeste_worker")


def test_a_role_that_only_acts_as_the_web_role_is_refused(check, monkeypatch):
    monkeypatch.setenv("PGOPTIONS", "-c role=fotfeste_web")
    with pytest.raises(UnsafeRole, match="fotfeste_owner"):
        check[1]("worker", "fotfeste_owner")
