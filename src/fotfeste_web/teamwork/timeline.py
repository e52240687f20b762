"""What stands on a participant's timeline: the meetings and the groups where the person was spoken of."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import Scope
from fotfeste_web.ui.rooms import TimelineItem

from .models import SupervisionKind, SupervisionParticipant, TeamMeetingLine


def timeline(participant: Participant, scope: Scope, today: date) -> Iterator[TimelineItem]:
    """Give two queries' worth: lines of team meetings, and group supervision."""
    opens = scope.may(Permission.TEAMWORK)
    lines = TeamMeetingLine.objects.filter(participant=participant, meeting__on__lte=today)
    for line in lines.exclude(text="", decision="").select_related("meeting__team"):
        yield TimelineItem(
            on=line.meeting.on,
            title="Behandlingsteammøte",
            detail=line.meeting.team.name,
            lines=tuple(filter(None, (line.text, line.decision and f"Bestemt: {line.decision}"))),
            href=reverse("team_meeting", args=[line.meeting_id]) if opens else "",
            order=4,
        )
    groups = SupervisionParticipant.objects.filter(
        participant=participant, supervision__kind=SupervisionKind.GROUP
    ).select_related("supervision")
    for one in groups:
        yield TimelineItem(
            on=one.supervision.on,
            title="Drøftet i gruppeveiledning",
            color="neutral",
            href=reverse("supervision_one", args=[one.supervision_id]) if opens else "",
            order=4,
        )
