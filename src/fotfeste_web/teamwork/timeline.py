"""What stands on a participant's timeline: the meetings and the groups where the person was spoken of."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import Scope
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.rooms import TimelineItem

from .models import SupervisionKind, SupervisionParticipant, TeamMeetingLine


def timeline(participant: Participant, scope: Scope, today: date) -> Iterator[TimelineItem]:
    opens = scope.may(Permission.TEAMWORK)
    lines, groups = _rows(participant.pk, today)
    for line in lines:
        yield TimelineItem(
            on=line.meeting.on,
            title="Behandlingsteammøte",
            detail=line.meeting.team.name,
            lines=tuple(filter(None, (line.text, line.decision and f"Bestemt: {line.decision}"))),
            href=address("team_meeting", line.meeting_id) if opens else "",
            order=4,
        )
    for one in groups:
        yield TimelineItem(
            on=one.supervision.on,
            title="Drøftet i gruppeveiledning",
            color="neutral",
            href=address("supervision_one", one.supervision_id) if opens else "",
            order=4,
        )


@together
def _rows(person: Any, today: Any) -> Lists:
    said = TeamMeetingLine.objects.filter(participant=person, meeting__on__lte=today).exclude(text="", decision="")
    groups = SupervisionParticipant.objects.filter(participant=person, supervision__kind=SupervisionKind.GROUP)
    return said.select_related("meeting__team"), groups.select_related("supervision")
