"""A folder with register files, as it was delivered: found, read lazily, and refused where it cannot be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

import polars as pl

from fotfeste.files import BadCell
from fotfeste.register import aa_register
from fotfeste.register.cells import READ_AS, REASONS, WrongKind, is_missing, read_cell
from fotfeste.register.layouts import OWN, Layout
from fotfeste.register.schema import FILES, Column, FileSchema
from fotfeste.register.text_files import TextFile, open_text

FORMS = ("parquet", "csv", "json")
NEEDED = ("participants", "jobs")
"""Files that must be there and hold rows."""


ROWS = 32_000_000
"""Rows whose keys are compared at a time: 256 MiB of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file on disk: what a ``File`` is made of; ``text`` where it is CSV."""

    name: str
    path: Path
    frame: pl.LazyFrame
    columns: Mapping[str, pl.DataType]
    text: TextFile | None = None

    def row(self, place: int) -> int:
        """The number of the row at ``place``, from 0: the header is row 1, where there can be one."""
        return place + (1 if self.path.suffix == ".json" else 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One of the ten files, in one part or many.

    ``frame`` has the columns and kinds of the schema; a cell that cannot be read is null in it until ``verify`` has
    refused it. A column that was not delivered is null. ``ignored`` are delivered columns that nobody asked for.
    """

    schema: FileSchema
    layout: Layout
    parts: tuple[Part, ...]
    frame: pl.LazyFrame
    ignored: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.schema.name

    def delivered(self, column: str) -> bool:
        return self.layout.delivered(self.name, column) in self.parts[0].columns

    def numbered(self, columns: Sequence[str]) -> pl.LazyFrame:
        """Columns of ``frame``, and each row's ``part`` and place in it as ``row``, both from 0."""
        return pl.concat(
            [
                part.frame.select(*_expressions(self.schema, self.layout, part))
                .select(columns)
                .with_row_index("row")
                .with_columns(part=pl.lit(number, pl.Int32))
                for number, part in enumerate(self.parts)
            ],
            how="vertical_relaxed",
        )

    def verify(self) -> None:
        """Read every cell, part by part and in bounded memory.

        Raises
        ------
        BadCell
            At the first row of a part with a cell that is missing where it may not be, or is not of its kind; with
            reason no_rows where there are none at all and this is a file that an analysis cannot do without.
        """
        rows = sum(_verified(self.schema, self.layout, part) for part in self.parts)
        if not rows and self.name in NEEDED:
            raise BadCell(self.parts[0].name, "no_rows")

    def verify_key(self) -> None:
        """See that no two rows are the same, so many rows at a time that memory stays bounded.

        Raises
        ------
        BadCell
            With reason duplicate, at the first row found that repeats an earlier one.
        """
        key = [name for name in self.schema.key if self.delivered(name)]
        if not key:
            return
        mark = _mark(key)
        rounds = 1 + int(self.frame.select(pl.len()).collect(engine="streaming").item()) // ROWS
        for round_ in range(rounds):
            marks = self.frame.filter(mark % rounds == round_).select(mark.alias("mark"))
            told = marks.collect(engine="streaming").get_column("mark").sort()
            repeated = told.filter(told == told.shift(1))
            if repeated.len():
                self._refuse_repeated(key, repeated.unique())

    def _refuse_repeated(self, key: list[str], marks: pl.Series) -> None:
        repeated = (
            self.numbered(key)
            .filter(_mark(key).is_in(marks.implode()))
            .filter(pl.int_range(pl.len()).over(key) > 0)
            .sort("part", "row")
            .head(1)
            .collect()
        )
        for row in repeated.iter_rows(named=True):  # none where two hashes met by chance
            part, names = self.parts[row["part"]], [self.layout.delivered(self.name, name) for name in key]
            written = part.frame.slice(row["row"], 1).select(names).collect().row(0)
            value = ", ".join(map(str, written))
            raise BadCell(part.name, "duplicate", row=part.row(row["row"]), column=", ".join(names), value=value)

    def sha256(self) -> str:
        """Of the bytes of all parts, in the order of their names."""
        digests = []
        for part in self.parts:
            with part.path.open("rb") as content:
                digests.append(file_digest(content, "sha256").hexdigest())
        if len(digests) == 1:
            return digests[0]
        return sha256("".join(digests).encode()).hexdigest()


def read_folder(folder: Path, layout: Layout = OWN) -> dict[str, File]:
    """Find the register files in a folder: ``jobs.parquet``, ``jobs.csv``, or a folder ``jobs`` of parts.

    Parameters
    ----------
    folder : Path
        Other files in it are left alone.
    layout : Layout, optional
        What columns and codes are called.

    Returns
    -------
    dict of File
        By name, those that are there. Of their cells only the heads are read yet: ``verify`` reads the others.

    Raises
    ------
    BadCell
        With reason no_folder or no_files; for one file, with reason two_forms, empty, parquet (damaged), encoding,
        missing_column, repeated_column, other_columns (parts differ) or kind (a type that cannot be read).
    """
    if not folder.is_dir():
        raise BadCell(str(folder), "no_folder")
    found = {name: paths for name in FILES if (paths := paths_of(folder, name))}
    if not found:
        raise BadCell(str(folder), "no_files")
    told = {name: _file(FILES[name], layout, folder, paths) for name, paths in found.items()}
    if "jobs" in told and "leave" not in told and told["jobs"].parts[0].path.suffix == ".json":
        told["leave"] = _from_answers("leave", OWN, folder, found["jobs"])
    return told


