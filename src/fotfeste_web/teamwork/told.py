"""What others are told of team meetings: those whom a participant is shared with, and another system's file."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import day
from fotfeste_web.ui.rooms import Card, CardLine, Passage

from .models import TeamMeetingLine

SHOWN_FOR = timedelta(days=30)


def shared(participants: Collection[Participant], today: date) -> Iterator[Card]:
    """Give what was said and decided lately, of those who are shared with a person: the meeting's list."""
    names = {person.pk: person.short_name for person in participants}
    said = TeamMeetingLine.objects.filter(
        participant__in=names, meeting__on__gt=today - SHOWN_FOR, meeting__on__lte=today
    ).exclude(text="", decision="")
    lines = [
        CardLine(
            text=names[line.participant_id],
            detail=f"{_in_words(line)} {line.meeting.team.name}, {day(line.meeting.on, today)}",
            href=address("participant", line.participant_id),
        )
        for line in said.select_related("meeting__team").order_by("-meeting__on", "pk")
    ]
    if lines:
        yield Card(title="Behandlingsteammøter", lines=tuple(lines))


def passages(participant: Participant, kinds: Any, starts_on: date, ends_on: date) -> Iterator[Passage]:
    if Kind.CONTACTS not in kinds:
        return
    said = TeamMeetingLine.objects.filter(participant=participant, meeting__on__range=(starts_on, ends_on))
    for line in said.exclude(text="", decision="").select_related("meeting__team").order_by("meeting__on", "pk"):
        yield Passage(
            key=f"team-meeting-{line.pk}",
            kind=Kind.CONTACTS,
            heading="Behandlingsteammøter",
            text=f"{day(line.meeting.on)}: {line.meeting.team.name}. {_in_words(line)}",
            on=line.meeting.on,
            author=line.meeting.created_by_id,
        )


def _in_words(line: TeamMeetingLine) -> str:
    return " ".join(filter(None, (line.text, line.decision and f"Bestemt: {line.decision}")))
