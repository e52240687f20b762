from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from fotfeste_web.accounts.models import User
from tests.database import as_owner
from tests.site.world import World, build


@pytest.fixture
def world(db) -> World:
    with as_owner():
        return build(timezone.localdate())


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        with as_owner():  # whoever acted before in this test may not see this person
            client.force_login(user)
        return client

    return signed_in
