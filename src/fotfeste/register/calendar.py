"""Days and months as whole numbers, in arithmetic that every engine has; for Python's numbers and for expressions.

A day is the days since 1970-01-01, a month is ``year * 12 + month - 1``. The conversions are those of Neri and
Schneider (2022, Euclidean affine functions and their application to calendar algorithms): years that begin in March, in
forms that name what they are made of as few times as may be, since an engine writes it out each time.
"""

from datetime import date
from typing import TypeVar

import narwhals as nw

from fotfeste.register.frames import Frame

N = TypeVar("N", int, nw.Expr)
ERA_DAYS = 146_097
FROM_MARCH_0000 = 719_468  # days from 0000-03-01 to 1970-01-01


def day_number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def month_text(month: int) -> str:
    """A month as people write it, 2019-03."""
    return f"{month // 12}-{month % 12 + 1:02}"


def month_start(month: N) -> N:
    """The first day of a month."""
    year, from_march = (month - 2) // 12, (month - 2) % 12
    return 1461 * year // 4 - (3 * (year // 100) + 3) // 4 + (153 * from_march + 2) // 5 - FROM_MARCH_0000


def month_of(day: N) -> N:
    """The month that a day is in."""
    quarters = 4 * (day + FROM_MARCH_0000) + 3
    in_century = quarters % ERA_DAYS // 4 * 4 + 3
    year, in_year = 100 * (quarters // ERA_DAYS) + in_century // 1461, in_century % 1461 // 4
    return year * 12 + (5 * in_year + 2) // 153 + 2


def reference_monday(month: N) -> N:
    """The first day of the week, Monday to Sunday, that holds the 16th of a month."""
    return (month_start(month) + 15 + 3) // 7 * 7 - 3


def with_months_later(frame: Frame, day: str, months: int, name: str) -> Frame:
    """Add a column with the same day of the month so many months later, or the last of a month that is too short.

    In steps: Spark writes out four times what it divides.
    """
    frame = frame.with_columns(from_month=month_of(nw.col(day)))
    then = nw.col("from_month") + months
    frame = frame.with_columns(
        nth=nw.col(day) - month_start(nw.col("from_month")), first=month_start(then), after=month_start(then + 1)
    )
    later = nw.min_horizontal(nw.col("first") + nw.col("nth"), nw.col("after") - 1).alias(name)
    return frame.with_columns(later).drop("from_month", "nth", "first", "after")
