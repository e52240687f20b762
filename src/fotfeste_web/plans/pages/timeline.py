"""What the plans have of the timeline: sessions on the profile, new versions, places tried. One query."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, F, IntegerField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Openness, Participant
from fotfeste_web.plans.models import Answer, CareerProfile, JobApplication, SearchPlan, SupportPlan
from fotfeste_web.ui.rooms import TimelineItem

# What a new version is called, and the page on which it can be read beside the one before.
VERSIONS = {
    "profile": ("Karriereprofil", CareerProfile, "profile_versions"),
    "openness": ("Åpenhetsplan", Openness, "openness_versions"),
    "search": ("Plan for jobbsøk", SearchPlan, "search_plan_versions"),
    "support": ("Jobbstøtteplan", SupportPlan, "support_plan_versions"),
}
STEPS = {"contacted_on": "Tok kontakt med", "applied_on": "Søkte hos", "interview_on": "Intervju hos"}
COLUMNS = ("what", "on", "who", "text", "number")


def timeline(participant: Participant, *, may_write: bool) -> Iterator[TimelineItem]:
    first, *others = [
        *(_versions(what, model, participant) for what, (_, model, _) in VERSIONS.items()),
        *(_applications(step, participant) for step in (*STEPS, "answered_on")),
    ]
    for what, on, who, text, number in first.union(*others, all=True):
        if what in VERSIONS:
            yield _version(participant, what, on, who, number)
        else:
            yield _application(what, on, text, number, may_write)


def _versions(what: str, model: Any, participant: Participant) -> QuerySet[Any]:
    """Give the last version of each day, with who wrote it."""
    name = User.objects.filter(pk=OuterRef("updated_by_id")).values("name")[:1]
    return (
        model.pgh_event_model.objects.filter(participant_id=participant.pk, version__gt=0)
        .annotate(what=Value(what), on=TruncDate("pgh_created_at"), who=Subquery(name), text=Value(""))
        .values("what", "on", "who", "text")
        .annotate(number=Max("version"))
        .order_by()
        .values_list(*COLUMNS)
    )


def _applications(step: str, participant: Participant) -> QuerySet[Any]:
    answer = F("answer") if step == "answered_on" else Value(step)
    return (
        JobApplication.objects.filter(participant=participant, **{f"{step}__isnull": False})
        .annotate(
            what=Cast(answer, CharField()),
            on=F(step),
            who=Value(""),
            text=F("place"),
            number=Cast("pk", IntegerField()),
        )
        .values_list(*COLUMNS)
    )


def _version(participant: Participant, what: str, on: date, who: str, number: int) -> TimelineItem:
    title, _, page = VERSIONS[what]
    return TimelineItem(
        on=on,
        title=title,
        who=who or "",
        detail=f"utgave {number}",
        color="neutral",
        href=reverse(page, args=[participant.pk]),
        order=3,
    )


def _application(what: str, on: date, place: str, number: int, may_write: bool) -> TimelineItem:
    """What was done, or the answer that came."""
    title = f"{STEPS[what]} {place}" if what in STEPS else f"Svar fra {place}"
    answer = "" if what in STEPS else Answer(what)
    return TimelineItem(
        on=on,
        title="Jobbsøk: " + title,
        tag=answer and Answer(answer).label,
        tag_color="success" if answer == Answer.OFFER else "neutral",
        href=reverse("application_edit", args=[number]) if may_write else "",
        order=4,
    )
