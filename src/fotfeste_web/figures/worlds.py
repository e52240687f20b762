"""The other worlds that show the same: all counts that fit what is shown, found by integer programming."""

from collections.abc import Collection, Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, hstack

from .cells import SMALLEST_SHOWN, shown
from .disclosure import LAST_RESORT, CannotHide, Key, Relation

NEARLY = 1e-6


class Worlds:
    """The worlds in which all relations hold, as moves of the counts from the true one."""

    def __init__(self, counts: Mapping[Key, int], on_page: Collection[Key], relations: list[Relation[Key]]) -> None:
        self.counts = counts
        self.place = {key: column for column, key in enumerate(counts)}
        cells = [(sign, row, self.place[key]) for row, one in enumerate(relations) for key, sign in one.items()]
        signs, rows, columns = zip(*cells, strict=True) if cells else ((), (), ())
        holds = csr_array((signs, (rows, columns)), shape=(len(relations), len(counts)))
        self.balanced = LinearConstraint(hstack([holds, -holds]), 0, 0)  # up and down are told apart: both cost
        # No count moves by more than one, none below 0, and no small one that the page hides above 4.
        self.up = np.array([float(key not in on_page or self.stays_small(key, 1)) for key in counts])
        self.down = np.array([float(count > 0) for count in counts.values()])
        self.to_none = np.array([LAST_RESORT * (count == 1 and key in on_page) for key, count in counts.items()])

    def stays_small(self, key: Key, move: int) -> bool:
        """Tell whether a small count is 0 to 4 after a move. One that is not small may be anything."""
        return shown(self.counts[key]) is not None or self.counts[key] + move < SMALLEST_SHOWN

    def nearest(self, key: Key, cost: Mapping[Key, float]) -> dict[Key, int]:
        """Give the moves to the world with one more or one fewer at a key whose moves cost least."""
        each = np.array([cost[one] for one in self.place])
        costs = np.concatenate([each, each + self.to_none])
        best = None
        for step in (1, -1):
            low, high = np.zeros(len(costs)), np.concatenate([self.up, self.down])
            column = self.place[key]
            moves, stays = (column, column + len(self.place))[::step]
            if not high[moves] or not self.stays_small(key, step) or (best is not None and best.fun == 0):
                continue
            low[moves], high[stays] = 1, 0
            found = self._cheapest(costs, Bounds(low, high))
            if found.success and (best is None or found.fun < best.fun):
                best = found
        if best is None:
            raise CannotHide(key)
        up, down = np.rint(best.x).astype(int).reshape(2, -1)
        return {one: int(move) for one, move in zip(self.place, up - down, strict=True) if move}

    def _cheapest(self, costs: np.ndarray, bounds: Bounds) -> OptimizeResult:
        """Solve without asking for whole numbers, which nearly always come out all the same, and else with."""
        found = milp(costs, constraints=self.balanced, bounds=bounds)
        if found.success and np.abs(found.x - np.rint(found.x)).max() > NEARLY:
            found = milp(costs, constraints=self.balanced, bounds=bounds, integrality=1)
        return found
