"""What expressions over every engine have in common."""

from typing import Any

import narwhals as nw

Frame = nw.LazyFrame[Any]

STEP = 2**15
"""Above every month and week."""


def packed(of: nw.Expr, month: nw.Expr) -> nw.Expr:
    """A person or a job and a month as one number: one column joins twice as fast as two."""
    return of.cast(nw.Int64) * STEP + month


def flag(condition: nw.Expr) -> nw.Expr:
    """1 where it holds, else 0: a sum of Booleans is not the same everywhere."""
    return nw.when(condition).then(1).otherwise(0)


def least(*values: nw.Expr) -> nw.Expr:
    return nw.min_horizontal(*values)


def most(*values: nw.Expr) -> nw.Expr:
    return nw.max_horizontal(*values)
