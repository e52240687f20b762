from collections.abc import Iterable
from datetime import date
from typing import Any

from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.rooms import Card, Room


class ExportsConfig(Room):
    name = "fotfeste_web.exports"
    label = "exports"

    def cards(self, participant: Any, scope: Any, today: date) -> Iterable[Card]:
        if scope.works_with(participant):
            everything = address("person_export", participant.pk)
            yield Card(title="Innsyn", links=(("Alt som er lagret, som fil", everything),), order=89)
