"""How the service works as a team: meetings, supervision, working time. What was said is not read."""

from fotfeste.indicators import records
from fotfeste_web.teamwork.models import (
    Absence,
    OtherWork,
    Supervision,
    TeamMeeting,
    TeamMember,
    WeeklyHours,
    WeekReview,
)
from fotfeste_web.teamwork.records import absence_records


def absences(service_id: int) -> tuple[records.Absence, ...]:
    return absence_records(Absence.objects.filter(service=service_id))


def team_meetings(service_id: int) -> tuple[records.TeamMeeting, ...]:
    """Give the meetings that were held: those that somebody has ended."""
    return tuple(
        records.TeamMeeting(
            id=str(row.pk),
            team=str(row.team_id),
            on=row.on,
            present=tuple(map(str, row.present)),
            about_people=row.about_people,
            others_raised=row.others_raised,
        )
        for row in TeamMeeting.objects.filter(service=service_id, finished_at__isnull=False)
    )


def team_memberships(service_id: int) -> tuple[records.TeamMembership, ...]:
    return tuple(
        records.TeamMembership(
            specialist=str(row.specialist_id), team=str(row.team_id), starts_on=row.starts_on, ends_on=row.ends_on
        )
        for row in TeamMember.objects.filter(service=service_id)
    )


def supervisions(service_id: int) -> tuple[records.Supervision, ...]:
    return tuple(
        records.Supervision(
            id=str(row.pk),
            kind=records.SupervisionKind(row.kind),
            on=row.on,
            supervisor=str(row.supervisor_id),
            present=tuple(map(str, [row.specialist_id] if row.specialist_id else row.present)),
            outcome_talk=row.outcome_talk,
        )
        for row in Supervision.objects.filter(service=service_id).defer("ideas")
    )


def week_reviews(service_id: int) -> tuple[records.WeekReview, ...]:
    return tuple(
        records.WeekReview(specialist=str(row.specialist_id), monday=row.monday)
        for row in WeekReview.objects.filter(service=service_id).defer("comment")
    )


def other_work(service_id: int) -> tuple[records.OtherWork, ...]:
    """Give what each states of a month. That the supervisor has seen it is written nowhere."""
    return tuple(
        records.OtherWork(specialist=str(row.specialist_id), month=row.month, percent=row.percent)
        for row in OtherWork.objects.filter(service=service_id)
    )


def weekly_hours(service_id: int) -> tuple[records.WeeklyHours, ...]:
    return tuple(
        records.WeeklyHours(
            specialist=str(row.specialist_id), hours=row.hours, starts_on=row.starts_on, ends_on=row.ends_on
        )
        for row in WeeklyHours.objects.filter(service=service_id)
    )
