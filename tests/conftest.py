"""The database of the tests: made by the owner, used as the web role from the first statement."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.database import as_owner


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


_empty_tables = TransactionTestCase._fixture_teardown


def _empty_tables_as_owner(self: TransactionTestCase) -> None:
    """Let a test with real transactions empty the tables afterwards, which the web role may not."""
    with as_owner():
        _empty_tables(self)


TransactionTestCase._fixture_teardown = _empty_tables_as_owner
