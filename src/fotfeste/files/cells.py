"""A table from a file: CSV in any of the dialects that spreadsheets write, Parquet or JSON."""

import csv
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # imported where it is used: a command that needs no arrays does not wait for them
    import numpy as np
    import numpy.typing as npt

T = TypeVar("T")
MISSING = frozenset({"", "na", "nan", "null", "none", "."})


class BadCell(ValueError):
    """A table cannot be used.

    Says where (``file``, and where it can be told ``row``, with the header as row 1, ``column`` and ``value``) and
    why, in ``reason``: not_found, unreadable, encoding, empty, repeated_column, too_many_values, parquet or json when
    it is read; missing_column, missing, number, not_finite or date when a column is asked for; or a reason of the
    reader's own. ``known`` are the columns that there are.
    """

    def __init__(
        self,
        file: str,
        reason: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        known: Sequence[str] = (),
    ) -> None:
        super().__init__(f"{file}, row {row}, column {column}: {reason} ({value})")
        self.file, self.reason, self.row, self.column, self.value = file, reason, row, column, value
        self.known = tuple(known)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells as text without blanks round them. ``lines`` holds each row's line in the file, for errors."""

    name: str
    sha256: str
    columns: dict[str, tuple[str, ...]]
    lines: tuple[int, ...]
    decimal_comma: bool = False
    error: type[BadCell] = BadCell

    @property
    def rows(self) -> int:
        return len(self.lines)

    def text(self, column: str) -> tuple[str, ...]:
        if column not in self.columns:
            raise self.error(self.name, "missing_column", row=1, column=column, known=tuple(self.columns))
        return self.columns[column]

    def numbers(self, column: str, *, missing: bool = False) -> "npt.NDArray[np.float64]":
        """The column as numbers; empty cells are NaN where ``missing`` allows them."""
        import numpy as np

        return np.array(self._read(column, self._number, math.nan, missing=missing, reason="number"), dtype=float)

    def days(self, column: str, *, missing: bool = False) -> tuple[date | None, ...]:
        """The column as days written 2026-03-02; empty cells are None where ``missing`` allows them."""
        one: Callable[[str], date | None] = date.fromisoformat
        return tuple(self._read(column, one, None, missing=missing, reason="date"))

    def is_numeric(self, column: str) -> bool:
        try:
            self.numbers(column, missing=True)
        except BadCell:
            return False
        return True

    def values(self, column: str) -> "npt.NDArray[np.generic]":
        """Numbers where every cell is one, else text."""
        import numpy as np

        return self.numbers(column, missing=True) if self.is_numeric(column) else np.asarray(self.text(column))

    def only(self, keep: Sequence[bool]) -> "Cells":
        """The rows that are kept."""
        chosen = [i for i, kept in enumerate(keep) if kept]
        columns = {name: tuple(cells[i] for i in chosen) for name, cells in self.columns.items()}
        return replace(self, columns=columns, lines=tuple(self.lines[i] for i in chosen))

    def bad(self, column: str, place: int, reason: str) -> BadCell:
        """The error to raise about the cell of a column in the row at ``place``, from 0."""
        return self.error(self.name, reason, row=self.lines[place], column=column, value=self.columns[column][place])

    def _read(self, column: str, one: Callable[[str], T], empty: T, *, missing: bool, reason: str) -> list[T]:
        told: list[T] = []
        for place, cell in enumerate(self.text(column)):
            if cell.lower() in MISSING:
                if not missing:
                    raise self.bad(column, place, "missing")
                told.append(empty)
                continue
            try:
                told.append(one(cell))
            except OverflowError:
                raise self.bad(column, place, "not_finite") from None
            except ValueError:
                raise self.bad(column, place, reason) from None
        return told

    def _number(self, cell: str) -> float:
        value = float(cell.replace(",", ".") if self.decimal_comma or cell.count(",") == 1 else cell)
        if not math.isfinite(value):
            raise OverflowError
        return value


def read_cells(path: Path, *, latin_1: bool = True, error: type[BadCell] = BadCell) -> Cells:
    """Read a table: CSV with comma, semicolon or tab, UTF-8 or Latin-1, point or comma; Parquet; or a JSON list.

    A file that is not UTF-8 is read as Latin-1 where ``latin_1`` allows it, which never fails but may be wrong. All
    that is wrong is raised as ``error``. A file may have a header and no rows.

    Raises
    ------
    BadCell
        At the first thing that is wrong, with the row.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise error(path.name, "not_found") from None
    except OSError:
        raise error(path.name, "unreadable") from None
    if raw[:4] == b"PAR1":
        return _parquet(path.name, raw, error)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not latin_1:
            raise error(path.name, "encoding") from None
        text = raw.decode("latin-1")
    if "\0" in text:
        raise error(path.name, "unreadable")
    if not text.strip():
        raise error(path.name, "empty")
    read = _json if path.suffix.lower() == ".json" else _csv
    return read(path.name, text, sha256(raw).hexdigest(), error)


def _csv(name: str, text: str, digest: str, error: type[BadCell]) -> Cells:
    mark = max(";\t,", key=text.lstrip().splitlines()[0].count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark)
    header: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if not header:
            header = cells
            repeated = [c for i, c in enumerate(header) if c in header[:i]]
            if repeated:
                raise error(name, "repeated_column", row=reader.line_num, column=repeated[0])
            continue
        if any(cells[len(header) :]):
            raise error(name, "too_many_values", row=reader.line_num, value=cells[len(header)])
        rows.append([*cells[: len(header)], *[""] * (len(header) - len(cells))])
        lines.append(reader.line_num)  # a cell may hold line breaks: the number is that of the row's last line
    columns = {c: tuple(row[i] for row in rows) for i, c in enumerate(header)}
    return Cells(name, digest, columns, tuple(lines), mark in ";\t" and "," in text, error)


def _parquet(name: str, raw: bytes, error: type[BadCell]) -> Cells:
    import polars as pl  # slow to import, and needed here alone

    try:
        frame = pl.read_parquet(BytesIO(raw)).select(pl.all().cast(pl.String).fill_null("").str.strip_chars())
    except (pl.exceptions.PolarsError, OSError):
        raise error(name, "parquet") from None
    columns = {column.name: tuple(column.to_list()) for column in frame}
    return Cells(name, sha256(raw).hexdigest(), columns, tuple(range(1, frame.height + 1)), error=error)


def _json(name: str, text: str, digest: str, error: type[BadCell]) -> Cells:
    try:
        rows: Any = json.loads(text)
    except json.JSONDecodeError as cause:
        raise error(name, "json", row=cause.lineno) from None
    if isinstance(rows, dict) and all(isinstance(c, list) for c in rows.values()):
        rows = [dict(zip(rows, cells, strict=False)) for cells in zip(*rows.values(), strict=False)]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise error(name, "json")
    header = list(dict.fromkeys(key for row in rows for key in row))
    columns = {c: tuple("" if row.get(c) is None else str(row[c]).strip() for row in rows) for c in header}
    return Cells(name, digest, columns, tuple(range(1, len(rows) + 1)), error=error)
