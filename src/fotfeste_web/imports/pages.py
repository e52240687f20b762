"""What is shown of spreadsheets: those that came, the columns of one, what the check found, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from fotfeste_web.background.models import Work
from fotfeste_web.caseload.models import ContactParticipant
from fotfeste_web.rows.kept import rules_by_table
from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import Scope
from fotfeste_web.ui.formats import count, local_date, number

from .files import findings_of
from .kinds import KINDS
from .matching import match
from .models import Import, State
from .reading import Table

PREVIEWED = 5
SHOWN = 100
COLOURS = {State.UPLOADED: "neutral", State.CHECKED: "info", State.STORED: "success"}
STEPS = ("Fil", "Kolonner", "Kontroll", "Hentet inn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    label: str
    done: bool
    current: bool


def steps(current: int) -> list[Step]:
    return [Step(label=label, done=at < current, current=at == current) for at, label in enumerate(STEPS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    id: UUID
    title: str
    state: str
    colour: str
    at: datetime
    by: str
    told: str

    @classmethod
    def of(cls, one: Import) -> "ImportLine":
        return cls(
            id=one.pk,
            title=one.get_kind_display(),
            state=one.get_state_display(),
            colour=COLOURS.get(State(one.state), "neutral"),
            at=one.uploaded_at,
            by=one.uploaded_by.name,
            told=_told(one),
        )


def _told(one: Import) -> str:
    kind, counts = KINDS[one.kind], one.counts
    if one.state in (State.STORED, State.UNDONE):
        return f"{count(counts['new'], kind.one, kind.many)} fra {count(counts['rows'], 'rad', 'rader')}"
    if one.state == State.CHECKED:
        return f"{count(counts['rows'], 'rad', 'rader')}, {number(counts['bad'])} må rettes"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsPage:
    lines: tuple[ImportLine, ...]
    kinds: tuple[tuple[str, str], ...]  # word and name, for the templates to download

    @classmethod
    def of(cls, scope: Scope) -> "ImportsPage":
        newest = Import.objects.filter(service__in=scope.services(Permission.IMPORT_RECORDS))
        rows = newest.select_related("uploaded_by").order_by("-uploaded_at")[:SHOWN]
        return cls(
            lines=tuple(map(ImportLine.of, rows)), kinds=tuple((kind.word, kind.name) for kind in KINDS.values())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsPage:
    """The columns of the file with the first rows, and which of ours they were taken for."""

    id: UUID
    title: str
    steps: list[Step]
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    found: list[str]
    unmatched: tuple[str, ...]

    @classmethod
    def of(cls, one: Import, table: Table) -> "ColumnsPage":
        width = len(table.headings)
        rows = [cells[:width] for _, cells in islice(table.rows, PREVIEWED)]
        found = one.columns if len(one.columns) == width else match(table.headings, KINDS[one.kind])
        unmatched = (heading for heading, key in zip(table.headings, found, strict=True) if heading and not key)
        return cls(
            id=one.pk,
            title=one.get_kind_display(),
            steps=steps(1),
            headings=table.headings,
            rows=rows,
            found=found,
            unmatched=tuple(unmatched),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """How far an import has come."""

    id: UUID
    title: str
    service: str
    steps: list[Step]
    state: str
    working: UUID | None  # the work in the background that this person waits for
    counts: dict[str, int]
    will_make: str
    made: tuple[tuple[str, str], ...]
    wrong: tuple[FindingLine, ...]
    doubts: tuple[FindingLine, ...]
    already: str
    twice: str
    gone_on: date | None
    ended_by: str
    ended_at: datetime | None

    @classmethod
    def of(cls, one: Import) -> "ImportPage":
        kind = KINDS[one.kind]
        findings = findings_of(one) if one.state == State.CHECKED else {}
        work = Work.objects.filter(pk=one.work_id).only("state").first() if one.work_id else None
        return cls(
            id=one.pk,
            title=kind.name,
            service=str(one.service),
            steps=steps(3 if one.state in (State.STORED, State.UNDONE) else 2),
            state=one.state,
            working=work.pk if work and not work.ended else None,
            counts=one.counts,
            will_make=count(one.counts.get("new", 0), kind.one, kind.many),
            made=tuple(_made(one.counts.get("made", {}))),
            wrong=_lines(findings.get("wrong", ())),
            doubts=_lines(findings.get("doubts", ())),
            already=_numbers(findings.get("already", ())),
            twice=_numbers(findings.get("twice", ())),
            gone_on=_gone_on(one) if one.state in (State.UPLOADED, State.CHECKED) else None,
            ended_by=one.ended_by.name if one.ended_by else "",
            ended_at=one.ended_at,
        )


def _lines(findings: Sequence[list[Any]]) -> tuple[FindingLine, ...]:
    return tuple(FindingLine(row=row, column=c, value=v, reason=r) for row, c, v, r in findings[:SHOWN])


def _numbers(rows: Sequence[int]) -> str:
    told = ", ".join(map(str, rows[:SHOWN]))
    return f"{told} …" if len(rows) > SHOWN else told


def _made(made: dict[str, int]) -> list[tuple[str, str]]:
    """Name what was stored, by the names that the rules of retention have for the tables."""
    rules, beside = rules_by_table(), ContactParticipant._meta.db_table
    return [(rules[table].label, number(times)) for table, times in made.items() if table != beside]


def _gone_on(one: Import) -> date | None:
    days = rules_by_table()["imports_importfile"].days or 0
    return local_date(one.uploaded_at) + timedelta(days=days)
