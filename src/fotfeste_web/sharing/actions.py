"""Giving somebody else sight of a participant, and taking it back."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.organisations.models import Service

from .models import Cover, Disclosure, LookupCheck, Opening, Share

OPEN_FOR = timedelta(hours=24)


@action
def open_colleagues(participant_id: UUID, service_id: int, *, reason: str, now: datetime, by: User) -> Opening:
    """Open a colleague's participant for a day. The database refuses one of another service."""
    opening = Opening(
        participant_id=participant_id,
        service_id=service_id,
        user=by,
        reason=reason,
        opened_at=now,
        ends_at=now + OPEN_FOR,
    )
    opening.save()
    record("sharing.colleagues_participant_opened", subject=opening, by=by, reason=reason)
    return opening


@action
def give_cover(service: Service, *, absent: User, covering: User, starts_on: date, ends_on: date, by: User) -> Cover:
    cover = Cover.objects.create(
        service=service, absent=absent, covering=covering, starts_on=starts_on, ends_on=ends_on
    )
    record("sharing.cover_given", subject=cover, by=by, absent=absent.pk, covering=covering.pk)
    return cover


@action
def end_cover(cover: Cover, *, on: date, by: User) -> Cover:
    """End a cover: the day before is the last one. One that has not begun is emptied to its first day."""
    cover.ends_on = max(on - timedelta(days=1), cover.starts_on)
    cover.save(update_fields=["ends_on"])
    record("sharing.cover_ended", subject=cover, by=by)
    return cover


@action
def share(participant: Any, *, by: User, **terms: Any) -> Share:
    """Share kinds of what is known of a participant with a named person, on a ground, for a time."""
    made = Share.objects.create(participant=participant, shared_by=by, **terms)
    record(
        "sharing.shared",
        subject=made,
        by=by,
        ground=made.ground,
        shared_with=made.shared_with_id,
        kinds=",".join(made.kinds),
    )
    return made


@action
def withdraw(given: Share, *, now: datetime, by: User, why: str = "") -> Share:
    """Withdraw a share: from this moment it covers nothing."""
    if given.withdrawn_at is None:
        given.withdrawn_at, given.withdrawn_why = now, why
        given.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record("sharing.withdrawn", subject=given, by=by)
    return given


@action
def disclose(participant: Any, *, by: User, **terms: Any) -> Disclosure:
    """Keep what was given to another system, word for word."""
    given = Disclosure.objects.create(participant=participant, given_by=by, **terms)
    record(
        "sharing.disclosed",
        subject=given,
        by=by,
        ground=given.ground,
        destination=given.destination,
        kinds=",".join(given.kinds),
    )
    return given


@action
def sign_check(service: Service, *, month: date, stood_out: int, comment: str, by: User) -> LookupCheck:
    """Sign that the look-ups of a month have been gone through."""
    check = LookupCheck.objects.create(service=service, month=month, stood_out=stood_out, comment=comment, signed_by=by)
    record("sharing.lookups_checked", subject=check, by=by, month=month.isoformat()[:7], stood_out=stood_out)
    return check
