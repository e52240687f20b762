"""The database of the tests, made by the owner and used as the web role from the first statement; and a browser."""

import gc
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from tests.database import as_owner

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> Iterator[None]:
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from fotfeste_web.config.embedded import start
    from tests.environment import HOME

    with start(HOME, for_tests=True):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings, django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["OPTIONS"]["options"] = "-c role=fotfeste_web"
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["OPTIONS"].pop("options")


# What a migration wrote, and no test: Django's own flush empties it too, and then lays every row policy anew.
LAID = ("django_migrations", "django_content_type", "auth_permission", "rows_mark")


def _empty_tables(self: TransactionTestCase) -> None:
    """Let a test with real transactions empty the tables afterwards, which the web role may not.

    Row by row, as there are few: to truncate 150 tables takes half a second, whatever is in them.
    """
    with transaction.atomic(), as_owner(), connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names()) - set(LAID))
        tables = dict(zip(names, map(connection.ops.quote_name, names), strict=True))
        cursor.execute(" UNION ALL ".join(f"SELECT '{n}' WHERE EXISTS (SELECT FROM {t})" for n, t in tables.items()))
        cursor.execute(
            "SET LOCAL session_replication_role = replica; "
            + "; ".join(f"DELETE FROM {tables[name]}" for (name,) in cursor.fetchall())
        )
        cursor.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename), 1, false) FROM pg_sequences WHERE last_value > 0"
        )


TransactionTestCase._fixture_teardown = _empty_tables


# What is made once for several tests, and takes long to make: one process has them all.
TOGETHER = {
    "tests/demo/loaded/": "the loaded demo",
    "tests/operations/test_keys.py": "the real site",
    "tests/operations/test_prepare.py": "the real site",
    "tests/operations/test_saves_last.py": "the real site",
}


class Together(LoadScopeScheduling):
    """Each test goes to the process that is ready first, but for those that belong together."""

    def _split_scope(self, nodeid: str) -> str:
        return next((what for where, what in TOGETHER.items() if nodeid.startswith(where)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


def pytest_collection_finish() -> None:
    """What was imported to collect the tests stays to the end: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a test run: its driver cannot be started twice in a process."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
