"""Supervision that was held, as each may see it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Assignment, Participant
from fotfeste_web.organisations.models import Service
from fotfeste_web.teamwork.forms.supervision import NOTES
from fotfeste_web.teamwork.members import names_of
from fotfeste_web.teamwork.models import Supervision, SupervisionKind, SupervisionNotes, WeekReview
from fotfeste_web.teamwork.weeks import in_words

PER_PAGE = 30
REVIEWS_SHOWN = 8
LABELS = {
    "employers": "Arbeidsgivere dere besøkte",
    "skill_seen": "Ferdighet",
    "model_shown": "Det som ble vist",
    "feedback": "Tilbakemelding",
    "talked_about": "Hva dere snakket om",
    "goals": "Neste mål",
}


def readable(user: User) -> QuerySet[Supervision]:
    """Select what this person may open: the groups of the service, and of two only those where they are one."""
    mine = Q(supervisor=user) | Q(specialist=user)
    return Supervision.objects.filter(Q(kind=SupervisionKind.GROUP) | mine)


@dataclass(frozen=True, slots=True)
class Held:
    id: int
    kind: str
    on: date
    minutes: int
    with_whom: str
    outcome_talk: bool


@dataclass(frozen=True, slots=True)
class OwnReview:
    week: str
    by: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionsPage:
    rows: Page  # of Held
    reviews: list[OwnReview]  # of the own weeks
    filters: list[dict[str, object]]

    @classmethod
    def of(cls, service: Service, user: User, kind: str, number: str) -> "SupervisionsPage":
        mine = readable(user).filter(service=service)
        counts = Counter(mine.values_list("kind", flat=True))
        chosen = mine.filter(kind=kind) if kind in SupervisionKind.values else mine
        page = Paginator(chosen.order_by("-on", "-pk"), PER_PAGE).get_page(number)
        held = list(page.object_list)
        reviews = WeekReview.objects.filter(specialist=user).order_by("-monday")[:REVIEWS_SHOWN]
        ids = {one.supervisor_id for one in held} | {one.specialist_id for one in held}
        names = dict(User.objects.filter(pk__in=ids | {r.reviewed_by_id for r in reviews}).values_list("pk", "name"))
        page.object_list = [
            Held(
                one.pk,
                one.get_kind_display(),
                one.on,
                one.minutes,
                names.get(one.specialist_id if one.supervisor_id == user.pk else one.supervisor_id, "")
                if one.specialist_id
                else "",
                one.outcome_talk,
            )
            for one in held
        ]
        return cls(
            rows=page,
            reviews=[
                OwnReview(in_words(r.monday).capitalize(), names.get(r.reviewed_by_id, ""), r.comment) for r in reviews
            ],
            filters=[
                {"label": "Alle", "href": f"?tjeneste={service.pk}", "current": not kind, "count": counts.total()},
                *(
                    {
                        "label": label,
                        "href": f"?tjeneste={service.pk}&type={value}",
                        "current": kind == value,
                        "count": counts[value],
                    }
                    for value, label in SupervisionKind.choices
                ),
            ],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionPage:
    title: str
    facts: list[tuple[str, str]]
    texts: list[tuple[str, str]]
    people: list[tuple[UUID, str]]
    on: date
    private: bool

    @classmethod
    def of(cls, held: Supervision) -> "SupervisionPage":
        kind = SupervisionKind(held.kind)
        group = kind == SupervisionKind.GROUP
        facts = [("Varighet", f"{held.minutes} min"), ("Metodeveileder", held.supervisor.name)]
        if group:
            facts.append(("Til stede", ", ".join(names_of(held.present))))
            texts = [("Ideer", held.ideas), ("Vikar avtalt", held.cover_arranged)]
        else:
            facts.append(("Jobbspesialist", held.specialist.name))
            if kind == SupervisionKind.INDIVIDUAL:
                facts.append(("Gikk gjennom resultater", "Ja" if held.outcome_talk else "Nei"))
            notes = SupervisionNotes.objects.get(supervision=held)
            texts = [(LABELS[name], getattr(notes, name)) for name in NOTES[kind]]
        about = Participant.objects.filter(pk__in=held.about.values("participant")).order_by("first_name")
        return cls(
            title=kind.label,
            facts=facts,
            texts=[(label, text) for label, text in texts if text],
            people=[(person.pk, str(person)) for person in about],
            on=held.on,
            private=not group,
        )


def to_choose(service: Service, today: date, chosen: Supervision) -> list[tuple[Participant, str]]:
    """Give those who are followed in the service, by job specialist, and those who are chosen already."""
    live = Q(ends_on=None) | Q(ends_on__gt=today)
    rows = Assignment.objects.filter(live, starts_on__lte=today, participant__service=service)
    rows = rows.select_related("participant", "specialist").order_by("specialist__name", "participant__first_name")
    people = {row.participant: f"{row.participant.short_name} · {row.specialist.name}" for row in rows}
    for line in chosen.about.select_related("participant") if chosen.pk else ():
        people.setdefault(line.participant, line.participant.short_name)
    return list(people.items())
