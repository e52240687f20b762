"""The data of a trial, checked against its plan: everything that is wrong is listed, and then nothing is analysed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fotfeste.files import Cells
from fotfeste.files.cells import MISSING
from fotfeste.trial.analysis.effect import Floats
from fotfeste.trial.plan import Factor, Outcome, Plan, TimePoint
from fotfeste.trial.questionnaires import Instrument, instrument, score


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One cell (or column, where ``row`` is 1 and there is no value) that cannot be.

    ``reason`` is missing_column, missing, duplicate_person, unknown_arm, nobody_in_arm, unknown_level, date,
    before_inclusion, number, zero_or_one, negative, below_lowest, above_highest, event_without_time,
    time_without_event or not_an_answer.
    ``known`` are the values that could be.
    """

    row: int
    column: str
    reason: str
    value: str | None = None
    known: tuple[str, ...] = ()


class BadTrialData(ValueError):
    """The data cannot be analysed: ``problems`` in the order of the rows."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{file}: {len(problems)} problems")
        self.file, self.problems = file, problems


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialData:
    """People in rows. ``numbers`` are NaN and ``texts`` empty where not known; dates are None."""

    sha256: str
    arm: npt.NDArray[np.str_]
    texts: dict[str, npt.NDArray[np.str_]]
    numbers: dict[str, Floats]
    withdrew: npt.NDArray[np.bool_]
    died: npt.NDArray[np.bool_]
    first_on: date
    last_on: date
    """The first and the last day that somebody was included."""
    scored: tuple[str, ...] = ()
    """Columns that were scored here from the answers."""

    @property
    def n(self) -> int:
        return int(self.arm.size)


def read_trial(plan: Plan, cells: Cells, *, instruments: Path | None = None) -> TrialData:
    """Check every cell that the plan speaks of.

    Raises
    ------
    BadTrialData
        With all problems, not only the first.
    """
    reader = _Reader(plan, cells, instruments)
    return reader.read()


class _Reader:
    def __init__(self, plan: Plan, cells: Cells, instruments: Path | None) -> None:
        self.plan, self.cells, self.instruments = plan, cells, instruments
        self.problems: list[Problem] = []
        self.scored: list[str] = []

    def read(self) -> TrialData:
        self._people()
        arms = self._texts("arm", tuple(arm.id for arm in self.plan.arms), "unknown_arm", required=True)
        empty = tuple(arm.id for arm in self.plan.arms if arm.id not in arms)
        if "arm" in self.cells.columns and empty:
            self.problems.append(Problem(row=1, column="arm", reason="nobody_in_arm", known=empty))
        texts = {f.column: self._factor(f) for f in self.plan.factors}
        numbers: dict[str, Floats] = {}
        for covariate in self.plan.baseline:
            if covariate.kind == "category":
                known = tuple(level.id for level in covariate.levels)
                texts[covariate.column] = self._texts(covariate.column, known, "unknown_level")
            else:
                numbers[covariate.column] = self._numbers(covariate.column, covariate.lowest, covariate.highest)
        for outcome in self.plan.outcomes:
            for point in outcome.points:
                numbers |= self._outcome(outcome, point)
        included = self._days("included_on", required=True)
        withdrew, died = (self._later(column, included) for column in ("withdrew_on", "died_on"))
        if self.problems:
            raise BadTrialData(self.cells.name, tuple(sorted(self.problems, key=lambda p: p.row)))
        days = [day for day in included if day]
        return TrialData(
            sha256=self.cells.sha256,
            arm=arms,
            texts=texts,
            numbers=numbers,
            withdrew=withdrew,
            died=died,
            first_on=min(days),
            last_on=max(days),
            scored=tuple(self.scored),
        )

    def _people(self) -> None:
        seen: set[str] = set()
        for i, person in self._each("person", required=True):
            if person in seen:
                self._wrong(i, "person", "duplicate_person")
            seen.add(person)

    def _factor(self, factor: Factor) -> npt.NDArray[np.str_]:
        return self._texts(factor.column, factor.values, "unknown_level", required=True)

    def _texts(
        self, column: str, known: tuple[str, ...], reason: str, *, required: bool = False
    ) -> npt.NDArray[np.str_]:
        told = [""] * self.cells.rows
        for i, value in self._each(column, required=required):
            told[i] = value
            if value not in known:
                self._wrong(i, column, reason, known)
        return np.array(told, dtype=str)

    def _numbers(self, column: str, lowest: float | None, highest: float | None) -> Floats:
        def wrong(value: float) -> str | None:
            if lowest is not None and value < lowest:
                return "negative" if lowest == 0 else "below_lowest"
            return "above_highest" if highest is not None and value > highest else None

        return self._checked(column, wrong)

    def _checked(self, column: str, wrong: Callable[[float], str | None]) -> Floats:
        told = np.full(self.cells.rows, np.nan)
        for i, text in self._each(column):
            try:
                value = float(text.replace(",", ".") if text.count(",") == 1 else text)
            except ValueError:
                value = float("nan")
            if not np.isfinite(value):
                self._wrong(i, column, "number")
                continue
            reason = wrong(value)
            if reason:
                self._wrong(i, column, reason)
            told[i] = value
        return told

    def _outcome(self, outcome: Outcome, point: TimePoint) -> dict[str, Floats]:
        if outcome.kind == "binary":
            return {point.column: self._checked(point.column, _zero_or_one)}
        if outcome.kind == "continuous":
            told = self._instrument(outcome)
            if told and point.column not in self.cells.columns:
                return {point.column: self._score(told, outcome, point)}
            low, high = told.range if told else (outcome.lowest, outcome.highest)
            return {point.column: self._numbers(point.column, low, high)}
        most = [value for value in (outcome.highest, _room(point)) if value is not None]
        amounts = {point.column: self._numbers(point.column, outcome.lowest or 0.0, min(most, default=None))}
        event = outcome.event_column(point)
        if event:
            amounts[event] = self._checked(event, _zero_or_one)
            if not {event, point.column} - set(self.cells.columns):
                for i in np.flatnonzero(np.isfinite(amounts[event]) != np.isfinite(amounts[point.column])).tolist():
                    timed = np.isfinite(amounts[point.column][i])
                    self._wrong(i, event, "time_without_event" if timed else "event_without_time")
        return amounts

    def _instrument(self, outcome: Outcome) -> Instrument | None:
        return instrument(*outcome.instrument, own=self.instruments) if outcome.instrument else None

    def _score(self, told: Instrument, outcome: Outcome, point: TimePoint) -> Floats:
        """From the answers, in columns such as ``phq9.3@6``."""
        columns = [f"{outcome.id}.{item.id}@{point.month}" for item in told.items]
        if not set(columns) & set(self.cells.columns):
            self._lacks(point.column)
            return np.full(self.cells.rows, np.nan)
        values = [answer.value for answer in told.answers]
        answers = [self._checked(c, lambda v: None if v in values else "not_an_answer") for c in columns]
        given = np.column_stack(answers)
        given[~np.isin(given, values)] = np.nan
        self.scored.append(point.column)
        return score(given, told)

    def _later(self, column: str, included: list[date | None]) -> npt.NDArray[np.bool_]:
        """To whom it happened; a day before the inclusion cannot be."""
        days = self._days(column) if column in self.cells.columns else [None] * self.cells.rows
        for i, (day, start) in enumerate(zip(days, included, strict=True)):
            if day and start and day < start:
                self._wrong(i, column, "before_inclusion")
        return np.array([day is not None for day in days], bool)

    def _days(self, column: str, *, required: bool = False) -> list[date | None]:
        told: list[date | None] = [None] * self.cells.rows
        for i, text in self._each(column, required=required):
            try:
                told[i] = date.fromisoformat(text)
            except ValueError:
                self._wrong(i, column, "date")
        return told

    def _each(self, column: str, *, required: bool = False) -> Iterator[tuple[int, str]]:
        """The cells that are filled in, with their place."""
        if column not in self.cells.columns:
            self._lacks(column)
            return
        for i, text in enumerate(self.cells.columns[column]):
            if text.lower() not in MISSING:
                yield i, text
            elif required:
                self._wrong(i, column, "missing")

    def _lacks(self, column: str) -> None:
        self.problems.append(Problem(row=1, column=column, reason="missing_column", known=tuple(self.cells.columns)))

    def _wrong(self, i: int, column: str, reason: str, known: tuple[str, ...] = ()) -> None:
        value = self.cells.columns[column][i]
        self.problems.append(Problem(row=self.cells.lines[i], column=column, reason=reason, value=value, known=known))


def _room(point: TimePoint) -> float | None:
    """The most that the window of a definition has room for; a month has 31 days at most."""
    if point.definition is None:
        return None
    days = 31.0 * point.month
    room = {"days": days, "longest_job": days, "first_job": days, "weeks": days / 7 + 1, "hours": 24 * days}
    return room.get(point.definition.measure)


def _zero_or_one(value: float) -> str | None:
    return None if value in (0, 1) else "zero_or_one"


def column_of(data: TrialData, column: str) -> npt.NDArray[Any]:
    """A covariate with nothing missing: the mean of the known numbers, or the category «unknown», stands in.

    Right in a randomised trial, where what was known at the start goes with no arm (White and Thompson 2005, Stat Med
    24:993-1007).
    """
    if column in data.texts:
        return np.where(data.texts[column] == "", "unknown", data.texts[column])
    told = data.numbers[column]
    known = np.isfinite(told)
    return np.where(known, told, told[known].mean() if known.any() else 0.0)
