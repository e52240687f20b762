"""What the action plan asks of a person today: what is overdue, of those one leads and of the own."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from fotfeste_web.accounts.models import User
from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import Scope
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.due import DueItem, Urgency
from fotfeste_web.ui.formats import day

from .models import Improvement


def due_items(user: User, scope: Scope, today: date) -> Iterator[DueItem]:
    """Give a line for each: one query."""
    if not scope.may(Permission.REVIEWS):
        return
    (overdue,) = _overdue(list(scope.services(Permission.ACTION_PLAN)), user.pk, today)
    for one in overdue:
        item = one.review.scale.item_by_id[one.item]
        yield DueItem(
            rule="improvement",
            urgency=Urgency.OVERDUE,
            due_on=one.due_on,
            title=one.what,
            tag="Tiltak over fristen",
            reason=f"Frist {day(one.due_on, today)} · {one.owner.name} · punkt {item.number} {item.name_nb}",
            action="Åpne",
            href=address("improvement", one.pk),
            postponable=False,
        )


@together
def _overdue(led: Any, owner: Any, today: Any) -> Lists:
    theirs = Improvement.objects.overdue(today).filter(Q(service__among=led) | Q(owner=owner))
    return (theirs.select_related("review", "owner").order_by("due_on"),)
