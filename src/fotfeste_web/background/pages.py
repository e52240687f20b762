"""What the pages of one's own long work show."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models
from django.utils import timezone

from fotfeste_web.rows.kept import rules_by_table

from .kinds import kind_named
from .models import State, Work

COLOURS = {State.WAITING: "neutral", State.DOING: "info", State.DONE: "success", State.FAILED: "danger"}
NEWEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    id: UUID
    name: str
    asked_at: datetime
    state: str
    colour: str
    done: int
    total: int
    ended: bool
    failed: bool
    sentence: str
    link: str
    file_name: str
    gone_on: date

    @classmethod
    def of(cls, work: Work) -> "WorkPage":
        kind, days = kind_named(work.kind), rules_by_table()[Work._meta.db_table].days
        return cls(
            id=work.pk,
            name=kind.name if kind else "Arbeid i bakgrunnen",
            asked_at=work.asked_at,
            state=work.get_state_display(),
            colour=COLOURS[State(work.state)],
            done=work.done,
            total=work.total,
            ended=work.ended,
            failed=work.state == State.FAILED,
            sentence=work.sentence,
            link=work.link,
            file_name=work.file_name if work.has_file else "",
            gone_on=timezone.localdate(work.asked_at) + timedelta(days=days or 0),
        )


def without_files() -> models.QuerySet[Work]:
    """Give the works of the one who asks, as the row rule decides; whether a file is there, without reading it."""
    return Work.objects.defer("file").annotate(has_file=models.Q(file__isnull=False))


def works_of_mine() -> list[WorkPage]:
    return [WorkPage.of(work) for work in without_files()[:NEWEST]]
