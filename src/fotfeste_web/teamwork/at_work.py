"""When people were at work: which weeks and hours are counted of.

Days away leave the denominators (items 2, 17, 24).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.teamwork.models import Absence, WeeklyHours

FULL_WEEK = 37.5  # hours of a full post, as NAV counts field time
WORKDAYS = 5
Hours = tuple[date, date | None, float]  # from, until, a week


@dataclass(frozen=True, slots=True)
class AtWork:
    """The days of some people between two days, the last not included."""

    first: date
    until: date
    posts: dict[int, list[Hours]]
    agreed: dict[int, list[Hours]]
    away: dict[int, list[tuple[date, date]]]

    @classmethod
    def of(cls, people: Collection[int], first: date, until: date) -> "AtWork":
        """Read when these people were at work: one query, however many they are."""
        posts, agreed, away = defaultdict(list), defaultdict(list), defaultdict(list)
        held, hours, absences = _rows(list(people), first, until)
        for post in held:
            end = post.ends_on and post.ends_on + timedelta(days=1)
            posts[post.user_id].append((post.starts_on, end, FULL_WEEK * post.post_share / 100))
        for week in hours:
            agreed[week.specialist_id].append((week.starts_on, week.ends_on, float(week.hours)))
        for absence in absences:
            away[absence.specialist_id].append((absence.starts_on, absence.ends_on))
        return cls(first, until, posts, agreed, away)

    def minutes(self, user: int) -> float:
        """Minutes that a job specialist was to be at work."""
        return sum(60 * self._hours_a_week(user, day) / WORKDAYS for day in self._days(self.first, self.until, user))

    def has_worked(self, user: int, monday: date) -> bool:
        """Tell whether a job specialist was at work on any day of a week: a week away counts for nobody."""
        week = self._days(monday, monday + timedelta(days=WORKDAYS), user)
        return any(self._hours_a_week(user, day) > 0 for day in week)

    def is_away(self, user: int, day: date) -> bool:
        return any(start <= day < end for start, end in self.away.get(user, ()))

    def _days(self, first: date, until: date, user: int) -> Iterator[date]:
        days = (first + timedelta(days=number) for number in range((until - first).days))
        return (day for day in days if day.weekday() < WORKDAYS and not self.is_away(user, day))

    def _hours_a_week(self, user: int, day: date) -> float:
        return _on(self.agreed.get(user, []), day) or _on(self.posts.get(user, []), day)


@together
def _rows(people: Any, first: Any, until: Any) -> Lists:
    about = {"specialist__among": people, "starts_on__lt": until}
    held = Membership.objects.filter(user__among=people, role="jobbspesialist", starts_on__lt=until)
    return (
        held.filter(Q(ends_on=None) | Q(ends_on__gte=first)),
        WeeklyHours.objects.filter(Q(ends_on=None) | Q(ends_on__gt=first), **about),
        Absence.objects.filter(ends_on__gt=first, **about),
    )


def _on(spans: list[Hours], day: date) -> float:
    return sum(hours for start, end, hours in spans if start <= day and (end is None or day < end))
