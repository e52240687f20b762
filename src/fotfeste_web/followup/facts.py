"""The dated facts of participants that follow-up hangs on: one query, however many they are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet

from fotfeste.indicators import advice
from fotfeste.indicators.follow_along import FollowedJob
from fotfeste.periods import Period
from fotfeste_web.caseload import models as caseload
from fotfeste_web.caseload.figures_of_contacts import TOOK_PLACE
from fotfeste_web.caseload.models import (
    Channel,
    ContactKind,
    ContactParticipant,
    ContactStatus,
    Job,
    MadeBy,
    Pause,
    StepDown,
    Term,
)
from fotfeste_web.rows.together import Lists, together

from .models import BenefitsAdvice, FollowUpDeclined, NoShowPlan, Note, NoteState, OutreachAttempt

# What closes a step of follow-along: held, in person, with the participant there. Of its own kinds a meeting is with
# the participant; of any other, such as at an employer's, when both came.
MEETS_PARTICIPANT = Q(contact__status=ContactStatus.HELD, contact__channel=Channel.IN_PERSON) & (
    Q(contact__kind__in=(ContactKind.START_UP, ContactKind.PARTICIPANT)) | Q(contact__made_by=MadeBy.BOTH)
)


@dataclass(frozen=True, slots=True)
class Attempt:
    on: date
    next_on: date | None
    reached: bool


@dataclass(frozen=True, slots=True)
class Given:
    """Advice that was given, with the day that was set for the next."""

    advice: advice.Advice
    next_on: date | None


@dataclass(slots=True)
class Facts:
    """What is recorded of one participant, in no order."""

    jobs: dict[int, FollowedJob] = field(default_factory=dict)
    terms: dict[int, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))  # by job
    met: list[date] = field(default_factory=list)  # in person with the participant
    held: list[date] = field(default_factory=list)  # any contact
    absent: list[date] = field(default_factory=list)
    declined: list[Period[date]] = field(default_factory=list)
    rests: list[Period[date]] = field(default_factory=list)  # pauses and step-downs
    periods: list[Period[date]] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    drafts: list[tuple[int, date]] = field(default_factory=list)
    plan: date | None = None  # when it was agreed what to do at a no-show

    def new_terms(self, person: str) -> list[advice.TermStart]:
        """Give the terms after the first of each job that has begun."""
        return [
            advice.TermStart(term=str(number), person=person, on=on)
            for job, terms in self.terms.items()
            for on, number in sorted(terms)[1:]
            if self.jobs[job].begun
        ]


def facts_of(
    participants: Collection[UUID], *, since: date | None = None, drafts_of: int | None = None
) -> dict[UUID, Facts]:
    """Read the facts; contacts from a day, if one is given, and the drafts of one who writes, of anybody."""
    jobs, terms, contacts, declined, pauses, step_downs, periods, given, attempts, plans, drafts = _rows(
        list(participants), since or date.min, drafts_of
    )
    facts: dict[UUID, Facts] = defaultdict(Facts)
    owners = {job.pk: job.participant_id for job in jobs}
    for job in jobs:
        facts[job.participant_id].jobs[job.pk] = FollowedJob(
            starts_on=job.starts_on, begun=job.begun, ends_on=job.ends_on, end_known_on=job.end_known_on
        )
    for term in terms:
        facts[owners[term.job_id]].terms[term.job_id].append((term.starts_on, term.pk))
    for person in contacts:
        told = facts[person["participant_id"]]
        told.held, told.absent, told.met = (person[name] or [] for name in ("held", "absent", "met"))
    for row in declined:
        facts[row.participant_id].declined.append(Period(row.starts_on, row.ends_on))
    for row in (*pauses, *step_downs):
        facts[row.participant_id].rests.append(Period(row.starts_on, row.ends_on))
    for row in periods:
        facts[row.participant_id].periods.append(Period(row.starts_on, row.ends_on))
    for row in given:
        facts[row.participant_id].given.append(Given(advice_record(row), row.next_on))
    for row in attempts:
        facts[row.participant_id].attempts.append(Attempt(row.on, row.next_on, row.reached))
    for row in plans:
        facts[row.participant_id].plan = row.agreed_on
    for row in drafts:
        facts[row.participant_id].drafts.append((row.pk, row.started_on))
    return facts


@together
def _rows(people: Any, since: Any, writer: Any) -> Lists:
    about = {"participant_id__among": people}
    drafts = Note.objects.filter(author=writer, state=NoteState.DRAFT)
    for ended in ("periods__end_reason", "referrals__outcome"):
        drafts = drafts.exclude(**{f"participant__{ended}": "died"})
    return (
        Job.objects.filter(**about).only("participant_id", "starts_on", "begun", "ends_on", "end_known_on"),
        Term.objects.filter(job__participant_id__among=people).only("job_id", "starts_on"),
        _contacts(ContactParticipant.objects.filter(contact__on__gte=since, **about)),
        FollowUpDeclined.objects.filter(**about).only("participant_id", "starts_on", "ends_on"),
        Pause.objects.filter(**about).only("participant_id", "starts_on", "ends_on"),
        StepDown.objects.filter(**about).only("participant_id", "starts_on", "ends_on"),
        caseload.Period.objects.filter(**about).only("participant_id", "starts_on", "ends_on"),
        BenefitsAdvice.objects.filter(**about).only("participant_id", "on", "next_on", "trained", "job_id"),
        OutreachAttempt.objects.filter(**about).only("participant_id", "on", "next_on", "reached"),
        NoShowPlan.objects.filter(**about).only("participant_id", "agreed_on"),
        drafts.only("participant_id", "started_on"),
    )


def _contacts(lines: QuerySet[ContactParticipant]) -> QuerySet[Any]:
    """Gather the days of contacts by person: a row each, however many contacts there are."""
    held = Q(contact__status=ContactStatus.HELD)
    days = {"held": held, "absent": ~held, "met": MEETS_PARTICIPANT}
    return (
        lines.filter(contact__status__in=TOOK_PLACE)
        .values("participant_id")
        .annotate(**{name: ArrayAgg("contact__on", filter=which) for name, which in days.items()})
    )


def advice_record(row: BenefitsAdvice) -> advice.Advice:
    job = str(row.job_id) if row.job_id else None
    return advice.Advice(person=str(row.participant_id), on=row.on, trained=row.trained, job=job)
