"""What a team does together: meetings with treatment teams, supervision, the weekly look, and who is at work."""

from .calendar import CalendarLink
from .meetings import TeamMeeting, TeamMeetingLine
from .reviews import WeekReview
from .supervision import Supervision, SupervisionKind, SupervisionNotes, SupervisionParticipant
from .team_members import TeamMember
from .working_time import Absence, OtherWork, WeeklyHours

__all__ = [
    "Absence",
    "CalendarLink",
    "OtherWork",
    "Supervision",
    "SupervisionKind",
    "SupervisionNotes",
    "SupervisionParticipant",
    "TeamMeeting",
    "TeamMeetingLine",
    "TeamMember",
    "WeekReview",
    "WeeklyHours",
]
