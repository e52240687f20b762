from collections.abc import Iterable
from datetime import date
from typing import Any

from fotfeste_web.ui.due import DueItem
from fotfeste_web.ui.rooms import Room


class FidelityConfig(Room):
    name = "fotfeste_web.fidelity"
    label = "fidelity"

    def due_items(self, user: Any, scope: Any, cases: list[Any], today: date) -> Iterable[DueItem]:
        from .due import due_items  # models are not there yet when the app is named

        return due_items(user, scope, today)

    def yearly(self, service_id: int, year: int) -> Iterable[tuple[str, str]]:
        from .yearly import yearly

        return yearly(service_id, year)
