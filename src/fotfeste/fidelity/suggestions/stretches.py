"""The weeks and the months that a window holds."""

from datetime import date, timedelta

from fotfeste.indicators.working_time import whole_weeks
from fotfeste.periods import Period, add_months

WEEK = timedelta(days=7)


def weeks_in(window: Period[date]) -> list[Period[date]]:
    """From Monday to Sunday, those that lie wholly in it."""
    weeks = whole_weeks(window)
    assert weeks.end is not None
    n = (weeks.end - weeks.start) // WEEK
    return [Period(weeks.start + week * WEEK, weeks.start + (week + 1) * WEEK) for week in range(n)]


def months_in(window: Period[date]) -> list[Period[date]]:
    """Counted from its first day; what is left over at its end is no month."""
    assert window.end is not None
    months: list[Period[date]] = []
    while (end := add_months(window.start, len(months) + 1)) <= window.end:
        months.append(Period(add_months(window.start, len(months)), end))
    return months
