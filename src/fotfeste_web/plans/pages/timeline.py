"""What the plans have of the timeline: sessions on the profile, new versions, places tried. One query."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Openness, Participant
from fotfeste_web.plans.models import Answer, CareerProfile, JobApplication, SearchPlan, SupportPlan
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.rooms import TimelineItem

# What a new version is called, and the page on which it can be read beside the one before.
VERSIONS = {
    "profile": ("Karriereprofil", CareerProfile, "profile_versions"),
    "openness": ("Åpenhetsplan", Openness, "openness_versions"),
    "search": ("Plan for jobbsøk", SearchPlan, "search_plan_versions"),
    "support": ("Jobbstøtteplan", SupportPlan, "support_plan_versions"),
}
STEPS = {"contacted_on": "Tok kontakt med", "applied_on": "Søkte hos", "interview_on": "Intervju hos"}


def timeline(participant: Participant, *, may_write: bool) -> Iterator[TimelineItem]:
    *versions, applications = _rows(participant.pk)
    for what, days in zip(VERSIONS, versions, strict=True):
        for on, who, number in days:
            yield _version(participant, what, on, who, number)
    for application in applications:
        for step in (*STEPS, "answered_on"):
            if on := getattr(application, step):
                yield _application(application, step, on, may_write)


@together
def _rows(person: Any) -> Lists:
    return (
        *(_versions(model, person) for _, model, _ in VERSIONS.values()),
        JobApplication.objects.filter(participant=person).defer("note"),
    )


def _versions(model: Any, person: Any) -> QuerySet[Any]:
    """Give the last version of each day, with who wrote it."""
    name = User.objects.filter(pk=OuterRef("updated_by_id")).values("name")[:1]
    return (
        model.pgh_event_model.objects.filter(participant_id=person, version__gt=0)
        .annotate(on=TruncDate("pgh_created_at"), who=Subquery(name))
        .values("on", "who")
        .annotate(number=Max("version"))
        .order_by()
        .values_list("on", "who", "number")
    )


def _version(participant: Participant, what: str, on: date, who: str, number: int) -> TimelineItem:
    title, _, page = VERSIONS[what]
    return TimelineItem(
        on=on,
        title=title,
        who=who or "",
        detail=f"utgave {number}",
        color="neutral",
        href=address(page, participant.pk),
        order=3,
    )


def _application(application: JobApplication, step: str, on: date, may_write: bool) -> TimelineItem:
    """What was done, or the answer that came."""
    title = f"{STEPS[step]} {application.place}" if step in STEPS else f"Svar fra {application.place}"
    answer = "" if step in STEPS else Answer(application.answer)
    return TimelineItem(
        on=on,
        title="Jobbsøk: " + title,
        tag=answer and answer.label,
        tag_color="success" if answer == Answer.OFFER else "neutral",
        href=address("application_edit", application.pk) if may_write else "",
        order=4,
    )
