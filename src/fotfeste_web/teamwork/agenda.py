"""The agenda of a team meeting: what is due for the treatment team's participants, whoever's rule says so."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from fotfeste_web.caseload.due import Case
from fotfeste_web.caseload.models import Assignment, Job, Participant, Referral
from fotfeste_web.caseload.status import facts_of, status_on
from fotfeste_web.rows.scope import Scope
from fotfeste_web.teamwork.models import TeamMeeting
from fotfeste_web.ui.due import DueItem, Urgency
from fotfeste_web.ui.formats import day
from fotfeste_web.ui.rooms import rooms

JOB_STARTS_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    participant: Participant
    specialist: str
    reasons: tuple[tuple[str, str], ...]  # tag and reason, the most urgent first
    urgency: Urgency | None  # None: nothing is due


def agenda(meeting: TeamMeeting, user: Any, scope: Scope, today: date) -> list[AgendaItem]:
    """Give the participants of a treatment team that this person works with, those with something due first."""
    cases, waiting = _participants(meeting, scope, today)
    due: dict[UUID, list[DueItem]] = defaultdict(list)
    for room in rooms():
        for item in room.due_items(user, scope, cases, today):
            if item.participant_id:
                due[item.participant_id].append(item)
    starts = _job_starts([case.participant.pk for case in cases], today)
    items = [_item(case, due[case.participant.pk], starts.get(case.participant.pk), user, today) for case in cases]
    items += [_waiting(participant, due[participant.pk]) for participant in waiting]
    last = max(Urgency) + 1
    return sorted(items, key=lambda item: (last if item.urgency is None else item.urgency, item.participant.short_name))


def _participants(meeting: TeamMeeting, scope: Scope, today: date) -> tuple[list[Case], list[Participant]]:
    """Give those who are followed, and those who are referred and have no job specialist yet."""
    live = Q(ends_on=None) | Q(ends_on__gt=today)
    # One who has come to another team since is still in what was said here.
    there = Q(participant__treatment_team=meeting.team_id) | Q(participant__in=meeting.lines.values("participant"))
    followed = Assignment.objects.filter(live, there, starts_on__lte=today)
    assignments = [
        assignment
        for assignment in followed.select_related("participant__service", "specialist")
        if scope.writes(assignment.participant)
    ]
    ids = [assignment.participant_id for assignment in assignments]
    facts = facts_of(ids)
    cases = [
        Case(a.participant, a, facts[a.participant_id], status_on(facts[a.participant_id], today)) for a in assignments
    ]
    own = {"participant": OuterRef("pk")}
    waiting = Participant.objects.filter(
        Exists(Referral.objects.filter(outcome="", **own)),
        ~Exists(Assignment.objects.filter(live, **own)),
        treatment_team=meeting.team_id,
    )
    return cases, [participant for participant in waiting if scope.writes(participant)]


def _job_starts(participants: list[UUID], today: date) -> dict[UUID, date]:
    soon = Job.objects.filter(
        participant__in=participants,
        begun=False,
        ends_on=None,
        starts_on__gt=today,
        starts_on__lte=today + JOB_STARTS_WITHIN,
    )
    return dict(soon.order_by("-starts_on").values_list("participant_id", "starts_on"))


def _item(case: Case, due: list[DueItem], job_on: date | None, user: Any, today: date) -> AgendaItem:
    reasons = [(item.urgency, item.tag, item.reason) for item in due]
    specialist = case.assignment.specialist
    if case.assignment.opened_at is None and specialist.pk != user.pk:
        reasons.append((Urgency.NEW, "Ikke åpnet", f"Tildelt {specialist.name}, ikke åpnet ennå"))
    if job_on:
        reasons.append((Urgency.SOON, "Jobbstart", f"Avtalt start {day(job_on, today)}"))
    if case.facts.last_contact is None and case.started_on:
        reasons.append((Urgency.SOON, "Ingen kontakt", "Ingen kontakt er ført ennå"))
    reasons.sort(key=lambda reason: reason[0])
    return AgendaItem(
        case.participant,
        specialist.name,
        tuple(reason[1:] for reason in reasons),
        reasons[0][0] if reasons else None,
    )


def _waiting(participant: Participant, due: list[DueItem]) -> AgendaItem:
    tag = due[0].tag if due else "Venter"
    return AgendaItem(participant, "", ((tag, "Ingen jobbspesialist ennå"),), Urgency.SOON)
