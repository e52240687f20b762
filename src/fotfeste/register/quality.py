"""The quality report: how many rows of each file and year have what is often wrong in registers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from fotfeste.register.checks import CHECKS, Check, Frames, year_of
from fotfeste.register.delivered import File

PEOPLE = 50_000
"""People looked at together: what bounds the memory."""
LOOKED_AT = ("id", "day", "month")
"""Kinds of columns that the checks need wherever they are; of others those that are required or have codes."""


class UnknownCheck(LookupError):
    """There is no check of that name in the delivered files; ``known`` are those that were made."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


@dataclass(frozen=True, slots=True, kw_only=True)
class FileYear:
    """How many rows a file has of a calendar year, and of how many people; None where the row has no day."""

    file: str
    year: int | None
    rows: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How many rows of a file and year a check found, of all the file's rows of that year."""

    check: str
    file: str
    year: int | None
    rows: int
    people: int
    of: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """One row that was found: its file as delivered, and its number there, the header being row 1."""

    check: str
    file: str
    row: int
    person_id: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The report; ``checks`` are the names of those that could be made of the files there are."""

    people: int
    files: tuple[FileYear, ...]
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]
    listed: tuple[FoundRow, ...]
    ignored_columns: Mapping[str, tuple[str, ...]]

    def total(self, check: str, file: str) -> int:
        return sum(finding.rows for finding in self.findings if (finding.check, finding.file) == (check, file))


def quality(
    files: Mapping[str, File],
    *,
    listing: str | None = None,
    at_most: int = 100,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Quality:
    """Look for what is often wrong in register files, some people at a time.

    Parameters
    ----------
    files : mapping of File
        From ``read_folder``; every cell has been verified.
    listing : str, optional
        The name of a check whose rows are listed too.
    at_most : int, optional
        How many rows are listed.
    progress : callable, optional
        Told how many rounds are done, of how many.

    Returns
    -------
    Quality
        Counts by file and calendar year, of jobs the year they began.

    Raises
    ------
    UnknownCheck
        Where ``listing`` is none of the checks that can be made.
    """
    made = tuple(check for check in CHECKS if all(name in files for name in check.needs) and _delivered(check, files))
    names = tuple(dict.fromkeys(check.name for check in made))
    if listing is not None and listing not in names:
        raise UnknownCheck(listing, names)
    by_person = {name: file for name, file in files.items() if "person_id" in file.schema.names}
    people = _people(by_person)
    rounds = max(1, -(-people // PEOPLE))
    counts: list[pl.DataFrame] = []
    found: list[pl.DataFrame] = []
    listed: list[FoundRow] = []
    for round_ in range(rounds):
        frames = {name: _rows(file, round_, rounds).collect().lazy() for name, file in by_person.items()}
        counts += [_by_year(frame, file=name) for name, frame in frames.items()]
        for check in made:
            told = check.find(frames).collect().lazy()
            found.append(_by_year(told, file=check.file, check=check.name))
            if check.name == listing and len(listed) < at_most:
                listed += _listed(told, check, files[check.file], at_most - len(listed))
        progress(round_ + 1, rounds)
    counts += [
        _by_year(file.frame.with_columns(year=year_of(n)), file=n) for n, file in files.items() if n not in by_person
    ]
    rows = pl.concat(counts).group_by("file", "year").agg(pl.col("rows", "people").sum())
    return Quality(
        people=people,
        files=tuple(FileYear(**row) for row in rows.sort("file", "year").iter_rows(named=True)),
        checks=names,
        findings=_findings(pl.concat(found), rows, made),
        listed=tuple(listed),
        ignored_columns={name: file.ignored for name, file in files.items() if file.ignored},
    )


def _delivered(check: Check, files: Mapping[str, File]) -> bool:
    """A column that was not delivered has no codes to be unknown."""
    column = check.name.removeprefix("unknown_")
    return column == check.name or files[check.file].delivered(column)


def _people(files: Mapping[str, File]) -> int:
    of = files.get("participants") or next(iter(files.values()))
    return int(of.frame.select(pl.col("person_id").n_unique()).collect().item())


def _rows(file: File, round_: int, rounds: int) -> pl.LazyFrame:
    """The rows of one round's people. Identifiers are compared as text: files may write the same number differently."""
    text = ["person_id", *(name for name in ("job_id", "establishment_org") if name in file.schema.names)]
    asked = [
        column.name for column in file.schema.columns if column.kind in LOOKED_AT or column.codes or column.required
    ]
    frame = file.numbered(asked).with_columns(pl.col(text).cast(pl.String), year=year_of(file.name))
    return frame.filter(pl.col("person_id").hash(seed=1) % rounds == round_) if rounds > 1 else frame


def _by_year(frame: pl.LazyFrame, **names: str) -> pl.DataFrame:
    """Rows and their people, who are in one round alone; a row that is about nobody counts as one."""
    one = pl.col("person_id").n_unique() if "person_id" in frame.collect_schema() else pl.len()
    counted = frame.group_by(pl.col("year").cast(pl.Int32)).agg(rows=pl.len().cast(pl.Int64), people=one.cast(pl.Int64))
    return (
        counted.with_columns(**{name: pl.lit(value) for name, value in names.items()})
        .select(*names, "year", "rows", "people")
        .collect()
    )


def _findings(found: pl.DataFrame, rows: pl.DataFrame, made: tuple[Check, ...]) -> tuple[Finding, ...]:
    order = {(check.name, check.file): place for place, check in enumerate(made)}
    told = (
        found.group_by("file", "check", "year")
        .agg(pl.col("rows", "people").sum())
        .join(rows.select("file", "year", of="rows"), on=("file", "year"), nulls_equal=True)
        .with_columns(share=pl.col("rows") / pl.col("of"))
        .sort("year")
    )
    findings = (Finding(**row) for row in told.iter_rows(named=True))
    return tuple(sorted(findings, key=lambda finding: order[finding.check, finding.file]))


def _listed(told: pl.LazyFrame, check: Check, file: File, at_most: int) -> list[FoundRow]:
    rows = told.select("part", "row", "person_id").sort("part", "row").head(at_most).collect()
    return [
        FoundRow(
            check=check.name,
            file=file.parts[row["part"]].name,
            row=file.parts[row["part"]].row(row["row"]),
            person_id=row["person_id"],
        )
        for row in rows.iter_rows(named=True)
    ]


__all__ = ["CHECKS", "FileYear", "Finding", "FoundRow", "Frames", "Quality", "UnknownCheck", "quality"]
