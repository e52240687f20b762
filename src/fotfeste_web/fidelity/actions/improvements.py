"""Tiltaksplan: what is to be done, by whom, and what became of it."""

from datetime import date
from typing import Any

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.fidelity.models import Improvement, ImprovementState, Review


@action
def add_improvement(review: Review, *, by: User, **values: Any) -> Improvement:
    made = Improvement.objects.create(review=review, service=review.service, created_by=by, **values)
    record("improvement.added", subject=made, by=by, item=made.item)
    return made


@action
def change_improvement(improvement: Improvement, *, version: int, today: date, by: User, **values: Any) -> Improvement:
    """Change what is to be done, or say what became of it."""
    improvement = take(improvement, version)
    for name, value in values.items():
        setattr(improvement, name, value)
    if improvement.state == ImprovementState.OPEN:
        improvement.closed_on = None
    elif improvement.closed_on is None:
        improvement.closed_on = today
    improvement.save()
    record("improvement.changed", subject=improvement, by=by, item=improvement.item, state=improvement.state)
    return improvement
