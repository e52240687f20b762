"""The few figures that a working day needs, straight from the records."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from fotfeste.indicators.records.shapes import (
    Assignment,
    By,
    Channel,
    Contact,
    ContactStatus,
    Kind,
    Place,
    Purpose,
    Round,
)
from fotfeste.periods import Period, minutes

TOOK_PLACE = (ContactStatus.HELD, ContactStatus.PARTICIPANT_ABSENT)
INDOORS = (Place.OWN_OFFICE, Place.TREATMENT_TEAM, Place.NAV)


def caseload_size(assignments: Iterable[Assignment], on: date) -> int:
    """Participants assigned on a day (IPS-25 item 1): paused ones count, those who wait are not assigned."""
    return len({assignment.participant for assignment in assignments if assignment.period.contains(on)})


def counts_as_employer_contact(contact: Contact, *, decision_maker_required: bool = False) -> bool:
    """Whether a contact counts for IPS-25 item 17, frequent employer contact.

    In person with an employer, by the job specialist, for job development, held or with the participant
    absent; for somebody or in general. NAV's variant asks for a decision maker too.
    """
    return (
        contact.with_employer
        and contact.by != By.PARTICIPANT
        and contact.channel == Channel.IN_PERSON
        and contact.purpose == Purpose.JOB_DEVELOPMENT
        and contact.status in TOOK_PLACE
        and (contact.decision_maker or not decision_maker_required)
    )


def days_to_first_employer_contact(
    entered_on: date, contacts: Iterable[Contact], *, school_counts: bool = False
) -> int | None:
    """Days from start-up to a participant's first meeting in person with an employer (IPS-25 item 15).

    Whether the participant, the job specialist or both met the employer; 0 if it was before the start, None
    while there is none.

    Parameters
    ----------
    entered_on : date
        The start-up meeting.
    contacts : iterable of Contact
        The participant's contacts.
    school_counts : bool, optional
        NAV's variant: a meeting at a school counts too.
    """
    met = [
        contact.on
        for contact in contacts
        if (contact.with_employer or (school_counts and contact.place == Place.SCHOOL))
        and contact.channel == Channel.IN_PERSON
        and (
            contact.status == ContactStatus.HELD
            # The participant did not come, the job specialist met the employer all the same.
            or (contact.status == ContactStatus.PARTICIPANT_ABSENT and contact.by != By.PARTICIPANT)
        )
    ]
    return max((min(met) - entered_on).days, 0) if met else None


def is_met_in_person(contact: Contact) -> bool:
    """Whether a contact is a meeting in person with the participant, as follow-along asks for (IPS-25 item 23).

    Meetings of its own kinds are with the participant; any other, such as at an employer's, when both came.
    """
    with_participant = contact.kind in (Kind.START_UP, Kind.PARTICIPANT) or contact.by == By.BOTH
    return contact.status == ContactStatus.HELD and contact.channel == Channel.IN_PERSON and with_participant


def field_minutes(contacts: Iterable[Contact], rounds: Iterable[Round]) -> int:
    """Minutes of job specialists' work out in the community, travel included (IPS-25 item 24).

    Meetings of one job specialist that overlap count once; the travel of a round counts once, if one of its
    meetings out there took place. A meeting without a time of day counts its minutes beside the others.
    """
    timed: dict[str, list[Period[datetime]]] = defaultdict(list)
    total = 0
    travelled = set()
    for contact in contacts:
        if (
            contact.specialist is None
            or contact.channel != Channel.IN_PERSON
            or contact.place in INDOORS
            or contact.status not in TOOK_PLACE
        ):
            continue
        travelled.add(contact.round)
        if contact.start is None:
            total += contact.minutes or 0
            continue
        start = datetime.combine(contact.on, contact.start)
        timed[contact.specialist].append(Period(start, start + timedelta(minutes=contact.minutes or 0)))
    total += sum(minutes(periods) for periods in timed.values())
    return total + sum(round.travel_minutes for round in rounds if round.id in travelled)
