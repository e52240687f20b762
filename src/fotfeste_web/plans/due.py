"""What the plans ask of a person now."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from fotfeste_web.caseload.status import Facts
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.due import DueItem, Urgency
from fotfeste_web.ui.formats import day

from .models import CareerProfile, SearchPlan, SupportPlan

REVIEWS = {
    "search_plan": ("Plan for jobbsøk", SearchPlan),
    "support_plan": ("Jobbstøtteplan", SupportPlan),
}


def due_items(cases: list[Any], today: date) -> Iterable[DueItem]:
    if not cases:
        return
    by_id = {case.participant.pk: case for case in cases}
    profiles, *plans = _saved_and_passed(list(by_id), today)
    saved = {profile.participant_id: profile.updated_at for profile in profiles}
    for participant_id, case in by_id.items():
        yield from profile_update(case, saved.get(participant_id), today)
    for (name, (title, _)), rows in zip(REVIEWS.items(), plans, strict=True):
        for plan in rows:
            yield review(by_id[plan.participant_id], name, title, plan.review_on, today)


@together
def _saved_and_passed(people: Any, today: Any) -> Lists:
    """Give the profiles, and the plans of each kind that are to be looked at again."""
    passed = {"participant__among": people, "review_on__lte": today}
    return (
        CareerProfile.objects.filter(participant__among=people).only("participant_id", "updated_at"),
        *(model.objects.filter(**passed).only("participant_id", "review_on") for _, model in REVIEWS.values()),
    )


def job_to_learn_from(facts: Facts, saved_on: date | None, today: date) -> tuple[date, bool] | None:
    """Give the latest day a job began or ended since the profile was saved, and whether it ended."""
    if not facts.periods:
        return None
    since = facts.periods[-1][0]
    days = [(start, False) for start, _ in facts.jobs]
    days += [
        (max(start, end - timedelta(days=1)), True) for start, end in facts.jobs if end is not None and end > start
    ]
    new = [(on, ended) for on, ended in days if since <= on and on <= today and (saved_on is None or saved_on < on)]
    return max(new, default=None)


def profile_update(case: Any, saved_at: Any, today: date) -> Iterator[DueItem]:
    """The profile learns from each job that begins or ends (item 14 of the fidelity scale)."""
    job = job_to_learn_from(case.facts, timezone.localdate(saved_at) if saved_at else None, today)
    if job:
        on, ended = job
        yield case.item(
            "profile_update",
            Urgency.SOON,
            on,
            tag="Karriereprofil",
            reason=f"En jobb {'sluttet' if ended else 'begynte'} {day(on, today)}. Hva lærte dere?",
            action="Oppdater",
            href=address("profile", case.participant.pk),
        )


def review(case: Any, name: str, title: str, review_on: date, today: date) -> DueItem:
    """A plan whose day to be looked at again has come."""
    return case.item(
        f"{name}_review",
        Urgency.SOON,
        review_on,
        tag=title,
        reason=f"Skulle sees på igjen {day(review_on, today)}",
        action="Se på planen",
        href=address(name, case.participant.pk),
    )
