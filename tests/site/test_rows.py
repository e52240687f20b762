"""The database decides which rows a person sees. These tests act as the web role itself."""

import pytest
from django.db import transaction

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.scope import seen_by


def names(user, today) -> set[str]:
    with seen_by(user, today):
        return {p.first_name for p in Participant.objects.all()}


def test_a_job_specialist_sees_own_participants_only(world):
    assert names(world.specialist, world.today) == {"Vakker"}
    assert names(world.colleague, world.today) == {"Stille"}
    assert names(world.outsider, world.today) == {"Rask"}


def test_a_supervisor_sees_the_team(world):
    assert names(world.supervisor, world.today) == {"Vakker", "Stille"}


@pytest.mark.parametrize(
    "role",
    [
        "therapist",
        "education_specialist",
        "adviser",
        "leader",
        "reviewer",
        "researcher",
        "administrator",
        "installer",
    ],
)
def test_a_role_without_a_share_sees_nobody(world, role):
    assert names(world.people[role], world.today) == set()


def test_outside_a_scope_nobody_is_seen(world):
    with transaction.atomic():
        assert not Participant.objects.exists()
