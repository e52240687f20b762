"""The database of the tests: made by the owner, used as the web role from the first statement."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.database import as_owner


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> Iterator[None]:  # noqa: PT019
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


@pytest.fixture(autouse=True)
def _truncate_as_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test with real transactions empty the tables afterwards, which the web role may not."""
    from django.test import TransactionTestCase

    empty = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with as_owner():
            empty(self)

    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
