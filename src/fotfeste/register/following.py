"""Who is followed from when to when, and their work in that time."""

import narwhals as nw

from fotfeste.register.calendar import with_months_later
from fotfeste.register.frames import Frame, flag, in_order, least, most, packed_day
from fotfeste.register.periods import Window


def followed(participants: Frame, window: Window, *, months: int) -> Frame:
    """The participants who have not said no, with ``entered``, ``due``, ``until`` and ``end``.

    ``due`` is so many months after they entered; ``until`` the first day of which nothing is known: after the window or
    the day of death, or the day of emigration or of withdrawal. The follow-up is ``[entered, end)``.
    """
    people = participants.filter(~(nw.col("consent") == False).fill_null(False))  # noqa: E712
    people = with_months_later(people, "inclusion_date", months, "due").with_columns(
        entered=nw.col("inclusion_date"),
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


def union(periods: Frame, of: str) -> Frame:
    """What periods cover together, for each number in the column ``of``, without overlap.

    Adds ``gap``: 1 where there is a day between the part and what came before it, or nothing came before.
    """
    order = ("began", "ended")
    parts = periods.with_columns(
        began=packed_day(nw.col(of), nw.col("start")), ended=packed_day(nw.col(of), nw.col("stop"))
    )
    steps = ({"reached": nw.col("ended").cum_max()}, {"reached": nw.col("reached").shift(1)})
    parts = in_order(parts, *order, of=of, then=steps)
    parts = parts.with_columns(nw.col("reached").fill_null(-1))
    parts = parts.with_columns(
        gap=flag(nw.col("reached") < nw.col("began")),
        start=nw.col("start") + most(nw.col("reached") - nw.col("began"), nw.lit(0)).cast(nw.Int32),
    )
    return parts.filter(nw.col("start") < nw.col("stop")).drop("reached", *order)
