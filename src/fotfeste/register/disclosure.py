"""Disclosure control: what may be shown of tables about people, without telling about anyone."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

Counts = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SMALL = 5
"""Cells with 1 to 4 people are not shown. Nobody is in a cell of 0."""


class NoCounts(ValueError):
    """A table holds whole numbers from 0, in rows and columns, and has people of its own shape with sums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A table with its sums as it may be shown: None where a cell is held back, as ``primary`` (few people) or to
    protect another cell."""

    cells: tuple[tuple[int | None, ...], ...]
    row_sums: tuple[int | None, ...]
    column_sums: tuple[int | None, ...]
    total: int | None
    primary: tuple[tuple[int, int], ...]
    secondary: tuple[tuple[int, int], ...]
    below: int


def is_small(count: float, below: int = SMALL) -> bool:
    return 0 < count < below


def protect(counts: npt.ArrayLike, *, below: int = SMALL, people: npt.ArrayLike | None = None) -> Protected:
    """Hold back small cells of a table that is shown with its sums, and as few others as keep them unknown.

    The sums are cells too. Other cells are held back until nobody can compute from what is shown that a small cell has
    fewer than ``below``, nor the exact number in any cell that is held back.

    Parameters
    ----------
    counts : array_like of int, shape (r, c)
        People, or what there are ``people`` behind, without sums.
    below : int, optional
        The least number that is shown; 0 shows all.
    people : array_like of int, shape (r + 1, c + 1), optional
        How many are behind each number and each sum, where these are person-months or rows. A cell with few people is
        small however many months they have, and each of the people that it lacks may have one more.

    Returns
    -------
    Protected
        The table, its sums, and which cells were held back why; rows and columns are numbered from 0, and the sums
        come last.

    Raises
    ------
    NoCounts
        Where these are no counts.

    References
    ----------
    .. [1] Hundepool et al. (2012), Statistical Disclosure Control, sections 4.2 and 4.4: primary and secondary
       suppression, rectangles (the hypercube method), and the audit by linear programming.
    """
    inside = np.asarray(counts)
    if inside.ndim != 2 or inside.size == 0 or not np.issubdtype(inside.dtype, np.integer) or (inside < 0).any():
        raise NoCounts
    full = _with_sums(inside.astype(np.int64))
    behind = full if people is None else np.asarray(people)
    if behind.shape != full.shape:
        raise NoCounts
    primary: Bools = (behind > 0) & (behind < below)
    lacking = np.where(primary, below - behind, 1)
    held = primary.copy()
    while (exposed := _exposed(full, held, primary, lacking)) is not None:
        for corner in _corners(full, held, exposed, int(lacking[exposed])):
            held[corner] = True
    shown = [[None if held[r, c] else int(full[r, c]) for c in range(full.shape[1])] for r in range(full.shape[0])]
    return Protected(
        cells=tuple(tuple(row[:-1]) for row in shown[:-1]),
        row_sums=tuple(row[-1] for row in shown[:-1]),
        column_sums=tuple(shown[-1][:-1]),
        total=shown[-1][-1],
        primary=_places(primary),
        secondary=_places(held & ~primary),
        below=below,
    )


def bounds(full: Counts, held: Bools) -> Iterator[tuple[tuple[int, int], tuple[float, float]]]:
    """What anyone can work out about each cell that is held back: its least and largest possible number."""
    places = _places(held)
    number = {place: i for i, place in enumerate(places)}
    equations, right = [], []
    for axis in (0, 1):
        for line in range(full.shape[axis]):
            at = [place for place in places if place[axis] == line]
            if at:  # what is held back of a line adds up: its inner cells less its sum are 0
                signs = {place: -1.0 if place[1 - axis] == full.shape[1 - axis] - 1 else 1.0 for place in at}
                row = np.zeros(len(places))
                row[[number[place] for place in at]] = list(signs.values())
                equations.append(row)
                right.append(sum(sign * full[place] for place, sign in signs.items()))
    for place in places:
        aim = np.zeros(len(places))
        aim[number[place]] = 1.0
        ends = [linprog(way * aim, A_eq=np.array(equations), b_eq=right, bounds=(0, None)) for way in (1.0, -1.0)]
        low, high = float(ends[0].fun), (-float(ends[1].fun) if ends[1].status == 0 else float("inf"))
        yield place, (low, high)


def rounded(count: float, base: int = SMALL) -> int:
    """The nearest multiple of ``base``; a half goes up."""
    return int(np.floor(count / base + 0.5)) * base


def percentile(values: npt.ArrayLike, share: float, *, below: int = SMALL) -> float | None:
    """A percentile that is nobody's own value: the mean of the ``below`` people nearest to it.

    None where fewer than ``below`` people lie on either side of it.
    """
    told = np.sort(np.asarray(values, dtype=float))
    place = share * (told.size - 1)
    if min(place, told.size - 1 - place) < below:
        return None
    first = round(place - (below - 1) / 2)
    return float(told[first : first + below].mean())


def _with_sums(inside: Counts) -> Counts:
    full = np.zeros((inside.shape[0] + 1, inside.shape[1] + 1), dtype=np.int64)
    full[:-1, :-1] = inside
    full[:-1, -1] = inside.sum(axis=1)
    full[-1, :-1] = inside.sum(axis=0)
    full[-1, -1] = inside.sum()
    return full


def _exposed(full: Counts, held: Bools, primary: Bools, lacking: Counts) -> tuple[int, int] | None:
    """A cell that is held back in vain."""
    for place, (low, high) in bounds(full, held):
        if high - low < 0.5 or (primary[place] and high < full[place] + lacking[place] - 1e-6):
            return place
    return None


def _corners(full: Counts, held: Bools, exposed: tuple[int, int], room: int) -> list[tuple[int, int]]:
    """The three cells that make a rectangle with an exposed one and cost least to hold back.

    A rectangle lets its corners move against each other; the exposed cell can move up by ``room`` where its two
    neighbours are large enough. Sums are taken only where nothing else will do.
    """
    r, c = exposed
    last = (full.shape[0] - 1, full.shape[1] - 1)
    best: tuple[tuple[bool, int, int], list[tuple[int, int]]] | None = None
    for row, column in np.ndindex(*full.shape):
        corners = [(r, column), (row, c), (row, column)]
        if row == r or column == c or all(held[corner] for corner in corners):
            continue
        inner = [corner for corner in corners[:2] if corner[0] < last[0] and corner[1] < last[1]]
        tight = any(full[corner] < room for corner in inner)
        new = [corner for corner in corners if not held[corner]]
        sums = sum(corner[0] == last[0] or corner[1] == last[1] for corner in new)
        cost = (tight, sums, sum(int(full[corner]) for corner in new))
        if best is None or cost < best[0]:
            best = (cost, corners)
    return best[1] if best else [(row, column) for row, column in np.ndindex(*full.shape)]


def _places(flags: Bools) -> tuple[tuple[int, int], ...]:
    return tuple((int(r), int(c)) for r, c in np.argwhere(flags))
