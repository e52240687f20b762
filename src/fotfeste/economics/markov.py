"""A cohort that moves between states cycle by cycle, for many sets of probabilities at once.

The matrix of the reference arm is what the file says; treatments change single transitions in the intervention arm and
what is left over stays where it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import numpy.typing as npt

from fotfeste.economics.curves import FOR_EVER
from fotfeste.economics.discounting import FloatArray

Counted = Literal["start", "end", "half_cycle"]
TOLERANCE = 1e-6
"""How far the probabilities of a row may be from one, and one of them from 0 to 1."""


class BadCohort(ValueError):
    """``reason`` is sum, negative or above_one, ``what`` the row or treatment as its place in the file, ``value`` the
    sum or the probability that came out."""

    def __init__(self, reason: str, what: str, value: float) -> None:
        super().__init__(f"{what}: {reason} ({value})")
        self.reason, self.what, self.value = reason, what, value


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    id: str
    name: str
    in_work: bool = False
    full_time_share: float = 0.0
    utility: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The probabilities of going from one state to each, in the order of the states, in one cycle from a month on."""

    state: str
    probabilities: tuple[float, ...]
    from_month: float = 0.0
    people: float | None = None
    """How many people's moves the probabilities are worth as evidence; None where they are taken as known."""
    source: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What the intervention does to some transitions while it works."""

    id: str
    measure: Literal["ratio", "difference"]
    effect: float
    transitions: tuple[tuple[str, str], ...]
    from_month: float = 0.0
    to_month: float = FOR_EVER
    source: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Share of people in each state at the start and after each cycle, shape (d, cycles + 1, states); ``held`` is true
    for the sets of inputs whose probabilities left 0 to 1 and were held there."""

    shares: FloatArray
    held: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """States, where people start, and how they move. ``counted`` says when in a cycle people are counted: as at its
    start, at its end, or the mean of the two (half-cycle correction)."""

    states: tuple[State, ...]
    start: tuple[float, ...]
    rows: tuple[Row, ...]
    cycle_months: float
    counted: Counted
    treatments: tuple[Treatment, ...] = ()

    def place(self, state: str) -> int:
        return [s.id for s in self.states].index(state)

    def inputs(self) -> dict[str, float]:
        told: dict[str, float] = {}
        for treatment in self.treatments:
            told[f"{treatment.id}.effect"] = treatment.effect
            told[f"{treatment.id}.to_month"] = treatment.to_month
        for state in self.states:
            told[f"{state.id}.full_time_share"] = state.full_time_share
            if state.utility is not None:
                told[f"{state.id}.utility"] = state.utility
        return told

    def rows_by_name(self) -> dict[str, FloatArray]:
        return {f"rows[{i}]": np.array([row.probabilities]) for i, row in enumerate(self.rows, start=1)}

    def check(self, cycles: int, change: Mapping[str, float] = MappingProxyType({})) -> None:
        """Refuse rows that are not probabilities, and treatments that would make them so, with some inputs changed.

        Raises
        ------
        BadCohort
        """
        for i, row in enumerate(self.rows, start=1):
            name, sum_ = f"rows[{i}]", sum(row.probabilities)
            for value in row.probabilities:
                if value < 0:
                    raise BadCohort("negative", name, value)
            if abs(sum_ - 1) > TOLERANCE:
                raise BadCohort("sum", name, sum_)
        values = {name: np.array([value]) for name, value in self.inputs().items()} | self.rows_by_name()
        values["effect.scale"] = np.ones(1)
        values |= {name: np.array([value]) for name, value in change.items()}
        for cycle in range(cycles):
            treated = self._treated(self._rows(values, cycle), values, cycle)[0]
            for i, treatment in enumerate(self.treatments, start=1):
                for origin, target in treatment.transitions:
                    one = float(treated[self.place(origin), self.place(target)])
                    stays = float(treated[self.place(origin), self.place(origin)])
                    if one < -TOLERANCE:
                        raise BadCohort("negative", f"treatments[{i}]", one)
                    if stays < -TOLERANCE or one > 1 + TOLERANCE:
                        raise BadCohort("above_one", f"treatments[{i}]", max(one, 1 - stays))

    def trace(self, values: Mapping[str, FloatArray], *, treated: bool, cycles: int) -> Trace:
        """Follow the cohort.

        Parameters
        ----------
        values : mapping of str to ndarray, shape (d,) or (d, states)
            The inputs, as ``inputs`` and ``rows_by_name`` name them, and ``effect.scale``: differences are multiplied
            by it, ratios raised to its power.
        treated : bool
            Whether the treatments are given.
        cycles : int

        Returns
        -------
        Trace

        References
        ----------
        .. [1] Briggs, Claxton and Sculpher (2006), Decision Modelling for Health Economic Evaluation, chapter 2.
        """
        here = np.array([self.start])
        shares, held = [here], np.zeros(1, dtype=bool)
        kept: dict[object, FloatArray] = {}
        for cycle in range(cycles):
            key = self._same(values, cycle, treated=treated)
            if key not in kept:
                matrix = self._rows(values, cycle)
                if treated:
                    matrix, out = _held(self._treated(matrix, values, cycle))
                    held = held | out
                kept = {key: matrix}  # cycles alike follow each other: the last is enough
            here = np.einsum("di,dij->dj", *together(here, kept[key]))
            shares.append(here)
        stacked = np.stack(together(*shares), axis=1)
        return Trace(shares=stacked, held=np.broadcast_to(held, (len(stacked),)))

    def _same(self, values: Mapping[str, FloatArray], cycle: int, *, treated: bool) -> object:
        """What two cycles have in common when their matrices are alike."""
        rows = tuple(self._row_of(state.id, cycle) for state in self.states)
        shares = tuple(self._given(t, values, cycle).tobytes() for t in self.treatments) if treated else ()
        return rows, shares

    def _row_of(self, state: str, cycle: int) -> int | None:
        """The newest row of a state that has begun; a state without rows is never left."""
        now = cycle * self.cycle_months
        begun = [i for i, row in enumerate(self.rows) if row.state == state and row.from_month <= now]
        return max(begun, key=lambda i: self.rows[i].from_month) if begun else None

    def _rows(self, values: Mapping[str, FloatArray], cycle: int) -> FloatArray:
        chosen = []
        for place, state in enumerate(self.states):
            found = self._row_of(state.id, cycle)
            stays = np.eye(len(self.states))[[place]]
            chosen.append(stays if found is None else values[f"rows[{found + 1}]"])
        return np.stack(together(*chosen), axis=1)

    def _given(self, treatment: Treatment, values: Mapping[str, FloatArray], cycle: int) -> FloatArray:
        """Share of a cycle in which a treatment works."""
        begins, ends = cycle * self.cycle_months, (cycle + 1) * self.cycle_months
        last = np.minimum(values[f"{treatment.id}.to_month"], ends)
        return np.clip((last - max(treatment.from_month, begins)) / self.cycle_months, 0.0, 1.0)

    def _treated(self, matrix: FloatArray, values: Mapping[str, FloatArray], cycle: int) -> FloatArray:
        scale = values["effect.scale"]
        sizes = [len(matrix), len(scale), *(len(values[f"{t.id}.{n}"]) for t in self.treatments for n in ENDS)]
        matrix = np.array(np.broadcast_to(matrix, (max(sizes), *matrix.shape[1:])))
        for treatment in self.treatments:
            given, effect = self._given(treatment, values, cycle), values[f"{treatment.id}.effect"]
            for origin, target in treatment.transitions:
                i, j = self.place(origin), self.place(target)
                before = matrix[:, i, j].copy()
                after = before * effect**scale if treatment.measure == "ratio" else before + effect * scale
                change = given * (after - before)
                matrix[:, i, j] += change
                matrix[:, i, i] -= change
        return matrix


ENDS = ("effect", "to_month")


def together(*arrays: FloatArray) -> list[FloatArray]:
    """Arrays for one set of inputs or many, all for as many."""
    most = max(len(array) for array in arrays)
    return [np.broadcast_to(array, (most, *array.shape[1:])) for array in arrays]


def _held(matrix: FloatArray) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Drawn effects may leave 0 to 1: hold them there, and say which."""
    out = np.asarray((matrix < -TOLERANCE).any(axis=(1, 2)))
    if not out.any():
        return matrix, out
    above = np.maximum(matrix, 0.0)
    return np.where(out[:, None, None], above / above.sum(axis=2, keepdims=True), matrix), out
