"""The quality report as others may see it: before and from 2015, and nothing that few people are behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from fotfeste.register.disclosure import SMALL, Counts, protect
from fotfeste.register.quality import FileYear, Finding, Quality
from fotfeste.register.rules import PAY_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Rows of a file, or those of them that a check found: in all, before 2015, and since; shares are of the file's.

    Rows without a day are in ``rows`` alone. None is held back, or a share of nothing.
    """

    file: str
    check: str | None
    rows: int | None
    before: int | None
    since: int | None
    share: float | None = None
    share_before: float | None = None
    share_since: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuality:
    """``files`` and ``findings`` as ``Shown``; the rest as in ``Quality``."""

    people: int | None
    files: tuple[Shown, ...]
    checks: tuple[str, ...]
    findings: tuple[Shown, ...]
    ignored_columns: Mapping[str, tuple[str, ...]]
    small_cells_below: int


def for_others(told: Quality, *, below: int = SMALL) -> ShownQuality:
    """Hold back what fewer than ``below`` people are behind, and what it could be worked out from; 0 shows all.

    In two periods and not by year, for many years of few people leave little to show. The people of a period are at
    least those of its largest year, and no more are counted on; of rows that a check did not find, each is a person.
    """
    files, findings = [], []
    for name in dict.fromkeys(one.file for one in told.files):
        file = [one for one in told.files if one.file == name]
        rows, people = _rows(file), _people(file)
        alone = protect(rows[:, None], below=below, people=np.column_stack((people, people)))
        checks = list(dict.fromkeys(one.check for one in told.findings if one.file == name))
        tables = []
        for check in checks:
            some = [one for one in told.findings if (one.check, one.file) == (check, name)]
            found, rest = _rows(some), rows - _rows(some)
            behind = np.column_stack((_people(some), [*rest, rest.sum()], people))
            tables.append(protect(np.column_stack((found, rest)), below=below, people=behind))
        # Its sums are in every table of a file: what one of them holds back, another would show.
        whole = not any(None in (*table.row_sums, table.total) for table in (alone, *tables))
        of = Shown(
            file=name, check=None, rows=alone.total, before=alone.row_sums[0], since=alone.row_sums[1]
        ) if whole else Shown(file=name, check=None, rows=None, before=None, since=None)  # fmt: skip
        files.append(of)
        for check, table in zip(checks, tables, strict=True):
            before, since, all_ = (table.cells[0][0], table.cells[1][0], table.column_sums[0]) if whole else (None,) * 3
            findings.append(Shown(
                file=name, check=check, rows=all_, before=before, since=since, share=_share(all_, of.rows),
                share_before=_share(before, of.before), share_since=_share(since, of.since),
            ))  # fmt: skip
    order = {(one.check, one.file): place for place, one in reversed(list(enumerate(told.findings)))}
    return ShownQuality(
        people=None if told.people < below else told.people,
        files=tuple(files),
        checks=told.checks,
        findings=tuple(sorted(findings, key=lambda one: order[str(one.check), one.file])),
        ignored_columns=told.ignored_columns,
        small_cells_below=below,
    )


def _period(year: int | None) -> int:
    return 2 if year is None else int(year >= PAY_FROM.year)


def _rows(years: Iterable[FileYear | Finding]) -> Counts:
    told = np.zeros(3, dtype=np.int64)
    for one in years:
        told[_period(one.year)] += one.rows
    return told


def _people(years: Iterable[FileYear | Finding]) -> Counts:
    """At least how many people are behind each period, and behind all."""
    told = np.zeros(4, dtype=np.int64)
    for one in years:
        told[[_period(one.year), 3]] = np.maximum(told[[_period(one.year), 3]], one.people)
    return told


def _share(rows: int | None, of: int | None) -> float | None:
    return rows / of if of and rows is not None else None
