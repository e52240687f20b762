from collections.abc import Iterable
from datetime import date
from typing import Any

from fotfeste_web.ui.due import DueItem
from fotfeste_web.ui.rooms import Card, Passage, Room, TimelineItem


class PlansConfig(Room):
    name = "fotfeste_web.plans"
    label = "plans"

    # Models are not there yet when the app is named.
    def due_items(self, user: Any, scope: Any, cases: list[Any], today: date) -> Iterable[DueItem]:
        from .due import due_items

        return due_items(cases, today)

    def timeline(self, participant: Any, scope: Any, today: date) -> Iterable[TimelineItem]:
        from .pages.timeline import timeline

        return timeline(participant, may_write=scope.writes(participant))

    def cards(self, participant: Any, scope: Any, today: date) -> Iterable[Card]:
        from .pages.cards import cards

        return cards(participant, may_write=scope.writes(participant), today=today)

    def passages(self, participant: Any, kinds: Any, starts_on: date, ends_on: date) -> Iterable[Passage]:
        from .told import passages

        return passages(participant, kinds)

    def own_plan(self, participant: Any, today: date) -> Iterable[Card]:
        from .told import own_plan

        return own_plan(participant)
