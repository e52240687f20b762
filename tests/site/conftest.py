from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste_web.accounts.models import User
from tests.database import as_owner, leave
from tests.site.world import World, build


@pytest.fixture
def world(db) -> World:
    with as_owner():
        return build(timezone.localdate())


class Browser(Client):
    """A browser whose requests come one by one, as they do outside the tests: each begins with nobody in scope."""

    def request(self, **request: Any) -> Any:
        leave()
        return super().request(**request)


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Browser()
        leave()
        client.force_login(user)
        return client

    return signed_in
