"""Persons' own costs and outcomes, one row a person, from which means and their uncertainty are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fotfeste.economics.discounting import FloatArray
from fotfeste.economics.shapes import ARMS, Arm
from fotfeste.economics.uncertainty import People
from fotfeste.files import Cells, Table, read_cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """The file, the rows of each arm, and what has been asked of it so far."""

    file: str
    """As the analysis names it."""
    cells: Cells
    rows: Mapping[Arm, npt.NDArray[np.intp]]
    columns: dict[str, dict[str, FloatArray]] = field(default_factory=dict)
    means: dict[str, tuple[str, str]] = field(default_factory=dict)
    differences: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def mean_of(self, parameter: str, table: Table, arm: Arm) -> float:
        column = self._known(table, "column", table.text("column"))
        self.means[parameter] = (arm, column)
        return float(self._numbers(arm, column).mean())

    def difference_of(self, parameter: str, table: Table, column: str) -> tuple[float, float]:
        """Intervention less reference, and the reference."""
        self._known(table, "columns", column)
        self.differences[parameter.replace("#", "difference")] = (column, "intervention", "reference")
        self.means[parameter.replace("#", "reference")] = ("reference", column)
        means = [float(self._numbers(arm, column).mean()) for arm in self.rows]
        return means[0] - means[1], means[1]

    def drawn(self) -> People:
        return People(columns=self.columns, means=self.means, differences=self.differences)

    def _numbers(self, arm: Arm, column: str) -> FloatArray:
        numbers: FloatArray = self.cells.numbers(column)[self.rows[arm]]
        self.columns.setdefault(arm, {})[column] = numbers
        return numbers

    def _known(self, table: Table, key: str, column: str) -> str:
        if column not in self.cells.columns:
            raise table.bad(key, "column", column)
        return column


def read_persons(table: Table, folder: Path) -> Persons:
    """Read the persons that a file of an analysis points to.

    Raises
    ------
    BadAnalysis, BadCell
    """
    file = table.text("file")
    path = folder / file
    if not path.is_file():
        raise table.bad("file", "people", path.name)
    cells = read_cells(path)
    column = table.text("arm_column")
    if column not in cells.columns:
        raise table.bad("arm_column", "column", column)
    rows: dict[Arm, npt.NDArray[np.intp]] = {}
    for arm in ARMS:
        value = table.text(arm)
        rows[arm] = np.flatnonzero(np.array(cells.text(column)) == value)
        if not len(rows[arm]):
            raise table.bad(arm, "group", value)
    table.done()
    return Persons(file=file, cells=cells, rows=rows)
