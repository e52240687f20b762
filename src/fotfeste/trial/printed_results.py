"""Results that others have printed, checked against themselves before anything is built on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from fotfeste.files import Cells
from fotfeste.files.cells import MISSING

RATIO_TOLERANCE = 0.02
"""How far beyond rounding the middle of a printed interval may lie from its estimate, on the scale of the analysis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRatio:
    """A ratio as text, as it stands in the paper: the number of decimals says how it was rounded."""

    ratio: str
    ci_low: str | None = None
    ci_high: str | None = None
    coefficient: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """``reason`` is ratio_is_not_exp_b, interval_not_around_ratio or interval_does_not_hold_ratio.

    ``printed`` is what stands there, ``implied`` what the other figures say it should be.
    """

    reason: str
    printed: float
    implied: float


def inconsistencies(told: PrintedRatio) -> tuple[Inconsistency, ...]:
    """What in a printed ratio cannot be so, beyond what rounding explains.

    The ratio is exp(B), and the interval of a ratio is symmetric on the logarithmic scale: the ratio is the geometric
    mean of its ends.
    """
    found = []
    low, high = _rounded(told.ratio)
    ratio = float(told.ratio)
    if told.coefficient is not None:
        b_low, b_high = _rounded(told.coefficient)
        if np.exp(b_low) > high * (1 + RATIO_TOLERANCE) or np.exp(b_high) < low / (1 + RATIO_TOLERANCE):
            implied = float(np.exp(float(told.coefficient)))
            found.append(Inconsistency(reason="ratio_is_not_exp_b", printed=ratio, implied=implied))
    if told.ci_low is not None and told.ci_high is not None:
        if not float(told.ci_low) <= ratio <= float(told.ci_high):
            middle = float(np.sqrt(float(told.ci_low) * float(told.ci_high)))
            found.append(Inconsistency(reason="interval_does_not_hold_ratio", printed=ratio, implied=middle))
        else:
            ends = _rounded(told.ci_low), _rounded(told.ci_high)
            smallest, largest = (float(np.sqrt(max(ends[0][i], 0) * ends[1][i])) for i in (0, 1))
            if smallest > high * (1 + RATIO_TOLERANCE) or largest < low / (1 + RATIO_TOLERANCE):
                middle = float(np.sqrt(float(told.ci_low) * float(told.ci_high)))
                found.append(Inconsistency(reason="interval_not_around_ratio", printed=ratio, implied=middle))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """One row of a file of printed ratios, and what in it cannot be so. ``row`` counts the header as 1."""

    row: int
    study: str
    printed: PrintedRatio
    inconsistencies: tuple[Inconsistency, ...]


def read_printed(cells: Cells) -> tuple[PrintedRow, ...]:
    """Read printed ratios, and hold each against itself.

    The columns are ``study`` and ``ratio``, and where they were printed ``ci_low`` and ``ci_high`` (both or none) and
    ``coefficient``. Numbers keep the decimals that they stand with.

    Raises
    ------
    BadCell
        missing_column, missing, number, not_finite or not_positive, at the cell.
    """
    study, ratio = cells.text("study"), tuple(_printed(cells, "ratio", required=True))
    low, high = (tuple(_printed(cells, column)) for column in ("ci_low", "ci_high"))
    coefficient = tuple(_printed(cells, "coefficient", positive=False))
    found = []
    for i, line in enumerate(cells.lines):
        if (low[i] is None) != (high[i] is None):
            raise cells.bad("ci_high" if high[i] is None else "ci_low", i, "missing")
        told = PrintedRatio(ratio=str(ratio[i]), ci_low=low[i], ci_high=high[i], coefficient=coefficient[i])
        found.append(PrintedRow(row=line, study=study[i], printed=told, inconsistencies=inconsistencies(told)))
    return tuple(found)


def _printed(cells: Cells, column: str, *, required: bool = False, positive: bool = True) -> Iterator[str | None]:
    """The numbers of a column as they stand, with a point; None where nothing was printed."""
    if column not in cells.columns and not required:
        yield from [None] * cells.rows
        return
    values = cells.numbers(column, missing=not required)
    for i, (text, value) in enumerate(zip(cells.text(column), values.tolist(), strict=True)):
        if positive and value <= 0:
            raise cells.bad(column, i, "not_positive")
        yield None if text.lower() in MISSING else text.replace(",", ".")


def _rounded(printed: str) -> tuple[float, float]:
    """All that would be printed so."""
    value = Decimal(printed)
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    return float(value - half), float(value + half)
