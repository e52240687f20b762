"""What the plans show on the page of a participant: two queries, however much there is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.caseload.models import EDUCATION_OVER, Education, EducationState, Participant
from fotfeste_web.plans.models import CareerProfile, JobApplication, SupportMeasure
from fotfeste_web.plans.progress import missing
from fotfeste_web.ui.formats import count, day
from fotfeste_web.ui.rooms import Card, CardLine

from .search import latest_day, state_of

SHOWN = 4


def cards(participant: Participant, *, may_write: bool, today: date) -> Iterator[Card]:
    measures = SupportMeasure.objects.filter(participant=OuterRef("pk"), until_version=None).order_by()
    counted = measures.values("participant").annotate(n=Count("pk")).values("n")
    studies = Education.objects.filter(participant=OuterRef("pk")).order_by("-starts_on", "-pk")
    studies = studies.values(json=JSONObject(id="pk", what="programme", where="place", state="state"))
    person = (
        Participant.objects.select_related("profile", "search_plan", "support_plan")
        .annotate(measures=Coalesce(Subquery(counted), 0), studies=ArraySubquery(studies))
        .get(pk=participant.pk)
    )
    at = [participant.pk]
    yield Card(
        title="Karriereprofil",
        lines=tuple(_profile(getattr(person, "profile", None), at, today)),
        empty="Ikke begynt ennå.",
        links=(("Skriv i karriereprofilen", reverse("profile", args=at)),) if may_write else (),
        order=20,
    )
    yield _search_card(person, list(JobApplication.objects.filter(participant=participant)), may_write, today)
    yield Card(
        title="Jobbstøtteplan",
        lines=tuple(_support(person, at, today)),
        empty="Ingen plan for støtte i jobben ennå.",
        links=(("Skriv i jobbstøtteplanen", reverse("support_plan", args=at)),) if may_write else (),
        order=40,
    )
    if person.studies:
        yield Card(title="Utdanning", lines=tuple(_study(study, may_write) for study in person.studies), order=45)


def _study(study: dict[str, Any], may_write: bool) -> CardLine:
    state = EducationState(study["state"])
    return CardLine(
        text=f"{study['what']}, {study['where']}",
        href=reverse("education_edit", args=[study["id"]]) if may_write else "",
        tag=state.label,
        tag_color="neutral" if state in EDUCATION_OVER else "info",
    )


def _profile(profile: CareerProfile | None, at: list[Any], today: date) -> Iterator[CardLine]:
    if profile is None:
        return
    left = missing(profile)
    saved = day(timezone.localdate(profile.updated_at), today)
    yield CardLine(
        text="Les karriereprofilen",
        href=reverse("profile", args=at),
        detail=f"Sist lagret {saved}" + (f" · {count(len(left), 'del', 'deler')} igjen" if left else ""),
        tag="" if left else "Ferdig utfylt",
        tag_color="success",
    )


def _search_card(person: Participant, rows: list[JobApplication], may_write: bool, today: date) -> Card:
    at = [person.pk]
    plan = getattr(person, "search_plan", None)
    lines = []
    if plan:
        about = [plan.industry, f"ses på igjen {day(plan.review_on, today)}" if plan.review_on else ""]
        detail = " · ".join(filter(None, about))
        lines.append(CardLine(text="Plan for jobbsøk", href=reverse("search_plan", args=at), detail=detail))
    latest = sorted(sorted(rows, key=latest_day, reverse=True), key=lambda row: bool(row.answer))
    for row in latest[:SHOWN]:
        state, color = state_of(row, today)
        href = reverse("application_edit", args=[row.pk]) if may_write else ""
        lines.append(
            CardLine(text=row.place, detail=day(latest_day(row), today), href=href, tag=state, tag_color=color)
        )
    if len(rows) > SHOWN:
        lines.append(CardLine(text=f"Alle {len(rows)} stedene", href=reverse("applications", args=at)))
    links = [("Nytt sted å søke", "application_add"), ("Lag plan for jobbsøk", "search_plan")][: 1 if plan else 2]
    return Card(
        title="Jobbsøk",
        lines=tuple(lines),
        empty="Ingen steder er kontaktet eller søkt på ennå.",
        links=tuple((label, reverse(name, args=at)) for label, name in links) if may_write else (),
        order=30,
    )


def _support(person: Participant, at: list[Any], today: date) -> Iterator[CardLine]:
    plan = getattr(person, "support_plan", None)
    if plan is None:
        return
    review = f"ses på igjen {day(plan.review_on, today)}" if plan.review_on else ""
    helps = count(person.measures, "ting som hjelper", "ting som hjelper")
    yield CardLine(
        text="Les jobbstøtteplanen",
        href=reverse("support_plan", args=at),
        detail=" · ".join(filter(None, [helps, review])),
        tag="Bør ses på igjen" if plan.review_on and plan.review_on <= today else "",
        tag_color="warning",
    )
