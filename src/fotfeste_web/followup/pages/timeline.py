"""What following up gives to the timeline: advice, attempts, the person's no, and notes: one query, and the names."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, BooleanField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from fotfeste_web.accounts.models import User
from fotfeste_web.followup.models import (
    BenefitsAdvice,
    FollowUpDeclined,
    How,
    MadeBy,
    Note,
    NoteKind,
    NoteState,
    Occasion,
    OutreachAttempt,
)
from fotfeste_web.ui.formats import day
from fotfeste_web.ui.rooms import TimelineItem

from .notes import COLORS

COLUMNS = ("what", "number", "day", "until", "said", "more", "code", "by", "yes", "person")


def timeline(participant_id: UUID, *, may_write: bool, today: date) -> Iterator[TimelineItem]:
    about = {"participant_id": participant_id}
    sources = {
        "advice": _told(
            BenefitsAdvice.objects.filter(**about), "on", "next_on", "effect", "adviser", "occasion", yes="trained"
        ),
        "attempt": _told(
            OutreachAttempt.objects.filter(**about), "on", "next_on", "note", "next_step", "how", "made_by", "reached",
            "logged_by_id",
        ),
        "declined": _told(FollowUpDeclined.objects.filter(**about), "starts_on", "ends_on", "words"),
        "note": _told(Note.objects.filter(**about), "on", said="text", code="kind", by="state", person="author_id"),
    }  # fmt: skip
    first, *others = (rows.annotate(what=Value(what)).values_list(*COLUMNS) for what, rows in sources.items())
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in first.union(*others, all=True)]
    people = {row["person"] for row in rows} - {None}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    makers = {"advice": _advice, "attempt": _attempt, "declined": _declined, "note": _note}
    for row in rows:
        yield makers[row["what"]](row, names.get(row["person"], ""), may_write, today)


def _told(
    rows: QuerySet[Any],
    day: str,
    until: str | None = None,
    said: str | None = None,
    more: str | None = None,
    code: str | None = None,
    by: str | None = None,
    yes: str | None = None,
    person: str | None = None,
) -> Any:
    """Say rows of any table in the same columns."""
    kinds = {
        DateField(): {"day": day, "until": until},
        TextField(): {"said": said, "more": more, "code": code, "by": by},
        BooleanField(): {"yes": yes},
        BigIntegerField(): {"person": person},
    }
    columns = {
        name: Cast(F(own) if own else Value(None), kind) for kind, of in kinds.items() for name, own in of.items()
    }
    return rows.order_by().annotate(number=F("pk"), **columns)


def _advice(row: dict[str, Any], name: str, may_write: bool, today: date) -> TimelineItem:
    again = f"neste gang {day(row['until'], today)}" if row["until"] else ""
    return TimelineItem(
        on=row["day"],
        title="Økonomisk rådgivning",
        who=row["more"],
        detail=" · ".join(filter(None, [Occasion(row["code"]).label.lower(), again])),
        lines=_some(row["said"]),
        href=reverse("advice_edit", args=[row["number"]]) if may_write else "",
        order=4,
    )


def _attempt(row: dict[str, Any], name: str, may_write: bool, today: date) -> TimelineItem:
    who = {MadeBy.SPECIALIST: name, MadeBy.TEAM: "Behandlingsteamet"}.get(row["by"], f"{name} og behandlingsteamet")
    step = f"Neste steg {day(row['until'], today)}: {row['more']}" if row["until"] else ""
    return TimelineItem(
        on=row["day"],
        title=f"Oppsøking: {How(row['code']).label}",
        who=who,
        lines=(*_some(row["said"]), *_some(step)),
        tag="Fikk kontakt" if row["yes"] else "Fikk ikke kontakt",
        tag_color="success" if row["yes"] else "warning",
        href=reverse("outreach_edit", args=[row["number"]]) if may_write else "",
        order=4,
    )


def _declined(row: dict[str, Any], name: str, may_write: bool, today: date) -> TimelineItem:
    return TimelineItem(
        on=row["day"],
        title="Ønsker ikke oppfølging nå",
        detail=f"spør igjen {day(row['until'], today)}",
        lines=(f"«{row['said']}»",),
        color="neutral",
        order=8,
    )


def _note(row: dict[str, Any], name: str, may_write: bool, today: date) -> TimelineItem:
    state = NoteState(row["by"])
    return TimelineItem(
        on=row["day"],
        title=NoteKind(row["code"]).label,
        who=name,
        lines=_some(row["said"]),
        tag="" if state is NoteState.SERVICE else state.label,
        tag_color=COLORS[state],
        href=reverse("note", args=[row["number"]]),
        order=4,
    )


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
