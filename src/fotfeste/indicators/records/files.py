"""Records as a folder of CSV files, one file a kind of record."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from io import StringIO
from pathlib import Path
from typing import Any, get_args, get_type_hints

from fotfeste.employment import Job, OverlappingTerms, Term, TermOutsideJob
from fotfeste.files import BadCell, read_cells
from fotfeste.indicators.records.cells import UnreadableCell, columns, written
from fotfeste.indicators.records.shapes import Post, Records, Specialist


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTerm(Term):
    """A line of ``terms.csv``: a term and the job it belongs to."""

    job: str


# A file for each kind of record, under the name of its field. Posts and terms stand inside others, and have their own.
TABLES: dict[str, type] = {name: get_args(hint)[0] for name, hint in get_type_hints(Records).items()} | {
    "posts": Post,
    "terms": JobTerm,
}
PERIODS = (("starts_on", "ends_on"), ("entered_on", "ended_on"))


class BadRecord(BadCell):
    """A record cannot be read from its file.

    Beside what can be wrong with any table, ``reason`` is unknown_file, unknown_column, time, yes_no, choice,
    duplicate, before_start, no_such_job, no_such_specialist, overlapping_terms or term_outside_job.
    """


def read_records(folder: Path) -> Records:
    """Read a folder of CSV files (UTF-8, with comma or semicolon); a kind without a file has no records.

    Raises
    ------
    BadRecord
        At the first thing that cannot be read.
    """
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in TABLES:
            raise BadRecord(path.name, "unknown_file")
    rows = {name: list(_read_rows(folder / f"{name}.csv", kind)) for name, kind in TABLES.items()}
    posts = _inside(rows["specialists"], rows.pop("posts"), "specialist")
    terms = _inside(rows["jobs"], rows.pop("terms"), "job")
    made: dict[str, tuple[Any, ...]] = {
        "specialists": tuple(
            Specialist(**told, posts=tuple(Post(**post) for _, post in posts[told["id"]]))
            for _, told in rows.pop("specialists")
        ),
        "jobs": tuple(_job(told, terms[told["id"]]) for _, told in rows.pop("jobs")),
    }
    for name, table in rows.items():
        made[name] = tuple(TABLES[name](**told) for _, told in table)
    return Records(**made)


def write_records(records: Records, folder: Path) -> None:
    """Write records as the CSV files that ``read_records`` reads."""
    rows: dict[str, Iterable[Any]] = {field.name: getattr(records, field.name) for field in fields(Records)}
    rows["posts"] = (post for specialist in records.specialists for post in specialist.posts)
    rows["terms"] = (
        JobTerm(job=job.id, **{field.name: getattr(term, field.name) for field in fields(Term)})
        for job in records.jobs
        for term in job.terms
    )
    texts = {name: _text(kind, rows[name]) for name, kind in TABLES.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


Row = tuple[int, dict[str, Any]]  # its number in the file, its values


def _read_rows(path: Path, kind: type) -> Iterator[Row]:
    if not path.exists():
        return
    table, known = read_cells(path, latin_1=False, error=BadRecord), columns(kind)
    for name in table.columns:
        if name not in known:
            raise BadRecord(path.name, "unknown_column", row=1, column=name)
    for name, column in known.items():
        if column.required and name not in table.columns:
            raise BadRecord(path.name, "missing_column", row=1, column=name)
    ids = set()
    for number, *cells in zip(table.lines, *table.columns.values(), strict=True):
        values: dict[str, Any] = {}
        for name, cell in zip(table.columns, cells, strict=True):
            try:
                values[name] = known[name].read(cell)
            except UnreadableCell as cause:
                raise BadRecord(path.name, cause.reason, row=number, column=name, value=cell) from None
        for start, end in PERIODS:
            if values.get(start) and values.get(end) and values[end] < values[start]:
                raise BadRecord(path.name, "before_start", row=number, column=end, value=str(values[end]))
        if "id" in values:
            if values["id"] in ids:
                raise BadRecord(path.name, "duplicate", row=number, column="id", value=values["id"])
            ids.add(values["id"])
        yield number, values


def _inside(parents: list[Row], children: list[Row], name: str) -> dict[str, list[Row]]:
    """The rows that belong to each parent row, which must be there."""
    belonging: dict[str, list[Row]] = {told["id"]: [] for _, told in parents}
    for number, told in children:
        if told[name] not in belonging:
            file = "posts.csv" if name == "specialist" else "terms.csv"
            raise BadRecord(file, f"no_such_{name}", row=number, column=name, value=told[name])
        belonging[told[name]].append((number, told))
    return belonging


def _job(told: dict[str, Any], rows: list[Row]) -> Job:
    terms = [Term(**{name: value for name, value in term.items() if name != "job"}) for _, term in rows]
    try:
        return Job(**told, terms=tuple(terms))
    except (OverlappingTerms, TermOutsideJob) as cause:
        reason = "overlapping_terms" if isinstance(cause, OverlappingTerms) else "term_outside_job"
        number = next(number for number, term in rows if term["starts_on"] == cause.day)
        raise BadRecord("terms.csv", reason, row=number, column="starts_on", value=str(cause.day)) from cause


def _text(kind: type, rows: Iterable[Any]) -> str:
    out, names = StringIO(), list(columns(kind))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([written(getattr(row, name)) for name in names] for row in rows)
    return out.getvalue()
