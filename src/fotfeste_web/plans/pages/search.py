"""The frame of the search with its steps, and the places that were tried."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fotfeste_web.caseload.models import Job, NextStep, Participant, WishedOccupation
from fotfeste_web.caseload.pages.jobs import occupation_name
from fotfeste_web.caseload.pages.plans import label_of, text_of
from fotfeste_web.plans.match import Match, match
from fotfeste_web.plans.models import Answer, JobApplication, SearchPlan
from fotfeste_web.ui.formats import day, relative_day

from .versions import SEARCH

DONE_SHOWN = 10
ANSWER_COLORS = {
    Answer.OFFER: "success",
    Answer.REFUSAL: "neutral",
    Answer.NONE: "neutral",
    Answer.WITHDRAWN: "neutral",
}
MATCH_COLORS = {Match.WISHED: "success", Match.NEAR: "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    id: int
    text: str
    when: str
    who: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlanPage:
    participant: Participant
    facts: tuple[tuple[str, str], ...]
    steps: tuple[StepLine, ...]
    done: tuple[tuple[str, str], ...]
    sub: str
    versions: bool
    may_write: bool

    @classmethod
    def of(cls, participant: Participant, plan: SearchPlan | None, *, may_write: bool, today: date) -> "SearchPlanPage":
        steps = list(NextStep.objects.filter(participant=participant))
        done = sorted((s for s in steps if s.done_on), key=lambda s: s.done_on, reverse=True)[:DONE_SHOWN]
        return cls(
            participant=participant,
            facts=tuple((label_of(plan, n), text) for n in SEARCH if (text := text_of(plan, n))) if plan else (),
            steps=tuple(
                StepLine(
                    id=step.pk,
                    text=step.text,
                    when=relative_day(step.due_on, today).capitalize(),
                    who=step.who,
                    overdue=step.due_on < today,
                )
                for step in steps
                if step.done_on is None
            ),
            done=tuple((step.text, day(step.done_on, today)) for step in done),
            sub=f"{participant.short_name} · utgave {plan.version}" if plan else participant.short_name,
            versions=bool(plan and plan.version > 1),
            may_write=may_write,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLine:
    id: int
    place: str
    occupation: str
    state: str
    state_color: str
    match: Match
    match_color: str
    days: tuple[tuple[str, str], ...]
    found_how: str
    note: str
    offered: bool  # and no job is written yet

    @classmethod
    def of(cls, row: JobApplication, wished: list[str], jobs: list[Job], today: date) -> "ApplicationLine":
        matches = match(row.styrk08, wished)
        state, color = state_of(row, today)
        return cls(
            id=row.pk,
            place=row.place,
            occupation=occupation_name(row.styrk08),
            state=state,
            state_color=color,
            match=matches,
            match_color=MATCH_COLORS.get(matches, "neutral"),
            days=tuple((label, day(on, today)) for label, on in days_of(row) if on),
            found_how=row.get_found_how_display(),
            note=row.note,
            offered=row.answer == Answer.OFFER and not any(_came_of(row, job) for job in jobs),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationsPage:
    participant: Participant
    lines: tuple[ApplicationLine, ...]  # those that wait for something first
    sub: str
    may_write: bool

    @classmethod
    def of(cls, participant: Participant, *, may_write: bool, today: date) -> "ApplicationsPage":
        wished = wished_by(participant)
        rows = sorted(JobApplication.objects.filter(participant=participant), key=latest_day, reverse=True)
        jobs = list(Job.objects.filter(participant=participant))
        lines = [ApplicationLine.of(row, wished, jobs, today) for row in sorted(rows, key=lambda row: bool(row.answer))]
        near = sum(line.match in (Match.WISHED, Match.NEAR) for line in lines)
        return cls(
            participant=participant,
            lines=tuple(lines),
            sub=f"{near} av {len(lines)} i tråd med ønskene" if wished and lines else "",
            may_write=may_write,
        )


def _came_of(row: JobApplication, job: Job) -> bool:
    """Tell whether a job may be the one that was offered: at the same place, or written after the answer."""
    same_place = job.employer_id == row.employer_id
    return same_place or (row.answered_on is not None and timezone.localdate(job.registered_at) >= row.answered_on)


def wished_by(participant: Participant) -> list[str]:
    return list(WishedOccupation.objects.filter(participant=participant).values_list("styrk08", flat=True))


def days_of(row: JobApplication) -> tuple[tuple[str, date | None], ...]:
    return (
        ("Kontaktet", row.contacted_on),
        ("Søknad sendt", row.applied_on),
        ("Intervju", row.interview_on),
        ("Svar", row.answered_on),
    )


def latest_day(row: JobApplication) -> date:
    return max((on for _, on in days_of(row) if on), default=timezone.localdate(row.created_at))


def state_of(row: JobApplication, today: date) -> tuple[str, str]:
    """How far it has come, from what is recorded; with the colour of its tag."""
    if row.answer:
        return row.get_answer_display(), ANSWER_COLORS[Answer(row.answer)]
    if row.interview_on:
        what = "Intervju avtalt" if row.interview_on >= today else "Har vært på intervju"
        return what, "info"
    if row.applied_on:
        return "Søknad sendt", "info"
    return ("Kontaktet", "info") if row.contacted_on else ("Vil søke", "neutral")
