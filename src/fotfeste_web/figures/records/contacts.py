"""Meetings, the rounds they were on, and attempts to reach those who stay away."""

from collections import defaultdict
from uuid import UUID

from fotfeste.indicators import outreach, records
from fotfeste_web.caseload.models import Contact, ContactParticipant, Round
from fotfeste_web.caseload.records import contact_record, round_records
from fotfeste_web.followup.models import OutreachAttempt

from .times import Times


def contacts(service_id: int, times: Times) -> tuple[records.Contact, ...]:
    # What was written is not read: the notes are most of what there is of a contact.
    for_whom: dict[int, list[UUID]] = defaultdict(list)
    lines = ContactParticipant.objects.filter(contact__service=service_id).order_by("pk")
    for contact_id, participant_id in lines.values_list("contact_id", "participant_id"):
        for_whom[contact_id].append(participant_id)
    held = Contact.objects.filter(service=service_id).defer("summary", "met")
    return tuple(
        contact_record(contact, [times.of(person, contact.on) for person in for_whom[contact.pk]]) for contact in held
    )


def rounds(service_id: int) -> tuple[records.Round, ...]:
    return round_records(Round.objects.filter(service=service_id))


def attempts(service_id: int, times: Times) -> tuple[outreach.Attempt, ...]:
    return tuple(
        outreach.Attempt(
            person=times.of(row.participant_id, row.on),
            on=row.on,
            by=outreach.By(row.made_by),
            how=outreach.How(row.how),
            reached=row.reached,
            family=row.family_contacted,
        )
        for row in OutreachAttempt.objects.filter(participant__service=service_id).defer("note")
    )
