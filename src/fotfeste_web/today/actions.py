"""Putting a due item off."""

from datetime import date

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.caseload.models import Participant

from .models import Postponement


@action
def postpone(participant: Participant, *, rule: str, until: date, reason: str, by: User) -> Postponement:
    """Hide the line of one rule about one participant until a day."""
    postponement = Postponement.objects.create(participant=participant, rule=rule, until=until, reason=reason, by=by)
    record("today.item_postponed", subject=postponement, by=by, rule=rule)
    return postponement
