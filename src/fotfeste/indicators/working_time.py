"""Days and hours that a job specialist was there to work: posts and agreed hours, less absence.

Working days are Monday to Friday. Public holidays are absence, if a service records them as such.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal

from fotfeste.indicators.records import Absence, Post, WeeklyHours
from fotfeste.periods import Period, merge, subtract

FULL_WEEK = Decimal("37.5")  # hours, the agreed week of public services in Norway
WORKING_DAYS = 5


def working_days(period: Period[date]) -> int:
    """Mondays to Fridays in a period that has an end."""
    assert period.end is not None
    weeks, rest = divmod((period.end - period.start).days, 7)
    first = period.start.weekday()
    return weeks * WORKING_DAYS + sum((first + n) % 7 < WORKING_DAYS for n in range(rest))


def whole_weeks(period: Period[date]) -> Period[date]:
    """The weeks from Monday to Sunday that lie wholly in the period; empty where there are none."""
    assert period.end is not None
    start = period.start + timedelta(days=-period.start.weekday() % 7)
    end = period.end - timedelta(days=period.end.weekday())
    return Period(start, max(start, end))


def days_worked(posts: Iterable[Post], absences: Collection[Absence], window: Period[date]) -> int:
    """Working days in a post and not away; two posts at a time are one."""
    held = merge(_held(post.period, window) for post in posts if post.share)
    return sum(working_days(part) for part in _there(held, absences))


def posts_worked(posts: Iterable[Post], absences: Collection[Absence], window: Period[date]) -> Decimal:
    """Working days not away, each by the share of a full post held on it."""
    return sum(
        (post.share * days_worked([post], absences, window) for post in posts),
        start=Decimal(0),
    )


def hours_contracted(
    posts: Collection[Post],
    weekly_hours: Collection[WeeklyHours],
    absences: Collection[Absence],
    window: Period[date],
    *,
    full_week: Decimal = FULL_WEEK,
) -> Decimal:
    """Agreed hours in the window less absence: those stated, else the share of a full week."""
    stated = [(_held(agreed.period, window), agreed.hours) for agreed in weekly_hours]
    total = sum((hours * sum(map(working_days, _there([part], absences))) for part, hours in stated), start=Decimal(0))
    for post in posts:
        unstated = subtract([_held(post.period, window)], [part for part, _ in stated])
        total += post.share * full_week * sum(map(working_days, _there(unstated, absences)))
    return total / WORKING_DAYS


def _held(period: Period[date], window: Period[date]) -> Period[date]:
    return period.intersect(window) or Period(window.start, window.start)


def _there(periods: Iterable[Period[date]], absences: Iterable[Absence]) -> tuple[Period[date], ...]:
    return subtract(periods, [Period(away.starts_on, away.ends_on) for away in absences])
