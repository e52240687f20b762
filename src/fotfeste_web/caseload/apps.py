from collections.abc import Iterable
from datetime import date
from typing import Any

from fotfeste_web.ui.due import DueItem
from fotfeste_web.ui.rooms import Passage, Room


class CaseloadConfig(Room):
    name = "fotfeste_web.caseload"
    label = "caseload"

    def due_items(self, user: Any, scope: Any, cases: list[Any], today: date) -> Iterable[DueItem]:
        from .due import due_items  # models are not there yet when the app is named

        return due_items(user, scope, cases, today)

    def passages(self, participant: Any, kinds: Any, starts_on: date, ends_on: date) -> Iterable[Passage]:
        from .passages import passages

        return passages(participant, kinds, starts_on, ends_on)
