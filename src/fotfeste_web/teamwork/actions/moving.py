"""Move participants between job specialists: when somebody leaves, or a caseload is too large."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.actions.phases import assign
from fotfeste_web.caseload.models import Assignment, Participant


def move_participants(takers: Mapping[Participant, User], *, on: date, by: User) -> list[Assignment]:
    """Give each participant a new job specialist from a day, each with its event: all of them, or none."""
    with transaction.atomic():
        return [assign(participant, specialist=taker, on=on, by=by) for participant, taker in takers.items()]
