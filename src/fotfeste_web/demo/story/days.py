"""Norwegian working days."""

from datetime import date, timedelta
from functools import cache


@cache
def holidays(year: int) -> frozenset[date]:
    """Public holidays, with Christmas Eve and New Year's Eve, when nobody meets either."""
    # Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    easter = date(year, f // 31, f % 31 + 1)
    moving = {easter + timedelta(days) for days in (-3, -2, 0, 1, 39, 49, 50)}
    fixed = {(1, 1), (5, 1), (5, 17), (12, 24), (12, 25), (12, 26), (12, 31)}
    return frozenset(moving | {date(year, month, day) for month, day in fixed})


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def workday_from(day: date) -> date:
    """That day, or the first working day after it."""
    while not is_workday(day):
        day += timedelta(1)
    return day


def workday_until(day: date) -> date:
    """That day, or the last working day before it."""
    while not is_workday(day):
        day -= timedelta(1)
    return day


def workdays_before(day: date, count: int) -> date:
    """The working day `count` working days before `day`."""
    for _ in range(count):
        day = workday_until(day - timedelta(1))
    return day
