"""What the plans show on the page of a participant: one query, however much there is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from fotfeste_web.caseload.models import EDUCATION_OVER, Education, Participant
from fotfeste_web.plans.models import CareerProfile, JobApplication, SearchPlan, SupportMeasure, SupportPlan
from fotfeste_web.plans.progress import missing
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import count, day
from fotfeste_web.ui.rooms import Card, CardLine

from .search import latest_day, state_of

SHOWN = 4


def cards(participant: Participant, *, may_write: bool, today: date) -> Iterator[Card]:
    at = [participant.pk]
    profiles, search_plans, support_plans, measures, applications, studies = _of(participant.pk)
    yield Card(
        title="Karriereprofil",
        lines=tuple(_profile(profile, at, today) for profile in profiles),
        empty="Ikke begynt ennå.",
        links=(("Skriv i karriereprofilen", address("profile", *at)),) if may_write else (),
        order=20,
    )
    yield _search(search_plans, applications, at, may_write, today)
    yield Card(
        title="Jobbstøtteplan",
        lines=tuple(_support(plan, len(measures), at, today) for plan in support_plans),
        empty="Ingen plan for støtte i jobben ennå.",
        links=(("Skriv i jobbstøtteplanen", address("support_plan", *at)),) if may_write else (),
        order=40,
    )
    if studies:
        yield Card(title="Utdanning", lines=tuple(_study(study, may_write) for study in studies), order=45)


@together
def _of(person: Any) -> Lists:
    about = {"participant_id": person}
    return (
        CareerProfile.objects.filter(**about),
        SearchPlan.objects.filter(**about),
        SupportPlan.objects.filter(**about),
        SupportMeasure.objects.filter(until_version=None, **about),
        JobApplication.objects.filter(**about),
        Education.objects.filter(**about).order_by("-starts_on", "-pk"),
    )


def _profile(profile: CareerProfile, at: list[Any], today: date) -> CardLine:
    left = missing(profile)
    saved = day(timezone.localdate(profile.updated_at), today)
    return CardLine(
        text="Les karriereprofilen",
        href=address("profile", *at),
        detail=f"Sist lagret {saved}" + (f" · {count(len(left), 'del', 'deler')} igjen" if left else ""),
        tag="" if left else "Ferdig utfylt",
        tag_color="success",
    )


def _search(plans: list[SearchPlan], rows: list[JobApplication], at: list[Any], may_write: bool, today: date) -> Card:
    """The plan, and the places tried last: those that wait for an answer first."""
    lines = []
    for plan in plans:
        about = [plan.industry, f"ses på igjen {day(plan.review_on, today)}" if plan.review_on else ""]
        detail = " · ".join(filter(None, about))
        lines.append(CardLine(text="Plan for jobbsøk", href=address("search_plan", *at), detail=detail))
    latest = sorted(sorted(rows, key=latest_day, reverse=True), key=lambda row: bool(row.answer))
    for row in latest[:SHOWN]:
        state, color = state_of(row, today)
        href = address("application_edit", row.pk) if may_write else ""
        when = day(latest_day(row), today)
        lines.append(CardLine(text=row.place, detail=when, href=href, tag=state, tag_color=color))
    if rows:
        lines.append(CardLine(text=f"Alle steder ({len(rows)})", href=address("applications", *at)))
    links = [("Nytt sted å søke", "application_add"), *([] if plans else [("Lag plan for jobbsøk", "search_plan")])]
    return Card(
        title="Jobbsøk",
        lines=tuple(lines),
        empty="Ingen steder er kontaktet eller søkt på ennå.",
        links=tuple((label, address(name, *at)) for label, name in links) if may_write else (),
        order=30,
    )


def _support(plan: SupportPlan, measures: int, at: list[Any], today: date) -> CardLine:
    review = f"ses på igjen {day(plan.review_on, today)}" if plan.review_on else ""
    return CardLine(
        text="Les jobbstøtteplanen",
        href=address("support_plan", *at),
        detail=" · ".join(filter(None, [f"{measures} ting som hjelper" if measures else "", review])),
        tag="Bør ses på igjen" if plan.review_on and plan.review_on <= today else "",
        tag_color="warning",
    )


def _study(study: Education, may_write: bool) -> CardLine:
    return CardLine(
        text=f"{study.programme}, {study.place}",
        href=address("education_edit", study.pk) if may_write else "",
        tag=study.get_state_display(),
        tag_color="neutral" if study.state in EDUCATION_OVER else "info",
    )
