"""Delivered cells made whole numbers, days and codes: one Polars expression for each kind of column."""

from collections.abc import Mapping

import polars as pl

from fotfeste.files.cells import MISSING
from fotfeste.register.layouts import Dates
from fotfeste.register.schema import Column, Kind

READ_AS: Mapping[Kind, pl.DataType] = {
    "id": pl.String(),
    "day": pl.Date(),
    "month": pl.Int32(),
    "number": pl.Int64(),
    "hundredths": pl.Int64(),
    "code": pl.String(),
    "flag": pl.Boolean(),
}
"""What a column is read as; identifiers that are delivered as whole numbers stay so."""
REASONS: Mapping[Kind, str] = {
    "id": "missing",
    "day": "date",
    "month": "month",
    "number": "number",
    "hundredths": "number",
    "code": "missing",
    "flag": "flag",
}
"""What is wrong with a cell that is not empty and cannot be read."""
DAYS = ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y")
"""How days are written; the last by a Norwegian spreadsheet, whatever they were before it opened the file."""
YES, NO = ("1", "true", "ja", "yes", "sann"), ("0", "false", "nei", "no", "usann")


class WrongKind(TypeError):
    """A Parquet column has a type that its kind cannot be read from."""


def read_cell(name: str, delivered: pl.DataType, column: Column, dates: Dates, codes: Mapping[str, str]) -> pl.Expr:
    """The column ``name`` as its kind is read; null where a cell is empty or cannot be read.

    Raises
    ------
    WrongKind
        Where no cell of the delivered type could be.
    """
    cell = pl.col(name)
    if delivered == pl.Null():
        return cell.cast(READ_AS[column.kind])
    if delivered == pl.String():
        told = cell.str.strip_chars()
        return _from_text(pl.when(~told.str.to_lowercase().is_in(sorted(MISSING))).then(told), column.kind, codes)
    if isinstance(delivered, pl.Categorical | pl.Enum):
        return _from_text(cell.cast(pl.String()), column.kind, codes)
    whole, number = delivered.is_integer(), delivered.is_numeric()
    match column.kind:
        case "id" if whole:
            return cell
        case "code" if whole:
            return _coded(cell.cast(pl.String()), codes)
        case "day" if delivered.is_temporal():
            return cell.cast(pl.Date(), strict=False)
        case "day" if whole and dates == "days_since_1970":
            return cell.cast(pl.Int32(), strict=False).cast(pl.Date())
        case "day" if whole and dates == "yyyymmdd":
            return cell.cast(pl.String()).str.to_date("%Y%m%d", strict=False)
        case "month" if delivered.is_temporal():
            return _month(cell.dt.year(), cell.dt.month())
        case "month" if whole:
            return _month(cell // 100, cell % 100)
        case "number" if number:
            return pl.when(cell.cast(pl.Int64(), strict=False) == cell).then(cell.cast(pl.Int64(), strict=False))
        case "hundredths" if whole:
            return cell.cast(pl.Int64()) * 100
        case "hundredths" if number:
            return (cell * 100).round().cast(pl.Int64(), strict=False)
        case "flag" if delivered == pl.Boolean():
            return cell
        case "flag" if whole:
            return pl.when(cell.is_in([0, 1])).then(cell == 1)
    raise WrongKind(f"{delivered} is no {column.kind}")


def is_missing(name: str, delivered: pl.DataType) -> pl.Expr:
    """Whether nothing was written in a cell."""
    cell = pl.col(name)
    if delivered != pl.String():
        return cell.is_null()
    return cell.is_null() | cell.str.strip_chars().str.to_lowercase().is_in(sorted(MISSING))


def _from_text(told: pl.Expr, kind: Kind, codes: Mapping[str, str]) -> pl.Expr:
    number = told.str.replace(",", ".", literal=True)
    match kind:
        case "id":
            return told
        case "code":
            return _coded(told, codes)
        case "day":
            day = pl.coalesce(told.str.head(10).str.to_date(form, strict=False) for form in DAYS)
            return pl.when(day.dt.year() >= 1000).then(day)  # 07.01.19 is no day of the year 19
        case "month":
            parts = told.str.extract_groups(r"^(\d{4})-?(\d{2})$")
            year, month = (parts.struct.field(str(at)).cast(pl.Int32(), strict=False) for at in (1, 2))
            return _month(year, month)
        case "number":
            return told.cast(pl.Int64(), strict=False)
        case "hundredths":
            return (number.cast(pl.Float64(), strict=False) * 100).round().cast(pl.Int64(), strict=False)
        case "flag":
            lower = told.str.to_lowercase()
            return pl.when(lower.is_in(YES)).then(True).when(lower.is_in(NO)).then(False)


def _coded(told: pl.Expr, codes: Mapping[str, str]) -> pl.Expr:
    return told.replace(dict(codes)) if codes else told


def _month(year: pl.Expr, month: pl.Expr) -> pl.Expr:
    """The number of a month, where it is one: from 1900 to 2199."""
    real = month.is_between(1, 12) & year.is_between(1900, 2199)
    return pl.when(real).then(year.cast(pl.Int32()) * 12 + month.cast(pl.Int32()) - 1)
