"""The demo in the database, loaded once for all that is asked about it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from fotfeste_web.accounts.models import User
from fotfeste_web.demo.management.commands.load_demo import empty
from fotfeste_web.demo.models import DemoWorld
from fotfeste_web.demo.story import World, tell
from tests.database import as_owner

SEED = 7
LEFT_BEHIND = "igjen@fotfeste.example"


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The story, loaded anew over an earlier demo."""
    today = timezone.localdate()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as demo, as_owner():
        demo.setattr(settings, "DEMO", True)
        User.objects.create_user(LEFT_BEHIND, "Fra før")
        DemoWorld.objects.create(seed=1, told_for=today, made_at=timezone.now())
        call_command("load_demo", seed=SEED, fresh=True)
    yield tell(SEED, today)
    with django_db_blocker.unblock(), as_owner():
        empty()
        connection.commit()
