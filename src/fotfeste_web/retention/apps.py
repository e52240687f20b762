from collections.abc import Iterable
from datetime import date
from typing import Any

from fotfeste_web.rows.roles import Permission
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.due import DueItem
from fotfeste_web.ui.rooms import Card, Room


class RetentionConfig(Room):
    name = "fotfeste_web.retention"
    label = "retention"

    def due_items(self, user: Any, scope: Any, cases: list[Any], today: date) -> Iterable[DueItem]:
        from .due import due_items  # models are not there yet when the app is named

        return due_items(user, scope.services(Permission.CONFIRM_REMOVAL), today)

    def cards(self, participant: Any, scope: Any, today: date) -> Iterable[Card]:
        if scope.works_with(participant):
            wrongly_entered = address("removal_ask", "deltaker", participant.pk)
            yield Card(title="Mer", links=(("Feilført?", wrongly_entered),), order=90)
