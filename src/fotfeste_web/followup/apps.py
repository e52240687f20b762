from collections.abc import Iterable
from datetime import date
from typing import Any

from fotfeste_web.ui.due import DueItem
from fotfeste_web.ui.rooms import Card, Room, TimelineItem


class FollowupConfig(Room):
    name = "fotfeste_web.followup"
    label = "followup"

    # Models are not there yet when the app is named.

    def due_items(self, user: Any, scope: Any, cases: list[Any], today: date) -> Iterable[DueItem]:
        from .due import due_items

        return due_items(user, cases, today)

    def timeline(self, participant: Any, scope: Any, today: date) -> Iterable[TimelineItem]:
        from .pages.timeline import timeline

        return timeline(participant.pk, may_write=scope.writes(participant), today=today)

    def cards(self, participant: Any, scope: Any, today: date) -> Iterable[Card]:
        from .pages.cards import cards

        return cards(participant, scope, today)
