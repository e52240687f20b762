"""What the caseload asks of a person now. Each rule is one function that yields lines with their reason."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.rows.scope import Scope
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.due import DueItem, Urgency
from fotfeste_web.ui.formats import count, day

from .models import (
    Assignment,
    Contact,
    ContactParticipant,
    ContactStatus,
    Employer,
    Job,
    NextStep,
    Participant,
    Pause,
    Referral,
)
from .status import Facts, Status, facts_of, status_on

SEARCHING = (Status.MAPPING, Status.JOB_DEVELOPMENT)
WARNS_BEFORE = timedelta(days=7)
RECENT = timedelta(days=70)  # a month and the one before it, and a job loss that is asked for a month more


@dataclass(frozen=True, slots=True)
class Case:
    """One participant with what the rules need to know."""

    participant: Participant
    assignment: Assignment
    facts: Facts
    status: Status | None

    @property
    def started_on(self) -> date | None:
        return self.facts.periods[-1][0] if self.facts.periods else None

    def item(
        self, rule: str, urgency: Urgency, due_on: date, *, tag: str, reason: str, action: str = "Åpne", href: str = ""
    ) -> DueItem:
        return DueItem(
            rule=rule,
            urgency=urgency,
            due_on=due_on,
            title=self.participant.short_name,
            participant_id=self.participant.pk,
            tag=tag,
            reason=reason,
            action=action,
            href=href or address("participant", self.participant.pk),
        )

    def link(self, name: str) -> str:
        return f"{address(name)}?deltaker={self.participant.pk}"


def cases(user: User, scope: Scope, today: date) -> list[Case]:
    """Give the participants that this person works with: own, and those covered for."""
    written = [participant for participant, (_, writes) in scope.grounds.items() if writes]
    (assignments,) = _assigned(written, today)
    ids = [assignment.participant_id for assignment in assignments]
    facts = facts_of(ids, contacts_since=today - RECENT)
    return [
        Case(a.participant, a, facts[a.participant_id], status_on(facts[a.participant_id], today)) for a in assignments
    ]


@together
def _assigned(people: Any, today: Any) -> Lists:
    live = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), participant__among=people)
    named = live.select_related("participant__service").order_by("participant__first_name")
    return (named.defer("participant__identity_encrypted", "participant__identity_hash"),)


def due_items(user: User, scope: Scope, mine: list[Case], today: date) -> list[DueItem]:
    """Give everything that the caseload asks of this person today."""
    items: list[DueItem] = []
    for case in mine:
        items += new(case, user, today)
        items += first_employer_contact(case, today)
    by_id = {case.participant.pk: case for case in mine}
    contacts, lines, jobs, steps, pauses, employers = _asking(user.pk, list(by_id), today)
    people = defaultdict(list)
    for line in lines:
        people[line.contact_id].append(line.participant)
    items += (meeting(contact, people[contact.pk], today) for contact in contacts)
    items += (job_to_begin(by_id[job.participant_id], job, today) for job in jobs)
    items += (next_step(by_id[step.participant_id], step, today) for step in steps)
    items += (pause_to_follow_up(by_id[pause.participant_id], pause, today) for pause in pauses)
    items += (missing_organisation_number(employer, today) for employer in employers)
    items += unassigned_referrals(scope, today)
    return items


@together
def _asking(user: Any, people: Any, today: Any) -> Lists:
    about, planned = (
        {"participant__among": people},
        {"specialist": user, "status": ContactStatus.PLANNED, "on__lte": today},
    )
    return (
        Contact.objects.filter(**planned).select_related("employer").order_by("on", "starts_at"),
        ContactParticipant.objects.filter(**{f"contact__{name}": value for name, value in planned.items()})
        .select_related("participant")
        .only("contact_id", "participant__first_name", "participant__last_name")
        .order_by("pk"),
        Job.objects.filter(**about, begun=False, ends_on=None, starts_on__lte=today).select_related("employer"),
        NextStep.objects.filter(**about, done_on=None, due_on__lte=today),
        Pause.objects.filter(**about, ends_on=None, follow_up_on__lte=today),
        Employer.objects.filter(
            Exists(Contact.objects.filter(employer=OuterRef("pk"), status=ContactStatus.HELD)),
            created_by=user,
            organisation_number=None,
        ),
    )


def new(case: Case, user: User, today: date) -> Iterator[DueItem]:
    if case.assignment.opened_at is None and case.assignment.specialist_id == user.pk:
        assigned = timezone.localdate(case.assignment.assigned_at)
        yield case.item(
            "new",
            Urgency.NEW,
            assigned,
            tag="Ny hos deg",
            reason=f"Tildelt deg {day(assigned, today)}, ikke åpnet ennå",
        )


def first_employer_contact(case: Case, today: date) -> Iterator[DueItem]:
    limit = case.participant.service.first_employer_days
    if case.started_on is None or case.status not in SEARCHING:
        return
    if any(on >= case.started_on for on in case.facts.employer_contacts):
        return
    due = case.started_on + timedelta(days=limit)
    if today < due - WARNS_BEFORE:
        return
    left = (due - today).days
    yield case.item(
        "first_employer_contact",
        Urgency.OVERDUE if left < 0 else Urgency.SOON,
        due,
        tag=_deadline(left),
        reason=f"Første arbeidsgivermøte innen {limit} dager fra oppstart {day(case.started_on, today)}",
        action="Planlegg møte",
        href=case.link("contact_plan"),
    )


def meeting(contact: Contact, people: list[Participant], today: date) -> DueItem:
    """A meeting of today, or one that is over and has no result yet."""
    whom = ", ".join(person.short_name for person in people)
    kind = f"{contact.get_kind_display()}: {whom}".rstrip(": ")
    past = contact.on < today
    about = [contact.get_purpose_display(), f"for {whom}" if contact.employer and whom else "", contact.met]
    return DueItem(
        rule="no_result" if past else "meeting",
        urgency=Urgency.OVERDUE if past else Urgency.TODAY,
        due_on=contact.on,
        at=None if past else contact.starts_at,
        title=f"Møte med {contact.employer.name}" if contact.employer else kind,
        tag="Uten resultat" if past else "",
        reason=f"Møtet {day(contact.on, today)} har ikke noe resultat" if past else " · ".join(filter(None, about)),
        action="Logg møtet",
        href=address("contact_result", contact.pk),
        participant_id=people[0].pk if past and len(people) == 1 else None,
        postponable=False,
    )


def job_to_begin(case: Case, job: Job, today: date) -> DueItem:
    return case.item(
        "job_to_begin",
        Urgency.OVERDUE,  # a job that begins goes before everything else about a person
        job.starts_on,
        tag="Jobbstart",
        reason=f"Avtalt start hos {job.employer.name} {day(job.starts_on, today)}",
        action="Har begynt?",
        href=address("job_begin", job.pk),
    )


def next_step(case: Case, step: NextStep, today: date) -> DueItem:
    late = step.due_on < today
    return case.item(
        "next_step",
        Urgency.OVERDUE if late else Urgency.TODAY,
        step.due_on,
        tag=f"Frist {day(step.due_on, today)}" if late else "I dag",
        reason=step.text,
    )


def pause_to_follow_up(case: Case, pause: Pause, today: date) -> DueItem:
    return case.item(
        "pause",
        Urgency.TODAY,
        pause.follow_up_on,
        tag="Pause",
        reason=f"Skulle tas opp igjen {day(pause.follow_up_on, today)}",
    )


def missing_organisation_number(employer: Employer, today: date) -> DueItem:
    return DueItem(
        rule="organisation_number",
        urgency=Urgency.TIDY,
        due_on=today,
        title=employer.name,
        tag="Mangler nummer",
        reason="Organisasjonsnummeret gjør at arbeidsgiveren teller én gang",
        action="Legg til",
        href=address("employer_edit", employer.pk),
        postponable=False,
    )


def unassigned_referrals(scope: Scope, today: date) -> Iterator[DueItem]:
    """The supervisor's: people who wait and have no job specialist yet."""
    led = [service for service, role in scope.roles if service is not None and "services" in role.powers]
    if not led:
        return
    waiting = Referral.objects.filter(service__in=led, outcome="").exclude(
        participant__assignments__in=Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today))
    )
    for referral in waiting.select_related("participant").order_by("received_on"):
        yield DueItem(
            rule="unassigned",
            urgency=Urgency.SOON,
            due_on=referral.received_on,
            title=referral.participant.short_name,
            tag=f"Ventet {count((today - referral.received_on).days, 'dag', 'dager')}",
            reason=f"{referral.get_source_display()} henviste, ingen jobbspesialist ennå",
            action="Tildel",
            href=address("assign", referral.participant_id),
            participant_id=referral.participant_id,
        )


def _deadline(days_left: int) -> str:
    if days_left < 0:
        return f"{count(-days_left, 'dag', 'dager')} over fristen"
    return {0: "Frist i dag", 1: "Frist i morgen"}.get(days_left, f"Frist om {days_left} dager")
