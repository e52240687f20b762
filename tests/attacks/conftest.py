from collections.abc import Callable

import pytest
from django.core.cache import caches

from fotfeste_web.accounts.models import User
from tests.database import as_owner
from tests.site.conftest import Browser, sign_in, world  # noqa: F401

PASSWORD = "tolv blanke teskjeer"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    for name in caches:
        caches[name].clear()


@pytest.fixture
def with_password() -> Callable[[User], User]:
    """One who signs in with a password; being made up, without a second factor."""

    def given(user: User) -> User:
        with as_owner():
            user.set_password(PASSWORD)
            user.save()
        return user

    return given
