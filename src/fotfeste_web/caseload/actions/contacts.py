"""What can be done with a contact: log, plan, say how it went, correct.

``round_`` is the round that the contact belongs to, or joins; ``travel_minutes`` what the whole of that round took, or
None to leave it as it is.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.figures_of_contacts import TOOK_PLACE
from fotfeste_web.caseload.models import Contact, ContactParticipant, ContactStatus, Employer, Round
from fotfeste_web.organisations.models import Service

from .employers import add_employer

Notes = Mapping[UUID, str]


@action
def log_contact(
    *,
    service: Service,
    by: User,
    employer: Employer | str | None = None,
    notes: Notes,
    travel_minutes: int | None = 0,
    round_: Round | None = None,
    begins_round: bool = False,
    **facts: Any,
) -> Contact:
    """Store a contact that has taken place. ``begins_round`` makes a round of it though it took no travel yet."""
    contact = Contact(service=service, specialist=by, updated_by=by, **facts)
    contact.employer = _employer(employer, service, by)
    contact.round = _travelled(contact, round_, travel_minutes, begins=begins_round)
    contact.save()
    _write_first_notes(contact, notes)
    _record("contact.logged", contact, by, notes)
    return contact


@action
def plan_contact(
    *, service: Service, by: User, employer: Employer | str | None = None, notes: Notes, **facts: Any
) -> Contact:
    contact = Contact(service=service, specialist=by, updated_by=by, status=ContactStatus.PLANNED, **facts)
    contact.employer = _employer(employer, service, by)
    contact.save()
    _write_first_notes(contact, notes)
    _record("contact.planned", contact, by, notes)
    return contact


@action
def give_result(
    contact: Contact,
    *,
    version: int,
    by: User,
    held_by: User,
    notes: Notes,
    travel_minutes: int | None = None,
    round_: Round | None = None,
    **facts: Any,
) -> Contact:
    """Say how a planned contact went. Who stood in for a colleague and held the meeting, has it."""
    contact = take(contact, version)
    contact.specialist, contact.updated_by = held_by, by
    _set(contact, facts)
    if contact.status in TOOK_PLACE:
        contact.round = _travelled(contact, round_, travel_minutes)
    contact.save()
    _write_notes(contact, notes)
    _record("contact.result_given", contact, by, notes)
    return contact


@action
def change_contact(
    contact: Contact,
    *,
    version: int,
    by: User,
    employer: Employer | str | None = None,
    notes: Notes,
    among: Collection[UUID],
    travel_minutes: int | None = None,
    round_: Round | None = None,
    **facts: Any,
) -> Contact:
    """Correct a contact. It stays for those participants that are not ``among`` the ones to choose from."""
    contact = take(contact, version)
    contact.updated_by = by
    _set(contact, facts)
    contact.employer = _employer(employer, contact.service, by)
    contact.round = _travelled(contact, round_, travel_minutes)
    contact.save()
    contact.for_participants.filter(participant_id__in=set(among) - set(notes)).delete()
    _write_notes(contact, notes)
    _record("contact.changed", contact, by, notes)
    return contact


def _employer(given: Employer | str | None, service: Service, by: User) -> Employer | None:
    return add_employer(service=service, name=given, by=by) if isinstance(given, str) else given


def _set(contact: Contact, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(contact, name, value)


def _travelled(contact: Contact, round_: Round | None, minutes: int | None, *, begins: bool = False) -> Round | None:
    """Give the round of a contact. Travel belongs to the round: to say it anew says it for all its meetings."""
    if minutes is None:
        return round_ or contact.round
    if round_ is not None and round_.on != contact.on and round_.contacts.exclude(pk=contact.pk).exists():
        round_ = None  # moved to another day than the rest of its round
    if round_ is None:
        if not minutes and not begins:
            return None
        round_ = Round(service_id=contact.service_id, specialist_id=contact.specialist_id)
    round_.on, round_.travel_minutes = contact.on, minutes
    round_.save()
    return round_


def _write_notes(contact: Contact, notes: Notes) -> None:
    lines = {line.participant_id: line for line in contact.for_participants.filter(participant_id__in=notes)}
    _write_first_notes(contact, {who: note for who, note in notes.items() if who not in lines})
    for participant_id, line in lines.items():
        if line.note != notes[participant_id]:
            line.note = notes[participant_id]
            line.save()


def _write_first_notes(contact: Contact, notes: Notes) -> None:
    ContactParticipant.objects.bulk_create(
        ContactParticipant(contact=contact, participant_id=participant_id, note=note)
        for participant_id, note in notes.items()
    )


def _record(name: str, contact: Contact, by: User, notes: Notes) -> None:
    record(name, subject=contact, by=by, kind=contact.kind, status=contact.status, participants=len(notes))
