"""A table of outcomes as the analyses read it: one row for each person and month since inclusion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from fotfeste.files import BadCell
from fotfeste.register.delivered import File, paths_of, read_folder

Bools = npt.NDArray[np.bool_]
NEEDED = ("person_id", "arm", "month")
UPPER_SECONDARY = 4
"""First digit of NUS2000: completed upper secondary education."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Outcomes in memory, one value a row.

    ``month`` is months since inclusion; ``outcome`` is a number, and rows without one (censored) are not here.
    ``groups`` holds for each named subgroup who is in it, and None where that is not known.
    """

    person: npt.NDArray[np.generic]
    arm: npt.NDArray[np.str_]
    site: npt.NDArray[np.str_]
    month: npt.NDArray[np.int64]
    outcome: npt.NDArray[np.float64]
    name: str = "outcome"
    sha256: str | None = None
    files: tuple[Path, ...] = ()
    groups: Mapping[str, tuple[Bools, Bools]] = field(default_factory=dict)

    @property
    def is_share(self) -> bool:
        return bool(np.isin(self.outcome, (0.0, 1.0)).all())


def read_outcomes(path: Path, *, outcome: str = "outcome") -> Outcomes:
    """Read outcomes from a file, or from the folder ``outcomes`` inside a folder of registers.

    The table has ``person_id``, ``arm``, ``month`` (since inclusion) and the outcome; ``site`` where there is one.
    Birth year, education and severity come from the table itself or from the folder's ``participants``.

    Parameters
    ----------
    path : Path
        A CSV or Parquet file, or a folder.
    outcome : str, optional
        The outcome's column.

    Raises
    ------
    BadCell
        With reason not_found, empty, parquet, missing_column (with the ones there are), number, missing or no_rows.
    """
    files = _found(path)
    frame = pl.concat([_scan(file) for file in files], how="diagonal_relaxed")
    columns = frame.collect_schema()
    for column in (*NEEDED, outcome):
        if column not in columns:
            raise BadCell(files[0].name, "missing_column", row=1, column=column, known=tuple(columns))
    if "site" not in columns:
        frame = frame.with_columns(site=pl.lit(""))
    frame = frame.with_columns(pl.col("person_id").cast(pl.String).alias("person ")).with_row_index("row ")
    if path.is_dir():
        frame = _with_people(frame, path, set(columns))
    told = frame.collect()
    told = told.with_columns(_numbers(told, outcome, files[0]), _numbers(told, "month", files[0]))
    told = told.drop_nulls([f"{outcome} ", "month ", "arm"])
    if not told.height:
        raise BadCell(files[0].name, "no_rows")
    return Outcomes(
        person=told["person "].to_numpy(),
        arm=told["arm"].cast(pl.String).to_numpy(),
        site=told["site"].cast(pl.String).fill_null("").to_numpy(),
        month=told["month "].cast(pl.Int64).to_numpy(),
        outcome=told[f"{outcome} "].to_numpy(),
        name=outcome,
        sha256=sha256("".join(sha256(file.read_bytes()).hexdigest() for file in files).encode()).hexdigest(),
        files=(*files, *(paths_of(path, "participants") if path.is_dir() else ())),
        groups=_groups(told),
    )


def _numbers(told: pl.DataFrame, column: str, file: Path) -> pl.Series:
    """The column as numbers, with a blank behind its name."""
    numbers = told[column].cast(pl.Float64, strict=False).alias(f"{column} ")
    wrong = told.filter(numbers.is_null() & told[column].is_not_null())
    if wrong.height:
        row, value = wrong.select("row ", column).row(0)
        raise BadCell(file.name, "number", row=int(row) + 2, column=column, value=str(value))
    return numbers


def _found(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    for form in ("parquet", "csv"):
        if found := sorted((path / "outcomes").rglob(f"*.{form}")):
            return found
    raise BadCell(str(path), "no_outcomes")


def _scan(path: Path) -> pl.LazyFrame:
    if path.stat().st_size == 0:
        raise BadCell(path.name, "empty")
    try:
        frame = pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path, infer_schema_length=None)
        frame.collect_schema()
        return frame
    except (pl.exceptions.PolarsError, OSError):
        raise BadCell(path.name, "parquet" if path.suffix == ".parquet" else "unreadable") from None


def _with_people(frame: pl.LazyFrame, folder: Path, there: set[str]) -> pl.LazyFrame:
    """What the subgroups need of the participants, where the folder has them and the outcomes do not."""
    try:
        people: File | None = read_folder(folder).get("participants")
    except BadCell as error:
        if error.reason != "no_files":
            raise
        people = None
    if people is None:
        return frame
    wanted = [name for name in ("birth_year", "education_level", "severity", "inclusion_date") if name not in there]
    of = people.frame.select(pl.col("person_id").cast(pl.String).alias("person "), *wanted)
    return frame.join(of, on="person ", how="left", maintain_order="left")


def _groups(told: pl.DataFrame) -> dict[str, tuple[Bools, Bools]]:
    """The Norwegian follow-up's three: young, older than 21 without upper secondary education, severely ill."""
    rules: dict[str, pl.Expr] = {}
    if {"birth_year", "inclusion_date"} <= set(told.columns):
        age = pl.col("inclusion_date").dt.year() - pl.col("birth_year")
        rules["age_18_30"] = age.is_between(18, 30)
        if "education_level" in told.columns:
            rules["over_21_without_upper_secondary"] = (age > 21) & (pl.col("education_level") < UPPER_SECONDARY)
    if "severity" in told.columns:
        rules["severe"] = pl.col("severity") == "severe"
    groups = {}
    for name, rule in rules.items():
        member = told.select(rule.alias(name))[name]
        if member.null_count() < member.len():
            groups[name] = (member.fill_null(False).to_numpy(), (~member).fill_null(False).to_numpy())
    return groups
