"""What two people do with a record that was wrongly entered, and what the night does with a closed one."""

from datetime import date

from django.db import connection
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.caseload.models import Participant

from .models import Export, Removal, Sealed


class NotRemoved(Exception):
    """The removal was refused; ``why`` is the word of the database for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@action
def ask_removal(
    participant: Participant, *, kind: str, subject_id: str, reason: str, explanation: str, by: User
) -> Removal:
    removal = Removal.objects.create(
        service_id=participant.service_id,
        participant=participant,
        kind=kind,
        subject_id=subject_id,
        reason=reason,
        explanation=explanation,
        asked_by=by,
    )
    record("removal.asked", subject=removal, by=by, kind=kind, reason=reason)
    return removal


@action
def confirm_removal(removal: Removal, *, today: date, by: User) -> Sealed:
    """Take a record away for good, as the second of two. The database checks both and does it; a sealed line stays."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT confirm_removal(%s, %s)", [removal.pk, today])
        why = cursor.fetchone()[0]
    if why:
        raise NotRemoved(why)
    sealed = Sealed.objects.filter(confirmed_by=by).latest("pk")
    record("removal.confirmed", subject=sealed, by=by, kind=sealed.kind, reason=sealed.reason)
    return sealed


@action
def refuse_removal(removal: Removal, *, refusal: str, by: User) -> Removal:
    """Say why a record stays. The one who asked may take it back in the same way."""
    removal = Removal.objects.select_for_update().get(pk=removal.pk)
    if removal.refused_at is not None:
        raise NotRemoved("answered")
    removal.refused_by, removal.refused_at, removal.refusal = by, timezone.now(), refusal
    removal.save()
    record("removal.refused", subject=removal, by=by, kind=removal.kind)
    return removal


@action
def lock(participant: Participant, *, today: date, by: None = None) -> None:
    """Close a record for writing, and for those it was shared with: nobody could withdraw a share of it any more."""
    participant.shares.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    participant.locked_on = today
    participant.save(update_fields=["locked_on"])
    record("participant.locked", subject=participant, by=by)


@action
def note_export(participant: Participant, *, sha256: str, by: None = None) -> Export:
    export = Export.objects.create(participant=participant, sha256=sha256)
    record("participant.exported", subject=export, by=by)
    return export
