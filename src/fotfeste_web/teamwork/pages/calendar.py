"""What stands in a person's own calendar: that there is a meeting, never with whom or where."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Contact, ContactStatus, NextStep, Pause
from fotfeste_web.rows.scope import Scope
from fotfeste_web.teamwork.ics import Event
from fotfeste_web.teamwork.models import TeamMeeting

BACK, AHEAD = timedelta(days=30), timedelta(days=366)
WITHOUT_END = 60  # minutes: a meeting whose length nobody has said
MEETING, WITH_EMPLOYER, DEADLINE = "Møte", "Møte med arbeidsgiver", "Frist"


def events(user: User, scope: Scope, today: date) -> Iterator[Event]:
    """Give the planned meetings and the due dates of one person: four queries."""
    about = {"on__gte": today - BACK, "on__lte": today + AHEAD}
    planned = Contact.objects.filter(specialist=user, status=ContactStatus.PLANNED, **about)
    for pk, on, at, minutes, employer in planned.values_list("pk", "on", "starts_at", "minutes", "employer_id"):
        yield Event(
            uid=f"m{pk}@fotfeste",
            title=WITH_EMPLOYER if employer else MEETING,
            begins=timezone.make_aware(datetime.combine(on, at)) if at else on,
            minutes=minutes or WITHOUT_END,
        )
    for pk, on in TeamMeeting.objects.filter(present__contains=[user.pk], finished_at=None, **about).values_list(
        "pk", "on"
    ):
        yield Event(uid=f"t{pk}@fotfeste", title=MEETING, begins=on)
    own = [participant for participant, (ground, _) in scope.grounds.items() if ground in ("own", "cover")]
    steps = NextStep.objects.filter(participant__in=own, done_on=None, due_on__gte=today - BACK)
    for pk, on in steps.values_list("pk", "due_on"):
        yield Event(uid=f"n{pk}@fotfeste", title=DEADLINE, begins=on)
    for pk, on in Pause.objects.filter(participant__in=own, ends_on=None).values_list("pk", "follow_up_on"):
        yield Event(uid=f"p{pk}@fotfeste", title=DEADLINE, begins=on)
