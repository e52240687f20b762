"""What contacts count for: a job specialist's week, and why one contact counts or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from fotfeste.indicators.records import counts_as_employer_contact, field_minutes
from fotfeste.periods import Period
from fotfeste_web.accounts.models import User

from .models import Channel, Contact, ContactStatus, MadeBy, Purpose
from .records import contact_record, round_records

TOOK_PLACE = (ContactStatus.HELD, ContactStatus.PARTICIPANT_ABSENT)
# A cup of tea: a job specialist met the employer in person.
IS_VISIT = Q(status__in=TOOK_PLACE, channel=Channel.IN_PERSON, made_by__in=(MadeBy.SPECIALIST, MadeBy.BOTH))


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfContacts:
    """One job specialist's week, as IPS-25 counts it (items 17 and 24)."""

    employer_contacts: int
    field_minutes: int


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def contacts_of_week(specialist_id: int, day: date) -> list[Contact]:
    """Read a job specialist's contacts, each with its round, of the week that a day is in: one query."""
    monday = monday_of(day)
    week = Contact.objects.filter(specialist=specialist_id, on__gte=monday, on__lt=monday + timedelta(days=7))
    return list(week.select_related("round").order_by("on", "starts_at", "pk"))


def week_of_contacts(specialist: User, day: date) -> WeekOfContacts:
    """Count the week that a day is in."""
    contacts = contacts_of_week(specialist.pk, day)
    rounds = round_records({contact.round for contact in contacts if contact.round})
    return WeekOfContacts(
        employer_contacts=sum(map(counts, contacts)), field_minutes=field_minutes(map(contact_record, contacts), rounds)
    )


def counts(contact: Contact, *, decision_maker_required: bool = False) -> bool:
    return counts_as_employer_contact(contact_record(contact), decision_maker_required=decision_maker_required)


def why_not(contact: Contact) -> list[str]:
    """Say in sentences why a contact does not count as an employer contact. Empty when it does."""
    reasons = {
        "Møtet var ikke med en arbeidsgiver.": contact.employer_id is None,
        "Møtet er ikke holdt ennå.": contact.status == ContactStatus.PLANNED,
        "Møtet ble avlyst.": contact.status == ContactStatus.CANCELLED,
        "Det var ikke ansikt til ansikt.": contact.channel != Channel.IN_PERSON,
        "Formålet er ikke ført.": not contact.purpose,
        "Formålet var støtte i jobben, ikke å finne en jobb.": contact.purpose == Purpose.JOB_SUPPORT,
        "Deltakeren tok kontakten alene. Den teller for dager til første arbeidsgiverkontakt, "
        "men ikke blant jobbspesialistens møter.": contact.made_by == MadeBy.PARTICIPANT,
    }
    said = [sentence for sentence, holds in reasons.items() if holds]
    return said[:1] if contact.employer_id is None else said


def field_minutes_of(contact: Contact) -> int:
    """Minutes that one contact gives out in the field, its round's travel not counted."""
    return field_minutes([contact_record(contact)], [])


def overlapping(contact: Contact, among: Iterable[Contact]) -> list[Contact]:
    """Find those of the same job specialist's contacts at the same time. No fault: time is merged when counted."""
    if not _takes_time(contact):
        return []
    others = (other for other in among if other != contact and other.on == contact.on and _takes_time(other))
    return [other for other in others if _time_of(contact).overlaps(_time_of(other))]


def _takes_time(contact: Contact) -> bool:
    return contact.starts_at is not None and contact.status != ContactStatus.CANCELLED


def _time_of(contact: Contact) -> Period[datetime]:
    start = datetime.combine(contact.on, contact.starts_at)
    return Period(start, start + timedelta(minutes=contact.minutes or 0))
