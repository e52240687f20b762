"""Write down advice, attempts, plans, the person's no, and notes."""

from typing import Any

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import Participant

from .models import BenefitsAdvice, FollowUpDeclined, NoShowPlan, Note, NoteState, OutreachAttempt


@action
def add_advice(participant: Participant, *, by: User, **values: Any) -> BenefitsAdvice:
    advice = BenefitsAdvice.objects.create(participant=participant, created_by=by, **values)
    record("advice.added", subject=advice, by=by, occasion=advice.occasion, trained=advice.trained)
    return advice


@action
def change_advice(advice: BenefitsAdvice, *, version: int, by: User, **values: Any) -> BenefitsAdvice:
    advice = _changed(advice, version, values)
    record("advice.changed", subject=advice, by=by, version=advice.version)
    return advice


@action
def log_attempt(participant: Participant, *, by: User, **values: Any) -> OutreachAttempt:
    attempt = OutreachAttempt.objects.create(participant=participant, logged_by=by, **values)
    record("outreach.logged", subject=attempt, by=by, how=attempt.how, reached=attempt.reached)
    return attempt


@action
def change_attempt(attempt: OutreachAttempt, *, version: int, by: User, **values: Any) -> OutreachAttempt:
    attempt = _changed(attempt, version, values)
    record("outreach.changed", subject=attempt, by=by, version=attempt.version)
    return attempt


@action
def save_no_show_plan(participant: Participant, *, version: int, by: User, **values: Any) -> NoShowPlan:
    """Save a version of what is to be done when the person does not come. Nothing is version 0."""
    start = {"version": 0, "agreed_on": values["agreed_on"]}
    plan, _ = NoShowPlan.objects.get_or_create(participant=participant, defaults=start)
    plan = _changed(plan, version, values | {"updated_by": by})
    record("no_show_plan.saved", subject=plan, by=by, version=plan.version)
    return plan


@action
def decline_follow_up(participant: Participant, *, by: User, **values: Any) -> FollowUpDeclined:
    declined = FollowUpDeclined.objects.create(participant=participant, created_by=by, **values)
    record("follow_up.declined", subject=declined, by=by)
    return declined


@action
def change_declined(declined: FollowUpDeclined, *, version: int, by: User, **values: Any) -> FollowUpDeclined:
    declined = _changed(declined, version, values)
    record("follow_up.declined_changed", subject=declined, by=by, version=declined.version)
    return declined


@action
def write_note(participant: Participant, *, state: str = NoteState.DRAFT, by: User, **values: Any) -> Note:
    note = Note.objects.create(participant=participant, author=by, updated_by=by, state=state, **values)
    record("note.written", subject=note, by=by, kind=note.kind, state=note.state)
    return note


@action
def save_note(note: Note, *, version: int, state: str | None = None, by: User, **values: Any) -> Note:
    """Save a new version of a note; with a state, for those who may see it from now on."""
    note = _changed(note, version, values | {"updated_by": by} | ({"state": state} if state else {}))
    record("note.shared" if state else "note.changed", subject=note, by=by, state=note.state, version=note.version)
    return note


def _changed(row: Any, version: int, values: dict[str, Any]) -> Any:
    row = take(row, version)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row
