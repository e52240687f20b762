"""What expressions over every engine have in common."""

from typing import Any

import narwhals as nw

Frame = nw.LazyFrame[Any]


def flag(condition: nw.Expr) -> nw.Expr:
    """1 where it holds, else 0: a sum of Booleans is not the same everywhere."""
    return nw.when(condition).then(1).otherwise(0)


def least(*values: nw.Expr) -> nw.Expr:
    return nw.min_horizontal(*values)


def most(*values: nw.Expr) -> nw.Expr:
    return nw.max_horizontal(*values)
