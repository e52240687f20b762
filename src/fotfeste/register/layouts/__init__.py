"""Layouts: what the columns and codes of a delivery are called where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

from fotfeste.files import BadKey, Table, read_toml
from fotfeste.register.schema import FILES, FileSchema

Dates = Literal["iso", "yyyymmdd", "days_since_1970"]
SHIPPED = ("microdata", "aa-register")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a delivery names things.

    ``columns`` holds for each file the delivered name of each of our columns; a column that is not there is delivered
    under our own name. ``codes`` holds for a file's column our code for each delivered one. ``dates``: how days are
    written where they are whole numbers.
    """

    name: str = "fotfeste"
    sha256: str | None = None
    dates: Dates = "iso"
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    def delivered(self, file: str, column: str) -> str:
        return self.columns.get(file, {}).get(column, column)


OWN = Layout()
"""The names of ``fotfeste.register.schema``."""


def read_layout(layout: str | Path) -> Layout:
    """Read a layout: one that is shipped by its name, or a file of one's own.

    Raises
    ------
    BadKey
        With reason unknown_layout where the name is no file either; unknown for a file, a column or one of our codes
        that does not exist.
    """
    if str(layout) in SHIPPED:
        return _layout(str(layout), read_toml(files(__package__).joinpath(f"{layout}.toml")))
    path = Path(layout)
    if path.suffix != ".toml":
        raise BadKey("layout", "", "unknown_layout", str(layout))
    return _layout(path.stem, read_toml(path))


def _layout(name: str, table: Table) -> Layout:
    dates: Dates = table.choice("dates", Dates) if table.has("dates") else get_args(Dates)[0]
    columns = {file.name: _names(told, file) for file, told in _each_file(table, "files")}
    codes = {file.name: _codes(told, file) for file, told in _each_file(table, "codes")}
    table.done()
    return Layout(name=name, sha256=table.sha256, dates=dates, columns=columns, codes=codes)


def _each_file(table: Table, name: str) -> list[tuple[FileSchema, Table]]:
    if not table.has(name):
        return []
    inside = table.table(name)
    for file in inside.names():
        if file not in FILES:
            raise inside.bad(file, "unknown")
    return [(FILES[file], inside.table(file)) for file in inside.names()]


def _names(table: Table, file: FileSchema) -> dict[str, str]:
    for column in table.names():
        if column not in file.names:
            raise table.bad(column, "unknown")
    return {column: table.text(column) for column in table.names()}


def _codes(table: Table, file: FileSchema) -> dict[str, dict[str, str]]:
    told = {}
    for column in table.names():
        if column not in file.names or file.column(column).kind != "code":
            raise table.bad(column, "unknown")
        inside = table.table(column)
        told[column] = {code: inside.text(code) for code in inside.names()}
        for code, ours in told[column].items():
            if file.column(column).codes and ours not in file.column(column).codes:
                raise inside.bad(code, "choice", ours)
    return told
