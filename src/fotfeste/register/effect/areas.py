"""Areas that are exposed to an intervention from different times on: the table that their analyses share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fotfeste.files import Cells, read_cells
from fotfeste.register.effect.estimates import Floats, Ints, numbered

NEVER = np.inf


class Unbalanced(ValueError):
    """An area has no outcome in a period that others have."""

    def __init__(self, area: str, period: int) -> None:
        super().__init__(f"{area}, {period}")
        self.area, self.period = area, period


class NoComparison(ValueError):
    """Nothing can be compared: reason is no_exposed, no_control, no_never, one_period,
    few_areas or few_people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPanel:
    """Mean outcomes of areas by period, every area in every period.

    Attributes
    ----------
    areas : tuple of str, length a
    periods : array of int, shape (t,)
        In order, years or months.
    outcome : array of float, shape (a, t)
    first : array of float, shape (a,)
        The first period of exposure, infinite for areas that never were.
    people : array of float, shape (a, t)
        People behind each mean; 1 where it is not known.
    weight : array of float, shape (a,)
        What an area weighs: 1, or its people in the first period.
    """

    areas: tuple[str, ...]
    periods: Ints
    outcome: Floats
    first: Floats
    people: Floats
    weight: Floats
    sha256: str | None = None
    always_exposed: tuple[str, ...] = field(default=())

    @property
    def exposed(self) -> npt.NDArray[np.bool_]:
        """Whether each area is exposed in each period, shape (a, t)."""
        return np.asarray(self.periods >= self.first[:, None])


def area_panel(
    area: npt.ArrayLike,
    period: npt.ArrayLike,
    outcome: npt.ArrayLike,
    first: Mapping[str, float],
    *,
    people: npt.ArrayLike | None = None,
    weighted: bool = False,
    sha256: str | None = None,
) -> AreaPanel:
    """Rows of people, or of area means, put together to a panel.

    Areas that are exposed from the first period on have no time before, and are left out.

    Parameters
    ----------
    area, period, outcome : array_like, shape (n,)
        One row a person and period, or one an area and period with ``people`` behind its mean.
    first : mapping of str to float
        Each area's first period of exposure; infinite, or not there, for never.
    people : array_like of float, shape (n,), optional
        What a row weighs in its area's mean.
    weighted : bool, optional
        Weigh areas by their people in the first period, so that the effect is on people; otherwise areas weigh the
        same.

    Raises
    ------
    Unbalanced
        Where an area lacks a period.
    NoComparison
        Where no area becomes exposed, none is left to compare with, or there are too few.
    """
    names, of = np.unique(np.asarray(area).astype(str), return_inverse=True)
    periods = np.unique(np.asarray(period, dtype=np.int64))
    at = numbered(np.asarray(period, dtype=np.int64))
    y, count = np.asarray(outcome, dtype=float), np.ones(of.size) if people is None else np.asarray(people, dtype=float)
    shape = (names.size, periods.size)
    total = np.bincount(of * shape[1] + at, count, minlength=shape[0] * shape[1]).reshape(shape)
    if (total <= 0).any():
        where = np.argwhere(total <= 0)[0]
        raise Unbalanced(str(names[where[0]]), int(periods[where[1]]))
    mean = np.bincount(of * shape[1] + at, count * y, minlength=total.size).reshape(shape) / total
    starts = np.array([first.get(str(name), NEVER) for name in names], dtype=float)
    starts[starts > periods[-1]] = NEVER  # exposed after the table ends: not in it
    kept = starts > periods[0]
    panel = AreaPanel(
        areas=tuple(str(name) for name in names[kept]),
        periods=periods,
        outcome=mean[kept],
        first=starts[kept],
        people=total[kept],
        weight=total[kept, 0] if weighted else np.ones(int(kept.sum())),
        sha256=sha256,
        always_exposed=tuple(str(name) for name in names[~kept]),
    )
    _refuse_empty(panel)
    return panel


def _refuse_empty(panel: AreaPanel) -> None:
    if panel.periods.size < 2:
        raise NoComparison("one_period")
    if not np.isfinite(panel.first).any():
        raise NoComparison("no_exposed")
    if np.unique(panel.first).size < 2:
        raise NoComparison("no_control")
    if len(panel.areas) < 3:
        raise NoComparison("few_areas")


def read_areas(
    path: Path, *, outcome: str = "outcome", starts: Path | None = None, weighted: bool = False
) -> AreaPanel:
    """Read ``area``, ``period``, the outcome and, where it is there, ``people`` from CSV.

    The first period of exposure is the column ``first`` of the same table, or of a table with ``area`` and ``first``;
    an empty cell is never.

    Raises
    ------
    BadCell
        Where a column or a number is missing; with reason two_starts where an area has two first periods.
    """
    cells = read_cells(path)
    told = read_cells(starts) if starts else cells
    digest = sha256((cells.sha256 + told.sha256).encode()).hexdigest() if starts else cells.sha256
    return area_panel(
        cells.text("area"),
        cells.numbers("period").astype(np.int64),
        cells.numbers(outcome),
        _starts(told),
        people=cells.numbers("people") if "people" in cells.columns else None,
        weighted=weighted,
        sha256=digest,
    )


def _starts(told: Cells) -> dict[str, float]:
    first: dict[str, float] = {}
    values = np.nan_to_num(told.numbers("first", missing=True), nan=NEVER)
    for place, (area, value) in enumerate(zip(told.text("area"), values, strict=True)):
        if first.setdefault(area, float(value)) != value:
            raise told.bad("first", place, "two_starts")
    return first
