"""Write down supervision that was held, and put the stamp on a week that was gone through."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import Service
from fotfeste_web.teamwork.models import (
    Supervision,
    SupervisionKind,
    SupervisionNotes,
    SupervisionParticipant,
    WeekReview,
)


@action
def log_supervision(
    service: Service,
    *,
    kind: str,
    participants: Iterable[Participant],
    notes: dict[str, str],
    by: User,
    **held: Any,
) -> Supervision:
    """Log supervision. What was said between two people is kept apart, for the two alone."""
    supervision = Supervision.objects.create(service=service, kind=kind, supervisor=by, **held)
    _write(supervision, participants, notes)
    record("supervision.logged", subject=supervision, by=by, kind=kind, specialist=supervision.specialist_id)
    return supervision


@action
def correct_supervision(
    supervision: Supervision,
    *,
    version: int,
    participants: Iterable[Participant],
    notes: dict[str, str],
    by: User,
    **held: Any,
) -> Supervision:
    supervision = take(supervision, version)
    for name, value in held.items():
        setattr(supervision, name, value)
    supervision.save()
    _write(supervision, participants, notes)
    record("supervision.corrected", subject=supervision, by=by, version=supervision.version)
    return supervision


def _write(supervision: Supervision, participants: Iterable[Participant], notes: dict[str, str]) -> None:
    if supervision.kind != SupervisionKind.GROUP:
        SupervisionNotes.objects.update_or_create(supervision=supervision, defaults=notes)
    wanted = {participant.pk for participant in participants}
    there = set(supervision.about.values_list("participant_id", flat=True))
    supervision.about.filter(participant_id__in=there - wanted).delete()
    SupervisionParticipant.objects.bulk_create(
        SupervisionParticipant(supervision=supervision, participant_id=pk) for pk in sorted(wanted - there)
    )


@action
def review_week(service: Service, specialist: User, *, monday: date, comment: str, by: User) -> WeekReview:
    """Stamp a job specialist's employer contacts of one week as gone through."""
    review = WeekReview.objects.create(
        service=service, specialist=specialist, monday=monday, comment=comment, reviewed_by=by
    )
    year, week, _ = monday.isocalendar()
    record("week.reviewed", subject=review, by=by, specialist=specialist.pk, year=year, week=week)
    return review


@action
def change_comment(review: WeekReview, *, version: int, comment: str, by: User) -> WeekReview:
    review = take(review, version)
    review.comment = comment
    review.save()
    record("week.comment_changed", subject=review, by=by)
    return review
