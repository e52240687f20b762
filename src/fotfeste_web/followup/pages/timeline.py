"""What following up gives to the timeline: advice, attempts, the person's no, and notes: one query, and the names."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from fotfeste_web.accounts.models import User
from fotfeste_web.followup.models import BenefitsAdvice, FollowUpDeclined, Note, NoteState, OutreachAttempt
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import day
from fotfeste_web.ui.rooms import TimelineItem

from .notes import COLORS
from .outreach import who_tried


def timeline(participant_id: UUID, *, may_write: bool, today: date) -> Iterator[TimelineItem]:
    advice, attempts, declined, notes = _rows(participant_id)
    users = {attempt.logged_by_id for attempt in attempts} | {note.author_id for note in notes}
    names = dict(User.objects.filter(pk__in=users).values_list("pk", "name")) if users else {}
    for row in advice:
        yield _advice(row, may_write, today)
    for row in attempts:
        yield _attempt(row, names, may_write, today)
    for row in declined:
        yield _declined(row, today)
    for row in notes:
        yield _note(row, names)


@together
def _rows(person: Any) -> Lists:
    about = {"participant_id": person}
    return (
        BenefitsAdvice.objects.filter(**about),
        OutreachAttempt.objects.filter(**about),
        FollowUpDeclined.objects.filter(**about),
        Note.objects.filter(**about),
    )


def _advice(row: BenefitsAdvice, may_write: bool, today: date) -> TimelineItem:
    again = f"neste gang {day(row.next_on, today)}" if row.next_on else ""
    return TimelineItem(
        on=row.on,
        title="Økonomisk rådgivning",
        who=row.adviser,
        detail=" · ".join(filter(None, [row.get_occasion_display().lower(), again])),
        lines=_some(row.effect),
        href=address("advice_edit", row.pk) if may_write else "",
        order=4,
    )


def _attempt(row: OutreachAttempt, names: dict[int, str], may_write: bool, today: date) -> TimelineItem:
    step = f"Neste steg {day(row.next_on, today)}: {row.next_step}" if row.next_on else ""
    return TimelineItem(
        on=row.on,
        title=f"Oppsøking: {row.get_how_display()}",
        who=who_tried(row, names),
        lines=(*_some(row.note), *_some(step)),
        tag="Fikk kontakt" if row.reached else "Fikk ikke kontakt",
        tag_color="success" if row.reached else "warning",
        href=address("outreach_edit", row.pk) if may_write else "",
        order=4,
    )


def _declined(row: FollowUpDeclined, today: date) -> TimelineItem:
    return TimelineItem(
        on=row.starts_on,
        title="Ønsker ikke oppfølging nå",
        detail=f"spør igjen {day(row.ends_on, today)}",
        lines=(f"«{row.words}»",),
        color="neutral",
        order=8,
    )


def _note(row: Note, names: dict[int, str]) -> TimelineItem:
    state = NoteState(row.state)
    return TimelineItem(
        on=row.on,
        title=row.get_kind_display(),
        who=names.get(row.author_id, ""),
        lines=_some(row.text),
        tag="" if state is NoteState.SERVICE else state.label,
        tag_color=COLORS[state],
        href=address("note", row.pk),
        order=4,
    )


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
