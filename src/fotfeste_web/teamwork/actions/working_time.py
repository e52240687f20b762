"""Say who is at work: hours a week, days away with the one who covers, and time that went to other work."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.organisations.models import Service, TreatmentTeam
from fotfeste_web.sharing.actions import end_cover, give_cover
from fotfeste_web.teamwork.models import Absence, OtherWork, TeamMember, WeeklyHours


@action
def add_absence(
    service: Service, *, specialist: User, starts_on: date, ends_on: date, covering: User | None, by: User
) -> Absence:
    """Register days away, and give the one who covers sight of the participants for the same days."""
    cover = None
    if covering is not None:
        last = ends_on - timedelta(days=1)
        cover = give_cover(service, absent=specialist, covering=covering, starts_on=starts_on, ends_on=last, by=by)
    absence = Absence.objects.create(
        service=service, specialist=specialist, starts_on=starts_on, ends_on=ends_on, cover=cover
    )
    record("absence.added", subject=absence, by=by, specialist=specialist.pk, covered=cover is not None)
    return absence


@action
def end_absence(absence: Absence, *, on: date, by: User) -> Absence:
    """Come back on a day: cover ends too. What had not begun never was."""
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    absence.ends_on = min(absence.ends_on, max(on, absence.starts_on))
    absence.save()
    if absence.cover is not None and absence.cover.ends_on >= on:
        end_cover(absence.cover, on=on, by=by)
    record("absence.ended", subject=absence, by=by, specialist=absence.specialist_id)
    return absence


@action
def join_team(service: Service, *, specialist: User, team: TreatmentTeam, starts_on: date, by: User) -> TeamMember:
    made = TeamMember.objects.create(service=service, specialist=specialist, team=team, starts_on=starts_on)
    record("team_member.joined", subject=made, by=by, specialist=specialist.pk, team=team.pk)
    return made


@action
def leave_team(member: TeamMember, *, on: date, by: User) -> TeamMember:
    """Leave a team from a day. One who had not come yet never was there."""
    member = TeamMember.objects.select_for_update().get(pk=member.pk)
    member.ends_on = max(on, member.starts_on)
    member.save()
    record("team_member.left", subject=member, by=by, specialist=member.specialist_id, team=member.team_id)
    return member


@action
def set_weekly_hours(service: Service, *, specialist: User, hours: Decimal, starts_on: date, by: User) -> WeeklyHours:
    """Set the hours a week from a day; what was agreed until then ends that day."""
    running = WeeklyHours.objects.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), specialist=specialist)
    running.filter(starts_on__lte=starts_on).update(ends_on=starts_on)
    made = WeeklyHours.objects.create(service=service, specialist=specialist, hours=hours, starts_on=starts_on)
    record("working_time.hours_set", subject=made, by=by, specialist=specialist.pk)
    return made


@action
def state_other_work(service: Service, *, month: date, percent: int, now: datetime, by: User) -> OtherWork:
    """State, or state anew, how much of a month went to other work."""
    stated, _ = OtherWork.objects.update_or_create(
        service=service, specialist=by, month=month, defaults={"percent": percent, "stated_at": now}
    )
    record("working_time.other_work_stated", subject=stated, by=by, percent=percent)
    return stated
