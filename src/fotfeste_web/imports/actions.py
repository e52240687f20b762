"""What is done with a spreadsheet: taken in, checked, stored, undone, thrown away."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pghistory
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.background.actions import ask
from fotfeste_web.background.models import Work
from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import Service

from .examining import Examined, table_of
from .files import fetch, keep, keep_findings, take_away
from .kinds import KINDS
from .marking import marked
from .matching import match_again
from .models import FileOfImport, Import, State

OPEN = (State.UPLOADED, State.CHECKED)
EVENTS_AT_ONCE = 1000


class NoLongerOpen(Exception):
    """The import is stored, undone or thrown away already: somebody else was first, or this is the second time."""


@action
def upload(*, service: Service, kind: str, content: bytes, by: User) -> Import:
    one = Import.objects.create(service=service, kind=kind, uploaded_by=by)
    keep(one, FileOfImport.UPLOADED, content)
    record("imports.uploaded", subject=one, by=by, kind=kind, size=len(content))
    return one


@action
def replace(one: Import, *, content: bytes, by: User) -> Import:
    """Take a corrected file in the place of the one there was; what the check found goes with that."""
    one = locked(one.pk, *OPEN)
    kind, before = KINDS[one.kind], fetch(one, FileOfImport.UPLOADED)
    if before and one.columns:
        matched = dict(zip(table_of(before, kind).headings, one.columns, strict=True))
        one.columns = match_again(table_of(content, kind).headings, kind, matched)
    take_away(one)
    keep(one, FileOfImport.UPLOADED, content)
    one.state, one.counts, one.work_id = State.UPLOADED, {}, None
    one.save()
    record("imports.replaced", subject=one, by=by, kind=one.kind, size=len(content))
    return one


@action
def ask_for(one: Import, work: str, *, by: User, columns: Sequence[str] | None = None) -> Work:
    """Have an import checked, stored or undone in the background."""
    one = locked(one.pk, *(State.STORED,) if work == "import_undo" else OPEN)
    asked = ask(work, about={"import": str(one.pk)}, by=by, back=reverse("import_one", args=[one.pk]))
    one.work_id = asked.pk
    if columns is not None:
        one.columns, one.state = list(columns), State.UPLOADED
    one.save()
    record("imports.asked", subject=one, by=by, work=work)
    return asked


@action
def note_check(one: Import, examined: Examined, *, by: User) -> Import:
    """Keep what the check found, and who the file was found to tell of."""
    one.state, one.counts = State.CHECKED, examined.counts
    one.save()
    take_away(one, FileOfImport.UPLOADED)
    keep_findings(one, examined.findings())
    if one.counts["bad"] or one.counts["doubtful"]:
        keep(one, FileOfImport.MARKED, marked(examined))
    if seen := examined.examiner.seen():
        ReadEvent.objects.create(
            user=by, service_id=one.service_id, participants=sorted(seen), page="import", ground="list"
        )
    record("imports.checked", subject=one, by=by, kind=one.kind, **one.counts)
    return one


@action
def store(one: Import, examined: Examined, *, by: User, progress: Any) -> Import:
    """Store all that is new. The history has it under one context, by which the whole can be undone."""
    made, about = Counter[str](), Counter[UUID]()
    with connection.cursor() as cursor:  # what waits to be checked is gone through again for each row of history
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pghistory.context(import_id=str(one.pk)) as context:
        for done, rows in examined.examiner.make(examined.new, by):
            progress(done, len(examined.new))
            if rows:  # those of one step are of one model
                type(rows[0])._default_manager.bulk_create(rows)
                made[rows[0]._meta.db_table] += len(rows)
                about.update(_about(rows))
        one.state, one.context_id = State.STORED, context.id
        one.counts = {**examined.counts, "made": dict(made)}
        one.ended_by, one.ended_at = by, timezone.now()
        one.save()
    take_away(one)
    _tell(one, "imports.stored", about, by)
    record("imports.confirmed", subject=one, by=by, kind=one.kind, rows=len(examined.new))
    return one


@action
def undo(one: Import, *, by: User) -> Import:
    """Take away all that an import made. ``Held`` says what has been built on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT held_by, why, times FROM undo_import(%s)", [one.pk])
        if held := cursor.fetchall():
            raise Held(held)
    told = WriteEvent.objects.filter(action="imports.stored", subject_id=str(one.pk), participant_id__isnull=False)
    _tell(one, "imports.undone", Counter(told.values_list("participant_id", flat=True)), by)
    one.state, one.ended_by, one.ended_at = State.UNDONE, by, timezone.now()
    one.save()
    record("imports.undone", subject=one, by=by, kind=one.kind)
    return one


@action
def discard(one: Import, *, by: User) -> Import:
    one = locked(one.pk, *OPEN)
    take_away(one)
    one.state, one.ended_by, one.ended_at = State.DISCARDED, by, timezone.now()
    one.save()
    record("imports.discarded", subject=one, by=by, kind=one.kind)
    return one


class Held(Exception):
    """Something has been built on what the import made: which tables, whether changed or hanging on it, how often."""

    def __init__(self, by: list[tuple[str, str, int]]) -> None:
        super().__init__()
        self.by = by


def locked(key: UUID, *states: State) -> Import:
    """Hold an import that is to be changed, in a state in which it can be."""
    one = Import.objects.select_for_update(of=("self",)).select_related("service").get(pk=key)
    if one.state not in states:
        raise NoLongerOpen
    return one


def _about(rows: Sequence[Any]) -> list[UUID]:
    """Of which participants these rows are: each row of a person counts, the person itself too."""
    if isinstance(rows[0], Participant):
        return [row.pk for row in rows]
    return [row.participant_id for row in rows if getattr(row, "participant_id", None)]


def _tell(one: Import, name: str, about: Counter[UUID], by: User) -> None:
    """Leave one line in the log of each participant."""
    WriteEvent.objects.bulk_create(
        (
            WriteEvent(
                user=by,
                service_id=one.service_id,
                participant_id=participant,
                action=name,
                subject_type=one._meta.label_lower,
                subject_id=str(one.pk),
                details={"kind": one.kind, "rows": times},
            )
            for participant, times in about.items()
        ),
        batch_size=EVENTS_AT_ONCE,
    )
