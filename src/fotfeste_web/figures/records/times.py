"""Each time a person was referred is a participant of its own to the method: a return is a new one."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from fotfeste.periods import Period
from fotfeste_web.caseload.models import Referral


class Times:
    def __init__(self, referrals: Iterable[Referral]) -> None:
        self._received: dict[UUID, list[tuple[date, str]]] = defaultdict(list)
        for referral in referrals:
            self._received[referral.participant_id].append((referral.received_on, str(referral.pk)))
        for times in self._received.values():
            times.sort()

    def of(self, participant_id: UUID, day: date) -> str:
        """Name the time that a day belongs to: the latest that had begun, or the first."""
        times = self._received[participant_id]
        return times[max(bisect_right(times, day, key=lambda time: time[0]) - 1, 0)][1]

    def during(self, participant_id: UUID, held: Period[date]) -> Iterator[tuple[str, Period[date]]]:
        """Give each time that something which lasts is of, with its part: a wish outlives an ending."""
        times = self._received[participant_id]
        begins = [date.min, *(received for received, _ in times[1:])]
        ends = [*begins[1:], None]
        for (_, name), start, end in zip(times, begins, ends, strict=True):
            if part := held.intersect(Period(start, end)):
                yield name, part
