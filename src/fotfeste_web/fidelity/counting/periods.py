"""The periods that figures are kept for: the last six months, this quarter, the eight before, and those of reviews."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.fidelity import Scale
from fotfeste.periods import Period, add_months
from fotfeste_web.fidelity.models import Review

NOW = "now"
QUARTERS_BACK = 8
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """A period with its name; ``until`` is its last day that has come, plus one."""

    name: str
    period: Period[date]


def quarter_of(day: date) -> Named:
    number = (day.month - 1) // 3
    start = date(day.year, 3 * number + 1, 1)
    return Named(f"{day.year}-{number + 1}", Period(start, add_months(start, 3)))


def label(name: str) -> str:
    """Say a name in words: «siste seks måneder», «3. kvartal 2026»."""
    quarter = re.fullmatch(r"(\d{4})-([1-4])", name)
    return f"{quarter[2]}. kvartal {quarter[1]}" if quarter else "siste seks måneder"


def standard(today: date, scale: Scale) -> list[Named]:
    """Give the last months as the scale looks back on them, and the quarters with the newest first.

    A period ends today at the latest: a quarter counted to its last day would hold weeks in which nothing has happened.
    """
    tomorrow = today + DAY
    kept = [Named(NOW, Period(add_months(tomorrow, -scale.window.count), tomorrow))]
    quarter = quarter_of(today)
    for _ in range(QUARTERS_BACK + 1):
        kept.append(until(quarter, tomorrow))
        quarter = quarter_of(quarter.period.start - DAY)
    return kept


def of_review(review: Review) -> Named:
    return Named(f"review-{review.pk}", Period(review.period_starts_on, review.period_ends_on))


def until(named: Named, end: date) -> Named:
    start, last = named.period.start, named.period.end
    return Named(named.name, Period(start, min(last, end) if last else end))
