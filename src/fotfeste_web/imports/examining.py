"""Hold every row of a file against the columns, the other rows and the service. Nothing is stored here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fotfeste_web.organisations.models import Service

from .kinds.kind import Examiner, Kind, Verdict
from .matching import explanations, known_words
from .reading import Line, Table, read_table
from .rows_read import Reader, Row

LISTED = 500  # of each sort: the file with the column for errors has them all


@dataclass(slots=True, kw_only=True)
class Examined:
    kind: Kind
    table: Table
    lines: list[Line]
    rows: list[Row]
    examiner: Examiner
    by_verdict: dict[Verdict, list[Row]] = field(default_factory=lambda: {verdict: [] for verdict in Verdict})

    @property
    def new(self) -> list[Row]:
        return self.by_verdict[Verdict.NEW]

    @property
    def bad(self) -> list[Row]:
        return [row for row in self.rows if row.is_bad()]

    @property
    def doubtful(self) -> list[Row]:
        """Rows to be stored with something that somebody should look at."""
        return [row for row in self.new if row.findings]

    @property
    def counts(self) -> dict[str, int]:
        found = {verdict.value: len(rows) for verdict, rows in self.by_verdict.items()}
        return {"rows": len(self.rows), "bad": len(self.bad), "doubtful": len(self.doubtful), **found}

    def heading(self, key: str) -> str:
        return next((column.heading for column in self.kind.columns if column.key == key), "Hele raden")

    def findings(self) -> dict[str, Any]:
        """What the page about the check shows: the first of each sort."""
        told = [(row, finding) for row in (*self.bad, *self.doubtful) for finding in row.findings]
        return {
            sort: [
                [row.number, self.heading(finding.key), row.texts.get(finding.key, ""), finding.reason]
                for row, finding in told
                if finding.doubt is doubt
            ][:LISTED]
            for sort, doubt in (("wrong", False), ("doubts", True))
        } | {
            verdict.value: [row.number for row in self.by_verdict[verdict]][:LISTED]
            for verdict in (Verdict.ALREADY, Verdict.TWICE)
        }


def table_of(content: bytes, kind: Kind) -> Table:
    return read_table(content, known=known_words(kind), explanations=explanations(kind))


def examine(
    content: bytes, kind: Kind, match: Sequence[str], *, service: Service, today: date, progress: Any
) -> Examined:
    table = table_of(content, kind)
    lines = list(table.rows)
    reader = Reader(kind.columns, match)
    rows = [reader.read(line) for line in lines]
    examiner = kind.examiner(service, rows, today)
    examined = Examined(kind=kind, table=table, lines=lines, rows=rows, examiner=examiner)
    for done, row in enumerate(rows):
        progress(done, len(rows))
        verdict = examiner.look(row)
        if not row.is_bad():
            examined.by_verdict[verdict].append(row)
    return examined
