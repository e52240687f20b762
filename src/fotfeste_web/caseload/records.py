"""Rows to the records that figures are worked out from: what the site stores, in the words of the method."""

from collections.abc import Iterable

from fotfeste.indicators import records

from .models import Contact, MadeBy, Purpose, Round


def contact_record(contact: Contact, participants: Iterable[object] = ()) -> records.Contact:
    """State one contact. A contact that the participant made alone is no job specialist's work."""
    return records.Contact(
        id=str(contact.pk),
        specialist=None if contact.made_by == MadeBy.PARTICIPANT else str(contact.specialist_id),
        on=contact.on,
        start=contact.starts_at,
        minutes=contact.minutes,
        status=records.ContactStatus(contact.status),
        channel=records.Channel(contact.channel),
        # A place that nobody has said is not counted as out in the field.
        place=records.Place(contact.place or "own_office"),
        with_employer=contact.employer_id is not None,
        employer=str(contact.employer_id) if contact.employer_id else None,
        decision_maker=contact.decision_maker is True,
        purpose=_purpose(contact.purpose),
        participants=tuple(str(participant) for participant in participants),
        by=records.By(contact.made_by),
        round=str(contact.round_id) if contact.round_id else None,
        kind=records.Kind(contact.kind),
    )


def round_records(rounds: Iterable[Round]) -> tuple[records.Round, ...]:
    return tuple(
        records.Round(
            id=str(round_.pk),
            specialist=str(round_.specialist_id),
            on=round_.on,
            travel_minutes=round_.travel_minutes,
        )
        for round_ in rounds
    )


def _purpose(purpose: str) -> records.Purpose | None:
    if not purpose:
        return None
    return records.Purpose.JOB_SUPPORT if purpose == Purpose.JOB_SUPPORT else records.Purpose.JOB_DEVELOPMENT
