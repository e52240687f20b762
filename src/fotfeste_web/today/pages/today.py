"""I dag: what needs this person now, each line with its reason and its rule."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.due import Case, cases
from fotfeste_web.rows.scope import Scope
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.today.models import Postponement
from fotfeste_web.today.week import Week
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.due import DueItem, Urgency
from fotfeste_web.ui.formats import clock, count, weekday
from fotfeste_web.ui.rooms import rooms

COLORS = {
    Urgency.OVERDUE: "danger",
    Urgency.TODAY: "warning",
    Urgency.SOON: "warning",
    Urgency.NEW: "info",
    Urgency.TIDY: "neutral",
}
SHOWN = 12  # more than a day's work is folded


@dataclass(frozen=True, slots=True)
class Line:
    """The most urgent item about one person, with the rest folded under it."""

    item: DueItem
    folded: tuple[DueItem, ...] = ()

    @property
    def color(self) -> str:
        return COLORS[self.item.urgency]

    @property
    def title(self) -> str:
        return f"{clock(self.item.at)} {self.item.title}" if self.item.at else self.item.title

    @property
    def person(self) -> str:
        return address("participant", self.item.participant_id) if self.item.participant_id else ""

    @property
    def postpone(self) -> str:
        asked = self.item.participant_id and self.item.postponable
        return address("postpone", self.item.participant_id, self.item.rule) if asked else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    greeting: str
    sub: str
    week: Week | None
    meetings: list[Line]
    urgent: list[Line]
    later: list[Line]
    people: list[UUID]

    @classmethod
    def of(cls, user: User, scope: Scope, now: datetime) -> "TodayPage":
        today = now.date()
        mine = cases(user, scope, today)
        items = due_items(user, scope, mine, today)
        meetings = [Line(item) for item in items if item.rule == "meeting"]
        lines = fold(without_postponed([item for item in items if item.rule != "meeting"], today))
        return cls(
            greeting=f"{'God morgen' if now.hour < 10 else 'Hei'}, {user.get_short_name()}",
            sub=" · ".join(
                [weekday(today, today).capitalize()]
                + ([count(len(mine), "deltaker", "deltakere")] if mine else [])
                + [f"{count(len(meetings), 'møte', 'møter')} i dag"]
            ),
            week=Week.of(user, mine, today) if mine else None,
            meetings=meetings,
            urgent=lines[:SHOWN],
            later=lines[SHOWN:],
            people=[item.participant_id for item in items if item.participant_id],
        )


def due_items(user: User, scope: Scope, mine: list[Case], today: date) -> list[DueItem]:
    """Give everything that any room asks of this person today."""
    return [item for room in rooms() for item in room.due_items(user, scope, mine, today)]


def fold(items: Iterable[DueItem]) -> list[Line]:
    """Keep at most one line a person, the most urgent, with the others under it; the most urgent line first."""
    by_person: dict[UUID, list[DueItem]] = defaultdict(list)
    lines = []
    for item in sorted(items, key=lambda item: (item.urgency, item.due_on)):
        if item.participant_id is None:
            lines.append(Line(item))
        else:
            by_person[item.participant_id].append(item)
    lines += [Line(first, tuple(rest)) for first, *rest in by_person.values()]
    return sorted(lines, key=lambda line: (line.item.urgency, line.item.due_on))


def without_postponed(items: list[DueItem], today: date) -> list[DueItem]:
    """Leave out what somebody put off to a later day."""
    (put_off,) = _put_off(list({item.participant_id for item in items if item.participant_id}), today)
    postponed = set(put_off)
    return [item for item in items if (item.participant_id, item.rule) not in postponed]


@together
def _put_off(people: Any, today: Any) -> Lists:
    later = Postponement.objects.filter(participant__among=people, until__gt=today)
    return (later.values_list("participant_id", "rule"),)
