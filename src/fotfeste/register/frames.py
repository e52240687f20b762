"""What expressions over every engine have in common."""

from typing import Any

import narwhals as nw

Frame = nw.LazyFrame[Any]

STEP = 2**15
"""Above every month and week."""
DAYS = 2**22
"""Twice above every day, before or after 1970."""


def packed(of: nw.Expr, month: nw.Expr) -> nw.Expr:
    """A person or a job and a month as one number: one column joins twice as fast as two."""
    return of.cast(nw.Int64) * STEP + month


def unpacked(number: nw.Expr, each: int) -> nw.Expr:
    """How many times ``each``, a power of two, is in a number.

    Spark divides by way of real numbers, which hold 53 bits: what is left over is taken away first, so that the packed
    number, which may be longer, ends in zeros.
    """
    return (number - number % each) // each


def packed_day(of: nw.Expr, day: nw.Expr) -> nw.Expr:
    """A person or a job and a day as one number, in the order of both."""
    return of.cast(nw.Int64) * DAYS + DAYS // 2 + day


def in_order(frame: Frame, *order: str, of: str, **values: nw.Expr) -> Frame:
    """Add columns that windows tell over rows in their order, which begins with one number that holds ``of``.

    The one place where engines differ. Polars asks it of all rows: one sort of everything is ten times as fast as one
    for each of many people. For a cluster that is one task, so there the rows of each ``of`` are asked alone. What a
    window tells of a neighbour may thus be another's or nothing, and is used only after it is told apart. Rows that tie
    are in one order from one window to the next, since nothing moves them between.
    """
    apart = () if frame.implementation.is_polars() else (of,)
    return frame.with_columns(**{name: value.over(*apart, order_by=order) for name, value in values.items()})


def flag(condition: nw.Expr) -> nw.Expr:
    """1 where it holds, else 0: a sum of Booleans is not the same everywhere."""
    return nw.when(condition).then(1).otherwise(0)


def least(*values: nw.Expr) -> nw.Expr:
    return nw.min_horizontal(*values)


def most(*values: nw.Expr) -> nw.Expr:
    return nw.max_horizontal(*values)
