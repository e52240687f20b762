"""Meetings with treatment teams: the list, the one that runs, and what was written of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator

from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import Service, TreatmentTeam
from fotfeste_web.teamwork.agenda import AgendaItem
from fotfeste_web.teamwork.forms.meetings import LineForm
from fotfeste_web.teamwork.members import names_of
from fotfeste_web.teamwork.models import TeamMeeting, TeamMeetingLine

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class MeetingRow:
    id: int
    team: str
    on: date
    minutes: int | None
    lines: int  # of those that this person may see
    others_raised: int
    finished: bool
    about_people: bool


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    rows: Page  # of MeetingRow
    has_teams: bool

    @classmethod
    def of(cls, service: Service, number: str) -> "MeetingsPage":
        meetings = TeamMeeting.objects.filter(service=service).select_related("team").order_by("-on", "team__name")
        page = Paginator(meetings, PER_PAGE).get_page(number)
        shown = list(page.object_list)
        lines = Counter(TeamMeetingLine.objects.filter(meeting__in=shown).values_list("meeting_id", flat=True))
        page.object_list = [
            MeetingRow(
                m.pk, m.team.name, m.on, m.minutes, lines[m.pk], m.others_raised, bool(m.finished_at), m.about_people
            )
            for m in shown
        ]
        has_teams = bool(shown) or TreatmentTeam.objects.filter(service=service, closed_on=None).exists()
        return cls(page, has_teams)


@dataclass(frozen=True, slots=True)
class Subject:
    """One participant on the screen of the meeting that runs."""

    item: AgendaItem
    form: LineForm
    next_step: str

    @property
    def open(self) -> bool:
        return self.item.urgency is not None or bool(self.form.instance.pk) or bool(self.form.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningPage:
    meeting: TeamMeeting
    due: list[Subject]
    rest: list[Subject]  # nothing is due, and nothing is written yet

    @classmethod
    def of(cls, meeting: TeamMeeting, subjects: Iterable[Subject]) -> "RunningPage":
        subjects = list(subjects)
        return cls(
            meeting=meeting,
            due=[subject for subject in subjects if subject.open],
            rest=[subject for subject in subjects if not subject.open],
        )

    @property
    def people(self) -> list[UUID]:
        return [subject.item.participant.pk for subject in (*self.due, *self.rest)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    participant_id: UUID
    name: str
    text: str
    decision: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPage:
    meeting: TeamMeeting
    present: list[str]
    lines: list[Said]

    @classmethod
    def of(cls, meeting: TeamMeeting) -> "HeldPage":
        lines = list(meeting.lines.select_related("next_step").exclude(text="", decision="", next_step=None))
        people = {p.pk: p for p in Participant.objects.filter(pk__in=[line.participant_id for line in lines])}
        return cls(
            meeting=meeting,
            present=names_of(meeting.present),
            lines=sorted(
                (
                    Said(
                        participant_id=line.participant_id,
                        name=str(people[line.participant_id]),
                        text=line.text,
                        decision=line.decision,
                        next_step=line.next_step.text if line.next_step else "",
                    )
                    for line in lines
                ),
                key=lambda said: said.name,
            ),
        )
