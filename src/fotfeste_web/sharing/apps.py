from collections.abc import Iterable
from datetime import date
from typing import Any

from fotfeste_web.ui.rooms import Room, TimelineItem


class SharingConfig(Room):
    name = "fotfeste_web.sharing"
    label = "sharing"

    def timeline(self, participant: Any, scope: Any, today: date) -> Iterable[TimelineItem]:
        from .timeline import timeline  # models are not there yet when the app is named

        return timeline(participant)
