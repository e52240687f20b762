"""What waits for the second person."""

from collections.abc import Iterable
from datetime import date

from fotfeste_web.accounts.models import User
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.due import DueItem, Urgency
from fotfeste_web.ui.formats import local_date, relative_day

from .models import Removal
from .pages import label_of, names


def due_items(user: User, led: list[int], today: date) -> Iterable[DueItem]:
    """The requests that this person can confirm: none for those who lead no service, without asking."""
    if not led:
        return
    asked = list(Removal.objects.filter(service__in=led, refused_at=None).exclude(asked_by=user).order_by("asked_at"))
    askers = names(removal.asked_by_id for removal in asked) if asked else {}
    for removal in asked:
        on = local_date(removal.asked_at)
        yield DueItem(
            rule="removal",
            urgency=Urgency.TODAY,
            due_on=on,
            title=f"{label_of(removal.kind)} meldt feilført",
            tag="Venter på deg",
            reason=f"Meldt av {askers.get(removal.asked_by_id, 'en kollega')} {relative_day(on, today)}. "
            "To må være enige før noe slettes.",
            action="Se meldingen",
            href=address("removal", removal.pk),
            postponable=False,
        )
