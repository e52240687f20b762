"""Who is followed from when to when, and their work in that time."""

import narwhals as nw

from fotfeste.register.calendar import add_months
from fotfeste.register.frames import Frame, least, most
from fotfeste.register.periods import Window


def followed(participants: Frame, window: Window, *, months: int) -> Frame:
    """The participants who have not said no, with ``entered``, ``due``, ``until`` and ``end``.

    ``due`` is so many months after they entered; ``until`` the first day of which nothing is known: after the window or
    the day of death, or the day of emigration or of withdrawal. The follow-up is ``[entered, end)``.
    """
    people = participants.filter(~(nw.col("consent") == False).fill_null(False))  # noqa: E712
    people = people.with_columns(
        entered=nw.col("inclusion_date"),
        due=add_months(nw.col("inclusion_date"), months),
        until=least(
            nw.lit(window.stop),
            (nw.col("death_date") + 1).fill_null(window.stop),
            nw.col("emigration_date").fill_null(window.stop),
            nw.col("withdrawn_date").fill_null(window.stop),
        ),
    )
    people = people.with_columns(end=most(nw.col("entered"), least(nw.col("due"), nw.col("until"))))
    return people.select("person_id", "person", "site", "arm", "entered", "due", "until", "end")


def within(periods: Frame, people: Frame) -> Frame:
    """The parts of periods ``[start, stop)`` that lie in their people's follow-up."""
    joined = periods.join(people.select("person_id", "entered", "end"), on="person_id", how="inner")
    parts = joined.with_columns(
        start=most(nw.col("start"), nw.col("entered")), stop=least(nw.col("stop"), nw.col("end"))
    )
    return parts.filter(nw.col("start") < nw.col("stop"))


def union(periods: Frame, *of: str) -> Frame:
    """What periods cover together, for each combination of the columns ``of``, without overlap.

    Adds ``gap``: 1 where there is a day between the part and what came before it, or nothing came before.
    """
    order = ["start", "stop"]
    parts = periods.with_columns(reached=nw.col("stop").cum_max().over(*of, order_by=order))
    parts = parts.with_columns(reached=nw.col("reached").shift(1).over(*of, order_by=order).fill_null(-(2**30)))
    parts = parts.with_columns(
        gap=nw.when(nw.col("reached") < nw.col("start")).then(1).otherwise(0),
        start=most(nw.col("start"), nw.col("reached")),
    )
    return parts.filter(nw.col("start") < nw.col("stop")).drop("reached")
