from collections.abc import Iterable
from datetime import date
from typing import Any

from fotfeste_web.ui.due import DueItem
from fotfeste_web.ui.rooms import Card, Passage, Room, TimelineItem


class TeamworkConfig(Room):
    name = "fotfeste_web.teamwork"
    label = "teamwork"

    def due_items(self, user: Any, scope: Any, cases: list[Any], today: date) -> Iterable[DueItem]:
        from .due import due_items  # models are not there yet when the app is named

        return due_items(user, scope, today)

    def timeline(self, participant: Any, scope: Any, today: date) -> Iterable[TimelineItem]:
        from .timeline import timeline

        return timeline(participant, scope, today)

    def passages(self, participant: Any, kinds: Any, starts_on: date, ends_on: date) -> Iterable[Passage]:
        from .told import passages

        return passages(participant, kinds, starts_on, ends_on)

    def shared(self, user: Any, scope: Any, participants: list[Any], today: date) -> Iterable[Card]:
        from .told import shared

        return shared(participants, today)
