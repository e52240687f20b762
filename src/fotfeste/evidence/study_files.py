"""Study data from a file: CSV in any of the dialects that spreadsheets write, or JSON."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.projection import Floats

MISSING = frozenset({"", "na", "nan", "null", "none", "."})


class BadFile(ValueError):
    """A file of studies cannot be used.

    Says where (``file``, and where it can be told ``row``, with the header as row 1, ``column`` and ``value``) and
    why, in
    ``reason``: not_found, unreadable, empty, no_rows, missing_column, repeated_column, too_many_values, number,
    missing,
    not_finite, duplicate_study, parquet or json. ``known`` are the columns that there are.
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
class StudyFile:
    """The cells as text. ``lines`` holds each row's line in the file, so that an error can point to it."""

    name: str
    sha256: str
    columns: dict[str, tuple[str, ...]]
    lines: tuple[int, ...]
    decimal_comma: bool = False

    @property
    def rows(self) -> int:
        return len(self.lines)

    def text(self, column: str) -> tuple[str, ...]:
        if column not in self.columns:
            raise BadFile(self.name, "missing_column", column=column, known=tuple(self.columns))
        return self.columns[column]

    def numbers(self, column: str, *, missing: bool = False) -> Floats:
        """The column as numbers; empty cells are NaN where ``missing`` allows them."""
        cells = self.text(column)
        out = np.empty(len(cells))
        for i, cell in enumerate(cells):
            out[i] = self.number(cell, column, i, missing)
        return out

    def number(self, cell: str, column: str, place: int, missing: bool) -> float:
        plain = cell.strip()
        if plain.lower() in MISSING:
            if missing:
                return float("nan")
            raise BadFile(self.name, "missing", row=self.lines[place], column=column, value=cell)
        try:
            value = float(plain.replace(",", ".") if self.decimal_comma or plain.count(",") == 1 else plain)
        except ValueError:
            raise BadFile(self.name, "number", row=self.lines[place], column=column, value=cell) from None
        if not np.isfinite(value):
            raise BadFile(self.name, "not_finite", row=self.lines[place], column=column, value=cell)
        return value

    def is_numeric(self, column: str) -> bool:
        try:
            self.numbers(column, missing=True)
        except BadFile:
            return False
        return True

    def values(self, column: str) -> npt.NDArray[np.generic]:
        """Numbers where every cell is one, else text."""
        return self.numbers(column, missing=True) if self.is_numeric(column) else np.asarray(self.text(column))

    def only(self, keep: Sequence[bool]) -> "StudyFile":
        chosen = [i for i, kept in enumerate(keep) if kept]
        columns = {name: tuple(cells[i] for i in chosen) for name, cells in self.columns.items()}
        return StudyFile(self.name, self.sha256, columns, tuple(self.lines[i] for i in chosen), self.decimal_comma)

    def names(self, column: str | None) -> tuple[str, ...]:
        """The studies' names, each once; their row in the file where no column names them."""
        if column is None:
            return tuple(f"rad {line}" for line in self.lines)
        seen: dict[str, int] = {}
        for line, name in zip(self.lines, self.text(column), strict=True):
            if name in seen:
                raise BadFile(self.name, "duplicate_study", row=line, column=column, value=name)
            seen[name] = line
        return tuple(seen)


def read_studies(path: Path) -> StudyFile:
    """Read a table of studies: CSV with comma, semicolon or tab, UTF-8 or Latin-1, point or comma; or a JSON list."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise BadFile(path.name, "not_found") from None
    except OSError:
        raise BadFile(path.name, "unreadable") from None
    digest = sha256(raw).hexdigest()
    if raw[:4] == b"PAR1":
        raise BadFile(path.name, "parquet")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    if "\0" in text:
        raise BadFile(path.name, "unreadable")
    if not text.strip():
        raise BadFile(path.name, "empty")
    if path.suffix.lower() == ".json":
        return _json(path.name, text, digest)
    return _csv(path.name, text, digest)


def _csv(name: str, text: str, digest: str) -> StudyFile:
    first = text.lstrip().splitlines()[0]
    mark = max(";\t,", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark)
    header: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip() for cell in cells]
            repeated = [c for i, c in enumerate(header) if c in header[:i]]
            if repeated:
                raise BadFile(name, "repeated_column", row=reader.line_num, column=repeated[0])
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise BadFile(name, "too_many_values", row=reader.line_num, value=cells[len(header)])
        rows.append([*cells[: len(header)], *[""] * (len(header) - len(cells))])
        lines.append(reader.line_num)
    if not rows:
        raise BadFile(name, "no_rows")
    columns = {c: tuple(row[i].strip() for row in rows) for i, c in enumerate(header)}
    return StudyFile(name, digest, columns, tuple(lines), decimal_comma=mark in ";\t" and "," in text)


def _json(name: str, text: str, digest: str) -> StudyFile:
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile(name, "json", row=error.lineno) from None
    if isinstance(rows, dict) and all(isinstance(c, list) for c in rows.values()):
        rows = [dict(zip(rows, cells, strict=False)) for cells in zip(*rows.values(), strict=False)]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadFile(name, "json")
    if not rows:
        raise BadFile(name, "no_rows")
    header = list(dict.fromkeys(key for row in rows for key in row))
    columns = {c: tuple("" if row.get(c) is None else str(row[c]) for row in rows) for c in header}
    return StudyFile(name, digest, columns, tuple(range(1, len(rows) + 1)))
