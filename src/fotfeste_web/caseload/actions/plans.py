"""Write down what the person wants, what may be told, and what comes next."""

from datetime import date
from typing import Any

from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import NextStep, Openness, Participant, WishedOccupation, Wishes


@action
def save_wishes(participant: Participant, *, version: int, occupations: list[str], by: User, **values: Any) -> Wishes:
    """Save a version of the wishes, with its occupations in order. The first is version 1: nothing is version 0."""
    wishes, _ = Wishes.objects.get_or_create(participant=participant, defaults={"version": 0})
    wishes = take(wishes, version)
    for name, value in values.items():
        setattr(wishes, name, value)
    wishes.updated_by = by
    wishes.updated_at = timezone.now()
    wishes.save()
    WishedOccupation.objects.filter(participant=participant).delete()
    WishedOccupation.objects.bulk_create(
        WishedOccupation(participant=participant, styrk08=code, order=order, version=wishes.version)
        for order, code in enumerate(occupations)
    )
    record("wishes.saved", subject=wishes, by=by, version=wishes.version, occupations=len(occupations))
    return wishes


@action
def save_openness(participant: Participant, *, version: int, by: User, **values: Any) -> Openness:
    """Save a version of what may be told. The first is version 1: nothing is version 0."""
    start = {"version": 0, "may_contact": values["may_contact"], "agreed_on": values["agreed_on"]}
    openness, _ = Openness.objects.get_or_create(participant=participant, defaults=start)
    openness = take(openness, version)
    for name, value in values.items():
        setattr(openness, name, value)
    openness.updated_by = by
    openness.save()
    record("openness.saved", subject=openness, by=by, version=openness.version)
    return openness


@action
def add_next_step(
    participant: Participant, *, text: str, due_on: date, by: User, who: str = "", asked_of: str = ""
) -> NextStep:
    step = NextStep.objects.create(
        participant=participant, text=text, due_on=due_on, who=who, asked_of=asked_of, created_by=by
    )
    record("next_step.added", subject=step, by=by)
    return step


@action
def finish_next_step(step: NextStep, *, on: date, by: User) -> NextStep:
    step.done_on = on
    step.version += 1
    step.save()
    record("next_step.done", subject=step, by=by)
    return step