def paths_of(folder: Path, name: str) -> list[Path]:
    """The files that one register file is delivered as: one, or the parts in a folder."""
    ways = [[path] for form in FORMS if (path := folder / f"{name}.{form}").is_file()]
    ways += [parts for form in FORMS if (parts := sorted((folder / name).rglob(f"*.{form}")))]
    if len(ways) > 1:
        raise BadCell(str(ways[1][0].relative_to(folder)), "two_forms")
    return ways[0] if ways else []


def _file(schema: FileSchema, layout: Layout, folder: Path, paths: list[Path]) -> File:
    if paths[0].suffix == ".json":
        return _from_answers(schema.name, layout, folder, paths)
    parts = tuple(_part(path, str(path.relative_to(folder))) for path in paths)
    return _put_together(schema, layout, parts)


def _from_answers(name: str, layout: Layout, folder: Path, paths: list[Path]) -> File:
    if name not in ("jobs", "leave"):
        raise BadCell(paths[0].name, "json")
    frame = aa_register.jobs(paths) if name == "jobs" else aa_register.leave(paths)
    told = str(paths[0].relative_to(folder)) if len(paths) == 1 else name
    part = Part(name=told, path=paths[0], frame=frame.lazy(), columns=dict(frame.schema))
    return _put_together(FILES[name], layout, (part,))


def _put_together(schema: FileSchema, layout: Layout, parts: tuple[Part, ...]) -> File:
    for part in parts:
        if part.columns.keys() != parts[0].columns.keys():
            raise BadCell(part.name, "other_columns")
        for column in schema.columns:
            if column.required and layout.delivered(schema.name, column.name) not in part.columns:
                wanted = layout.delivered(schema.name, column.name)
                raise BadCell(part.name, "missing_column", row=1, column=wanted, known=tuple(part.columns))
    frame = pl.concat(
        [part.frame.select(*_expressions(schema, layout, part)) for part in parts], how="vertical_relaxed"
    )
    asked = {layout.delivered(schema.name, name) for name in schema.names}
    ignored = tuple(name for name in parts[0].columns if name not in asked)
    return File(schema=schema, layout=layout, parts=parts, frame=frame, ignored=ignored)


def _part(path: Path, name: str) -> Part:
    if path.stat().st_size == 0:
        raise BadCell(name, "empty")
    if path.suffix == ".csv":
        return _csv(path, name)
    try:
        frame = pl.scan_parquet(path)
        return Part(name=name, path=path, frame=frame, columns=dict(frame.collect_schema()))
    except (pl.exceptions.PolarsError, OSError):
        raise BadCell(name, "parquet") from None


def _csv(path: Path, name: str) -> Part:
    text = open_text(path, name)
    return Part(name=name, path=path, frame=text.scan(), columns=dict.fromkeys(text.header, pl.String()), text=text)


def _mark(key: Sequence[str]) -> pl.Expr:
    """One number for a key: equal keys have equal numbers, and different ones hardly ever."""
    told = pl.col(key[0]).hash(seed=1)
    for place, name in enumerate(key[1:], start=2):
        told = (told * 0x9E3779B1).xor(pl.col(name).hash(seed=place))
    return told


def _expressions(schema: FileSchema, layout: Layout, part: Part) -> list[pl.Expr]:
    return [_read(schema, layout, part, column).alias(column.name) for column in schema.columns]


def _read(schema: FileSchema, layout: Layout, part: Part, column: Column) -> pl.Expr:
    name = layout.delivered(schema.name, column.name)
    if name not in part.columns:
        return pl.lit(None, READ_AS[column.kind])
    codes = layout.codes.get(schema.name, {}).get(column.name, {})
    try:
        return read_cell(name, part.columns[name], column, layout.dates, codes)
    except WrongKind:
        raise BadCell(part.name, "kind", row=1, column=name, value=str(part.columns[name])) from None


def _verified(schema: FileSchema, layout: Layout, part: Part) -> int:
    """Refuse the first bad row of a part; how many rows it has."""
    bad = {}
    for column in schema.columns:
        name = layout.delivered(schema.name, column.name)
        if name not in part.columns:
            continue
        empty, read = is_missing(name, part.columns[name]), _read(schema, layout, part, column)
        unread = ~empty & read.is_null()
        if part.columns[name] == READ_AS[column.kind] or column.kind in ("id", "code"):
            unread = pl.lit(False)
        if column.kind == "hundredths":
            unread |= (read.abs() > 100 * column.most).fill_null(False)
        bad[column.name] = empty | unread if column.filled else unread
    numbered = part.frame.with_row_index("row ")
    firsts = [pl.col("row ").filter(is_bad).min().alias(name) for name, is_bad in bad.items()]
    try:
        told = numbered.select(pl.len().alias("rows "), *firsts).collect(engine="streaming").row(0, named=True)
    except (pl.exceptions.PolarsError, OSError) as cause:
        raise (part.text.broken(part.name) if part.text else BadCell(part.name, "parquet")) from cause
    rows = int(told.pop("rows "))
    places = [(row, name) for name, row in told.items() if row is not None]
    if places:
        row, name = min(places)
        wanted = layout.delivered(schema.name, name)
        read = _read(schema, layout, part, schema.column(name)).alias("read ")
        value, read_as = part.frame.slice(row, 1).select(wanted, read).collect().row(0)
        written = None if value is None or str(value).strip() == "" else str(value)
        reason = REASONS[schema.column(name).kind] if written else "missing"
        reason = reason if read_as is None else "too_large"
        raise BadCell(part.name, reason, row=part.row(row), column=wanted, value=written)
    return rows
