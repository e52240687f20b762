"""A demo is made in an empty database only, and a real service never begins on a demo."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant
from fotfeste_web.demo.models import DemoDatabase, DemoWorld, refuse_demo_database
from tests.database import as_owner
from tests.site.conftest import world  # noqa: F401


@pytest.fixture
def demo_mode(settings) -> None:
    settings.DEMO = True


def make_demo(told_for) -> None:
    with as_owner():
        DemoWorld.objects.create(seed=1, told_for=told_for, made_at=timezone.now())


@pytest.mark.parametrize("fresh", [False, True])
def test_a_database_with_people_is_left_alone(world, demo_mode, fresh):  # noqa: F811
    with as_owner(), pytest.raises(CommandError, match="har folk i seg") as refused:
        call_command("load_demo", fresh=fresh)

    assert refused.value.returncode == 2
    with as_owner():
        assert User.objects.filter(pk=world.specialist.pk).exists()
        assert Participant.objects.count() == 3
        assert not DemoWorld.objects.exists()


@pytest.mark.django_db
def test_nothing_is_made_up_outside_a_demo():
    with as_owner(), pytest.raises(CommandError, match="fotfeste demo") as refused:
        call_command("load_demo")

    assert refused.value.returncode == 2
    assert not User.objects.exists()


def test_the_next_start_leaves_what_was_written(world, demo_mode, capsys):  # noqa: F811
    make_demo(world.today)

    with as_owner():
        call_command("load_demo")
        assert Participant.objects.count() == 3
    assert capsys.readouterr().out == ""


def test_a_start_on_a_later_day_says_which_day_the_demo_was_made_for(world, demo_mode, capsys):  # noqa: F811
    yesterday = world.today - timedelta(days=1)
    make_demo(yesterday)

    with as_owner():
        call_command("load_demo")
        assert Participant.objects.count() == 3
    said = capsys.readouterr().out
    assert f"{yesterday:%d.%m.%Y}" in said
    assert "fotfeste demo --fresh" in said
    assert said.count("\n") == 1


@pytest.mark.django_db
def test_a_real_service_does_not_begin_on_a_demo():
    make_demo(timezone.localdate())

    with pytest.raises(DemoDatabase, match="fotfeste demo") as refused:
        refuse_demo_database()

    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_a_real_service_begins_on_an_empty_database():
    refuse_demo_database()

    assert not DemoWorld.objects.exists()
