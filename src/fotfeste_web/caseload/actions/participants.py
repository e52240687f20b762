"""Change who the participant is and how to reach them."""

from typing import Any

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import Participant


@action
def change_participant(participant: Participant, *, version: int, by: User, **values: Any) -> Participant:
    changed = take(participant, version)
    for name, value in values.items():
        setattr(changed, name, value)
    changed.save()
    record("participant.changed", subject=changed, by=by, version=changed.version)
    return changed
