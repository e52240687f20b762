"""The status of a participant: it follows from what is recorded, never from a field that somebody sets.

`history` turns dated facts into the changes of status. It is pure; `facts_of` reads the facts of many participants
with one query.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from fotfeste_web.rows.together import Lists, together

from .figures_of_contacts import TOOK_PLACE
from .models import (
    EDUCATION_AHEAD,
    Channel,
    ContactKind,
    ContactParticipant,
    ContactStatus,
    Education,
    Job,
    MadeBy,
    Pause,
    Period,
    Purpose,
    Referral,
    StepDown,
)

Span = tuple[date, date | None]  # half-open; None is still going on


class Status(StrEnum):
    REFERRED = "referred"
    MAPPING = "mapping"
    JOB_DEVELOPMENT = "job_development"
    IN_WORK = "in_work"
    IN_EDUCATION = "in_education"
    STEP_DOWN = "step_down"
    PAUSE = "pause"
    ENDED = "ended"
    NOT_STARTED = "not_started"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Status.REFERRED: "Henvist",
    Status.MAPPING: "Kartlegging",
    Status.JOB_DEVELOPMENT: "Jobbutvikling",
    Status.IN_WORK: "I jobb",
    Status.IN_EDUCATION: "I utdanning",
    Status.STEP_DOWN: "Nedtrapping",
    Status.PAUSE: "Pause",
    Status.ENDED: "Sluttet",
    Status.NOT_STARTED: "Ikke startet",
}


@dataclass(frozen=True, slots=True)
class StatusChange:
    on: date
    status: Status


@dataclass(frozen=True, slots=True)
class Contacts:
    """The days of the contacts with one participant, or for one, since some day, in no order."""

    held: Sequence[date] = ()  # any contact
    absent: Sequence[date] = ()  # the participant did not come
    met: Sequence[date] = ()  # in person with the participant


NO_CONTACTS = Contacts()


@dataclass(slots=True)
class Facts:
    """The dated facts of one participant that the status follows from."""

    referred: list[Span] = field(default_factory=list)  # until started or concluded otherwise
    periods: list[Span] = field(default_factory=list)
    employer_contacts: list[date] = field(default_factory=list)  # held in person, for or by this person
    jobs: list[Span] = field(default_factory=list)  # begun
    educations: list[Span] = field(default_factory=list)
    step_downs: list[Span] = field(default_factory=list)
    pauses: list[Span] = field(default_factory=list)
    last_contact: date | None = None  # that took place, with or for this person
    contacts: Contacts = NO_CONTACTS


def status_on(facts: Facts, day: date) -> Status | None:
    """Give the status on one day; None before the first referral."""
    period = next((span for span in facts.periods if covers(span, day)), None)
    if period is None:
        if any(covers(span, day) for span in facts.referred):
            return Status.REFERRED
        if any(start <= day for start, _ in facts.periods):
            return Status.ENDED
        return Status.NOT_STARTED if any(start <= day for start, _ in facts.referred) else None
    for status, spans in (
        (Status.PAUSE, facts.pauses),
        (Status.STEP_DOWN, facts.step_downs),
        (Status.IN_WORK, facts.jobs),
        (Status.IN_EDUCATION, facts.educations),
    ):
        if any(covers(span, day) for span in spans):
            return status
    searched = any(period[0] <= on <= day for on in facts.employer_contacts)
    # A job that was there before the period and ended in it is a job to find anew.
    worked = any(
        start <= day and _ends_after(end, max(start, period[0])) for start, end in (*facts.jobs, *facts.educations)
    )
    return Status.JOB_DEVELOPMENT if searched or worked else Status.MAPPING


def history(facts: Facts, until: date) -> list[StatusChange]:
    """Give every change of status up to and including a day, the oldest first."""
    spans = (
        *facts.referred,
        *facts.periods,
        *facts.jobs,
        *facts.educations,
        *facts.step_downs,
        *facts.pauses,
    )
    days = sorted({d for span in spans for d in span if d is not None and d <= until} | set(facts.employer_contacts))
    changes: list[StatusChange] = []
    for day in days:
        status = status_on(facts, day) if day <= until else None
        if status is not None and (not changes or changes[-1].status is not status):
            changes.append(StatusChange(day, status))
    return changes


def facts_of(participants: Collection[UUID], *, contacts_since: date = date.max) -> dict[UUID, Facts]:
    """Read the facts of these participants, and the contacts since a day: one query, however many they are."""
    contacts, *spans = _rows(list(participants), contacts_since)
    facts: dict[UUID, Facts] = defaultdict(Facts)
    for participant, last, days, *recent in contacts:
        facts[participant].last_contact, facts[participant].employer_contacts = last, days or []
        facts[participant].contacts = Contacts(*(found or () for found in recent))
    for name, rows in zip(SPANS, spans, strict=True):
        for participant, starts_on, ends_on in rows:
            getattr(facts[participant], name).append((starts_on, ends_on))
    return facts


@together
def _rows(people: Any, since: Any) -> Lists:
    """Give the contacts that took place, gathered by person, and the spans of each name in ``SPANS``."""
    about = {"participant_id__among": people}
    took_place = ContactParticipant.objects.filter(contact__status__in=TOOK_PLACE, **about)
    with_employer = Q(contact__channel=Channel.IN_PERSON, contact__employer__isnull=False)
    search = HELD & with_employer & ~Q(contact__purpose=Purpose.JOB_SUPPORT)
    recent = {name: of & Q(contact__on__gte=since) for name, of in CONTACTS.items()}
    # Whoever is to start on a day to come is still waiting. Asked a row: a join would read every period there is.
    started = Subquery(Period.objects.filter(referral=OuterRef("pk")).values("starts_on"))
    span = ("participant_id", "starts_on", "ends_on")
    return (
        took_place.values("participant_id")
        .annotate(last=Max("contact__on", filter=HELD))
        .annotate(**{name: ArrayAgg("contact__on", filter=of) for name, of in ({"search": search} | recent).items()})
        .values_list("participant_id", "last", "search", *CONTACTS),
        Referral.objects.filter(**about).values_list(
            "participant_id", "received_on", Coalesce(started, "concluded_on")
        ),
        Period.objects.filter(**about).values_list(*span),
        Job.objects.filter(begun=True, **about).values_list(*span),
        Education.objects.filter(**about).exclude(state__in=EDUCATION_AHEAD).values_list(*span),
        StepDown.objects.filter(**about).values_list(*span),
        Pause.objects.filter(**about).values_list(*span),
    )


HELD = Q(contact__status=ContactStatus.HELD)
# What closes a step of follow-along: held, in person, with the participant there. Of its own kinds a meeting is with
# the participant; of any other, such as at an employer's, when both came.
MEETS_PARTICIPANT = (
    HELD
    & Q(contact__channel=Channel.IN_PERSON)
    & (Q(contact__kind__in=(ContactKind.START_UP, ContactKind.PARTICIPANT)) | Q(contact__made_by=MadeBy.BOTH))
)
CONTACTS = {"held": HELD, "absent": Q(contact__status=ContactStatus.PARTICIPANT_ABSENT), "met": MEETS_PARTICIPANT}
SPANS = ("referred", "periods", "jobs", "educations", "step_downs", "pauses")  # in the order of `_rows`


def covers(span: Span, day: date) -> bool:
    start, end = span
    return start <= day and _ends_after(end, day)


def _ends_after(end: date | None, day: date) -> bool:
    return end is None or day < end
