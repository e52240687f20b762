"""Hold a meeting with a treatment team: begun, written in as it goes, finished."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.actions.plans import add_next_step
from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import TreatmentTeam
from fotfeste_web.teamwork.models import TeamMeeting, TeamMeetingLine


def begin_team_meeting(team: TreatmentTeam, *, on: date, by: User) -> TeamMeeting:
    """Open the meeting of a team on a day: the one that a colleague has opened, or a new one."""
    meetings = TeamMeeting.objects.filter(team=team, on=on)
    try:
        return meetings.first() or _begin(team, on=on, by=by)
    except IntegrityError:  # a colleague opened it a moment ago
        return meetings.get()


@action
def _begin(team: TreatmentTeam, *, on: date, by: User) -> TeamMeeting:
    meeting = TeamMeeting.objects.create(service_id=team.service_id, team=team, on=on, present=[by.pk], created_by=by)
    record("team_meeting.begun", subject=meeting, by=by)
    return meeting


@action
def save_team_meeting(meeting: TeamMeeting, *, version: int, by: User, **values: Any) -> TeamMeeting:
    meeting = take(meeting, version)
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.save()
    record("team_meeting.saved", subject=meeting, by=by, version=meeting.version, others_raised=meeting.others_raised)
    return meeting


@action
def finish_team_meeting(meeting: TeamMeeting, *, now: datetime, by: User) -> TeamMeeting:
    meeting = TeamMeeting.objects.select_for_update().get(pk=meeting.pk)
    meeting.finished_at = meeting.finished_at or now
    meeting.version += 1
    meeting.save()
    record("team_meeting.finished", subject=meeting, by=by, lines=meeting.lines.count())
    return meeting


@action
def save_line(
    meeting: TeamMeeting,
    participant: Participant,
    *,
    version: int,
    text: str,
    decision: str,
    next_step: str,
    due_on: date | None,
    by: User,
) -> TeamMeetingLine:
    """Write what was said of one participant. The first is version 1: nothing is version 0."""
    line, _ = TeamMeetingLine.objects.get_or_create(meeting=meeting, participant=participant, defaults={"version": 0})
    line = take(line, version)
    line.text, line.decision = text, decision
    if next_step and line.next_step is None:
        line.next_step = add_next_step(participant, text=next_step, due_on=due_on, who="", by=by)
    line.save()
    record("team_meeting.line_saved", subject=line, by=by, version=line.version)
    return line
