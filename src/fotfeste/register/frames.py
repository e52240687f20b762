"""What expressions over every engine have in common."""

from collections.abc import Mapping, Sequence
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


def in_order(
    frame: Frame, *order: str, of: str | nw.Expr, then: Sequence[Mapping[str, nw.Expr]], ties: Sequence[str] = ()
) -> Frame:
    """Add columns that windows tell over rows in their order, which begins with one number that holds ``of``.

    ``then`` is what to add first, and what to add of that. The one place where engines differ: Polars puts all rows in
    order once, ten times as fast as each of many people alone. For a cluster that would be one task, so there the
    rows of each ``of`` are asked alone. What a window tells of a neighbour may thus be another's or nothing, and is
    used only after it is told apart. Rows that tie must be alike; or any one order of them must do, with ``ties`` to
    order them by where each window has rows ordered anew.
    """
    if frame.implementation.is_polars():
        rows = frame.sort(*order).collect()
        for values in then:
            rows = rows.with_columns(**values)
        return rows.lazy()
    frame = frame.with_columns(of_whom=of)
    for values in then:
        told = {name: value.over("of_whom", order_by=[*order, *ties]) for name, value in values.items()}
        frame = frame.with_columns(**told)
    return frame.drop("of_whom")


def flag(condition: nw.Expr) -> nw.Expr:
    """1 where it holds, else 0: a sum of Booleans is not the same everywhere."""
    return nw.when(condition).then(1).otherwise(0)


def least(*values: nw.Expr) -> nw.Expr:
    return nw.min_horizontal(*values)


def most(*values: nw.Expr) -> nw.Expr:
    return nw.max_horizontal(*values)
