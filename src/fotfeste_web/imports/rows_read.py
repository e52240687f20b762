"""A row of a spreadsheet: from cells of text to values, with what is wrong said beside each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .columns.column import Column, Doubtful, Unreadable
from .reading import Line

MISSING = "Mangler."
SHOWN_BY_EXCEL = {"#REF!", "#N/A", "#I/T", "#VALUE!", "#VERDI!", "#NAME?", "#NAVN?", "#DIV/0!", "#NUM!", "#NULL!"}
REMEMBERED = 10_000  # texts of a column: most columns say the same again and again


@dataclass(frozen=True, slots=True)
class Finding:
    key: str  # of the column, or nothing: the whole row
    reason: str
    doubt: bool = False  # somebody should look at it; it can be stored as it is


@dataclass(slots=True)
class Row:
    number: int  # as the spreadsheet shows it
    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)  # what its words were found to be in the service

    def refuse(self, key: str, reason: str) -> None:
        self.findings.append(Finding(key, reason))

    def __getitem__(self, key: str) -> Any:
        """Give the value in a column: none where the cell is empty, unreadable, or in no column."""
        return self.values.get(key)

    def is_bad(self, *keys: str) -> bool:
        """Tell whether something is wrong with the row, or with the cells of some columns."""
        return any(not finding.doubt and (not keys or finding.key in keys) for finding in self.findings)


class Reader:
    """Reads the rows of one table by the columns that its headings were matched with."""

    def __init__(self, columns: Iterable[Column], match: Sequence[str]) -> None:
        self.columns = {column.key: column for column in columns}
        self.width = len(match)
        self.places = {key: place for place, key in enumerate(match) if key}
        self.remembered: dict[str, dict[str, Any]] = {key: {} for key in self.places}

    def read(self, line: Line) -> Row:
        number, cells = line
        row = Row(number)
        if any(cells[self.width :]):
            row.refuse("", "Raden har flere celler enn overskriften. Se etter et skilletegn for mye.")
        for key, column in self.columns.items():
            place = self.places.get(key)
            text = cells[place] if place is not None else ""
            if text:
                row.texts[key] = text
                self._take(row, column, text)
            elif column.required:
                row.refuse(key, MISSING)
        return row

    def _take(self, row: Row, column: Column, text: str) -> None:
        told = self._value(column, text)
        if isinstance(told, Unreadable):
            row.refuse(column.key, str(told))
        elif isinstance(told, Doubtful):
            row.values[column.key] = told.value
            row.findings.append(Finding(column.key, str(told), doubt=True))
        else:
            row.values[column.key] = told

    def _value(self, column: Column, text: str) -> Any:
        remembered = self.remembered[column.key]
        if text not in remembered:
            if len(remembered) >= REMEMBERED:
                remembered.clear()
            remembered[text] = _read(column, text)
        return remembered[text]


def _read(column: Column, text: str) -> Any:
    if text.upper() in SHOWN_BY_EXCEL:
        return Unreadable("Cellen viser en feil fra regnearket. Skriv verdien.")
    try:
        return column.read(text)
    except (Unreadable, Doubtful) as told:
        return told
