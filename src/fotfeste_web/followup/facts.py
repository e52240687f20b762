"""The dated facts of participants that follow-up hangs on: one query, however many they are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, BooleanField, Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from fotfeste.indicators import advice
from fotfeste.indicators.follow_along import FollowedJob
from fotfeste.periods import Period
from fotfeste_web.caseload import models as caseload
from fotfeste_web.caseload.models import Channel, ContactKind, ContactParticipant, ContactStatus, Job

from .models import BenefitsAdvice, FollowUpDeclined, NoShowPlan, Note, NoteState, OutreachAttempt

# A meeting with the participant: of these kinds it is one by itself, of any other when both of them came.
WITH_PARTICIPANT = Q(contact__kind__in=(ContactKind.START_UP, ContactKind.PARTICIPANT)) | Q(contact__made_by="both")
HELD_IN_PERSON = Q(contact__status=ContactStatus.HELD, contact__channel=Channel.IN_PERSON)


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
    about = Q(participant_id__in=participants)
    spoken = ContactParticipant.objects.filter(about, contact__status__in=("held", "participant_absent"))
    if since is not None:
        spoken = spoken.filter(contact__on__gte=since)
    sources = {
        "job": _told(Job.objects.filter(about), "starts_on", "ends_on", "end_known_on", flag="begun"),
        "term": _told(
            caseload.Term.objects.filter(job__participant_id__in=participants),
            "starts_on",
            of="job_id",
            person="job__participant_id",
        ),
        "contact": _told(
            spoken,
            "contact__on",
            flag=Case(When(contact__status=ContactStatus.HELD, then=True), default=False),
            of=Cast(Case(When(HELD_IN_PERSON & WITH_PARTICIPANT, then=1), default=0), BigIntegerField()),
        ),
        "declined": _told(FollowUpDeclined.objects.filter(about), "starts_on", "ends_on"),
        "rest": _told(caseload.Pause.objects.filter(about), "starts_on", "ends_on"),
        "step_down": _told(caseload.StepDown.objects.filter(about), "starts_on", "ends_on"),
        "period": _told(caseload.Period.objects.filter(about), "starts_on", "ends_on"),
        "advice": _told(BenefitsAdvice.objects.filter(about), "on", "next_on", flag="trained", of="job_id"),
        "attempt": _told(OutreachAttempt.objects.filter(about), "on", "next_on", flag="reached"),
        "plan": _told(NoShowPlan.objects.filter(about), "agreed_on"),
    }
    if drafts_of is not None:
        mine = Note.objects.filter(author=drafts_of, state=NoteState.DRAFT)
        for ended in ("periods__end_reason", "referrals__outcome"):
            mine = mine.exclude(**{f"participant__{ended}": "died"})
        sources["draft"] = _told(mine, "started_on")
    first, *others = (
        rows.annotate(what=Value(what)).values_list("what", "person", "number", "a", "b", "c", "flag", "of")
        for what, rows in sources.items()
    )
    facts: dict[UUID, Facts] = defaultdict(Facts)
    for what, person, *row in first.union(*others, all=True):
        _put(facts[person], what, str(person), *row)
    return facts


def _told(rows: QuerySet[Any], *days: str, flag: Any = None, of: Any = None, person: str = "participant_id") -> Any:
    """Say rows of any table in the same columns: three days, a yes or no, and a number of another table."""
    nothing = Value(None, output_field=DateField())
    a, b, c = (*(F(day) for day in days), *[Cast(nothing, DateField())] * (3 - len(days)))
    return rows.order_by().annotate(
        person=F(person),
        number=F("pk"),
        a=a,
        b=b,
        c=c,
        flag=Cast(flag if flag is not None else Value(None), BooleanField()),
        of=Cast(of if of is not None else Value(None), BigIntegerField()),
    )


def _put(facts: Facts, what: str, person: str, number: int, a: date, b: date, c: date, flag: bool, of: int) -> None:
    match what:
        case "job":
            facts.jobs[number] = FollowedJob(starts_on=a, begun=flag, ends_on=b, end_known_on=c)
        case "term":
            facts.terms[of].append((a, number))
        case "contact":
            (facts.held if flag else facts.absent).append(a)
            if of:
                facts.met.append(a)
        case "declined":
            facts.declined.append(Period(a, b))
        case "rest" | "step_down":
            facts.rests.append(Period(a, b))
        case "period":
            facts.periods.append(Period(a, b))
        case "advice":
            told = advice.Advice(person=person, on=a, trained=flag, job=str(of) if of else None)
            facts.given.append(Given(told, b))
        case "attempt":
            facts.attempts.append(Attempt(a, b, flag))
        case "plan":
            facts.plan = a
        case "draft":
            facts.drafts.append((number, a))
