"""The dated facts of participants that follow-up hangs on: one query, however many they are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import QuerySet

from fotfeste.indicators import advice
from fotfeste.indicators.follow_along import FollowedJob
from fotfeste.periods import Period
from fotfeste_web.caseload import models as caseload
from fotfeste_web.caseload.figures_of_contacts import TOOK_PLACE
from fotfeste_web.caseload.models import (
    ContactParticipant,
    Job,
    Pause,
    StepDown,
    Term,
)
from fotfeste_web.caseload.status import CONTACTS, NO_CONTACTS, Contacts
from fotfeste_web.rows.together import Lists, together

from .models import BenefitsAdvice, FollowUpDeclined, NoShowPlan, Note, NoteState, OutreachAttempt


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
    contacts: Contacts = NO_CONTACTS
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
    participants: Collection[UUID], *, drafts_of: int | None = None, with_contacts: bool = False
) -> dict[UUID, Facts]:
    """Read the facts, and the drafts of one who writes, of anybody: one query, however many they are."""
    ask = _rows_and_contacts if with_contacts else _rows
    jobs, terms, declined, pauses, step_downs, periods, given, attempts, plans, drafts, *contacts = ask(
        list(participants), drafts_of
    )
    facts: dict[UUID, Facts] = defaultdict(Facts)
    owners = {job.pk: job.participant_id for job in jobs}
    for job in jobs:
        facts[job.participant_id].jobs[job.pk] = FollowedJob(
            starts_on=job.starts_on, begun=job.begun, ends_on=job.ends_on, end_known_on=job.end_known_on
        )
    for term in terms:
        facts[owners[term.job_id]].terms[term.job_id].append((term.starts_on, term.pk))
    for person, *days in chain.from_iterable(contacts):
        facts[person].contacts = Contacts(*(of or () for of in days))
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


def _lists(people: Any, writer: Any) -> Lists:
    about = {"participant_id__among": people}
    drafts = Note.objects.filter(author=writer, state=NoteState.DRAFT)
    for ended in ("periods__end_reason", "referrals__outcome"):
        drafts = drafts.exclude(**{f"participant__{ended}": "died"})
    span = ("participant_id", "starts_on", "ends_on")
    return (
        _only(Job.objects.filter(**about), "pk", *span, "begun", "end_known_on"),
        _only(Term.objects.filter(job__participant_id__among=people), "pk", "job_id", "starts_on"),
        _only(FollowUpDeclined.objects.filter(**about), *span),
        _only(Pause.objects.filter(**about), *span),
        _only(StepDown.objects.filter(**about), *span),
        _only(caseload.Period.objects.filter(**about), *span),
        _only(BenefitsAdvice.objects.filter(**about), "participant_id", "on", "next_on", "trained", "job_id"),
        _only(OutreachAttempt.objects.filter(**about), "participant_id", "on", "next_on", "reached"),
        _only(NoShowPlan.objects.filter(**about), "participant_id", "agreed_on"),
        _only(drafts, "pk", "participant_id", "started_on"),
    )


def _only(queryset: QuerySet, *columns: str) -> QuerySet:
    """Read these columns, a small tuple a row: there are hundreds, and whole records take far longer."""
    return queryset.values_list(*columns, named=True)


_rows = together(_lists)


@together
def _rows_and_contacts(people: Any, writer: Any) -> Lists:
    """Give the contacts of all time too, gathered by person: a row each, however many contacts there are."""
    took_place = ContactParticipant.objects.filter(contact__status__in=TOOK_PLACE, participant_id__among=people)
    days = {name: ArrayAgg("contact__on", filter=of) for name, of in CONTACTS.items()}
    gathered = took_place.values("participant_id").annotate(**days)
    return (*_lists(people, writer), gathered.values_list("participant_id", *CONTACTS))


def advice_record(row: BenefitsAdvice) -> advice.Advice:
    job = str(row.job_id) if row.job_id else None
    return advice.Advice(person=str(row.participant_id), on=row.on, trained=row.trained, job=job)
