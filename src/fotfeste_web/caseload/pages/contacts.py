"""The pages about contacts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from fotfeste_web.caseload.contact_beginning import KINDS, Beginning
from fotfeste_web.caseload.figures_of_contacts import counts, field_minutes_of, why_not
from fotfeste_web.caseload.models import Contact, ContactKind, ContactParticipant, ContactStatus, Participant
from fotfeste_web.ui.formats import clock, day

TRACKED = (
    "status", "on", "starts_at", "minutes", "channel", "place", "employer", "met", "decision_maker", "purpose",
    "made_by", "specialist", "summary",
)  # fmt: skip
DECIDED = {True: "Ja", False: "Nei", None: "Ikke svart"}


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    at: datetime
    by: str
    changes: list[Change]  # empty for the first


@dataclass(frozen=True, slots=True)
class Line:
    participant_id: UUID
    name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPage:
    id: int
    title: str
    status: str
    is_planned: bool
    facts: list[tuple[str, str]]
    employer_id: int | None
    is_with_employer: bool
    counts: bool
    counts_for_nav: bool
    why_not: list[str]
    field_minutes: int
    travel_minutes: int | None
    summary: str
    lines: list[Line]
    versions: list[Version]
    may_change: bool

    @classmethod
    def of(
        cls, contact: Contact, participants: Sequence[Participant], *, may_change: bool, today: date
    ) -> "ContactPage":
        """Show a contact with those of its participants that this person may see."""
        names = {participant.pk: participant.short_name for participant in participants}
        lines = list(contact.for_participants.filter(participant_id__in=names).order_by("pk"))
        reasons = why_not(contact)
        return cls(
            id=contact.pk,
            title=title_of(contact),
            status=contact.get_status_display(),
            is_planned=contact.status == ContactStatus.PLANNED,
            facts=_facts(contact, today),
            employer_id=contact.employer_id if contact.employer else None,
            is_with_employer=contact.kind == ContactKind.EMPLOYER,
            counts=not reasons,
            counts_for_nav=counts(contact, decision_maker_required=True),
            why_not=reasons,
            field_minutes=field_minutes_of(contact),
            travel_minutes=contact.round.travel_minutes if contact.round else None,
            summary=contact.summary,
            lines=[Line(line.participant_id, names[line.participant_id], line.note) for line in lines],
            versions=_versions(contact, lines, names),
            may_change=may_change,
        )


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    current: bool


def kind_links(beginning: Beginning, query: Any) -> list[Link]:
    """Link to the same form for another kind of contact, with what the address says besides."""
    links = []
    for code, kind in KINDS.items():
        asked = query.copy()
        asked["type"] = code
        links.append(Link(SHORT_KINDS[kind], f"?{asked.urlencode()}", kind == beginning.kind))
    return links


SHORT_KINDS = {
    ContactKind.EMPLOYER: "Arbeidsgiver",
    ContactKind.PARTICIPANT: "Deltaker",
    ContactKind.NAV: "NAV",
    ContactKind.TREATMENT_TEAM: "Behandlingsteam",
    ContactKind.OTHER: "Annet",
}


def title_of(contact: Contact) -> str:
    """Name a contact without naming a participant."""
    return f"Møte med {contact.employer}" if contact.employer else contact.get_kind_display()


def when(contact: Contact, today: date) -> str:
    at = f" kl. {clock(contact.starts_at)}" if contact.starts_at else ""
    return f"{day(contact.on, today)}{at}"


def _facts(contact: Contact, today: date) -> list[tuple[str, str]]:
    facts = [
        ("Når", when(contact, today)),
        ("Varighet", f"{contact.minutes} min" if contact.minutes else ""),
        ("Hvordan", contact.get_channel_display()),
        ("Hvor", contact.get_place_display()),
        ("Jobbspesialist", str(contact.specialist)),
    ]
    if contact.employer_id:
        facts += [
            ("Hvem hos arbeidsgiveren", contact.met),
            ("En som bestemmer var med", DECIDED[contact.decision_maker]),
            ("Formål", contact.get_purpose_display()),
            ("Hvem tok kontakten", contact.get_made_by_display()),
        ]
    return [(label, text) for label, text in facts if text]


def _versions(contact: Contact, lines: Sequence[ContactParticipant], names: dict[UUID, str]) -> list[Version]:
    """Tell what was saved when, by whom, the latest first. What was saved together has the same moment."""
    saved: dict[datetime, list[Change]] = defaultdict(list)
    authors: dict[datetime, str] = {}
    earlier: Any = None
    for event in contact.events.select_related("employer", "specialist", "updated_by").order_by("pgh_id"):
        authors[event.pgh_created_at] = str(event.updated_by or event.specialist)
        saved[event.pgh_created_at] += _changes(earlier, event) if earlier else []
        earlier = event
    notes: dict[int, Any] = {}
    events = ContactParticipant.events.rel.related_model.objects.filter(pgh_obj__in=lines)  # type: ignore[attr-defined]
    for event in events.order_by("pgh_id"):
        before = notes.get(event.pgh_obj_id)
        if before is not None and before.note != event.note:
            label = f"Om {names[event.participant_id]}"
            saved[event.pgh_created_at].append(Change(label, before.note, event.note))
        notes[event.pgh_obj_id] = event
    return [Version(at, authors.get(at, ""), saved[at]) for at in sorted(saved, reverse=True)]


def _changes(before: Model, after: Model) -> list[Change]:
    pairs = [(name, _said(before, name), _said(after, name)) for name in TRACKED]
    return [
        Change(str(Contact._meta.get_field(name).verbose_name).capitalize(), old, new)
        for name, old, new in pairs
        if old != new
    ]


def _said(row: Any, name: str) -> str:
    value = getattr(row, name)
    if name == "decision_maker":
        return DECIDED[value]
    if name == "on":
        return day(value)
    if name == "starts_at":
        return clock(value) if value else ""
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else "" if value is None else value)
