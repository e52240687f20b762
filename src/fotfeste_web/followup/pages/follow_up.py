"""Oppfølging i jobb: the steps of each job, what closes one, and whether the person wants it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fotfeste.indicators.follow_along import Window, kept
from fotfeste_web.caseload.models import Employer, Job, Participant
from fotfeste_web.caseload.pages.jobs import job_title, job_when
from fotfeste_web.followup.facts import Facts, facts_of
from fotfeste_web.followup.models import FollowUpDeclined
from fotfeste_web.followup.schedule import STATES, label, span, windows_of
from fotfeste_web.ui.formats import day, of


@dataclass(frozen=True, slots=True)
class StepLine:
    label: str
    when: str
    state: str
    color: str
    met: str

    @classmethod
    def of(cls, window: Window, today: date) -> "StepLine":
        state, color = STATES[window.state]
        met = day(window.met_on, today) if window.met_on else ""
        return cls(label(window), span(window, today), state, color, met)


@dataclass(frozen=True, slots=True)
class JobSteps:
    id: int
    title: str
    when: str
    steps: tuple[StepLine, ...]
    kept: str  # «5 av 6»


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPage:
    id: UUID
    name: str
    may_write: bool
    jobs: tuple[JobSteps, ...]
    declined: tuple[tuple[str, str], ...]  # when, and the person's words
    declined_now: bool

    @classmethod
    def of(cls, participant: Participant, *, may_write: bool, today: date) -> "FollowUpPage":
        facts = facts_of([participant.pk], with_contacts=True).get(participant.pk, Facts())
        jobs = list(Job.objects.filter(participant=participant).order_by("-starts_on", "-pk"))
        employers = Employer.objects.in_bulk([job.employer_id for job in jobs])
        rows = list(FollowUpDeclined.objects.filter(participant=participant).order_by("-starts_on"))
        steps = [
            JobSteps(
                job.pk,
                job_title(job, employers.get(job.employer_id)),
                job_when(job, today),
                tuple(StepLine.of(window, today) for window in windows),
                kept_in_words(windows),
            )
            for job in jobs
            if (windows := windows_of(facts.jobs[job.pk], facts, today))
        ]
        return cls(
            id=participant.pk,
            name=participant.short_name,
            may_write=may_write,
            jobs=tuple(steps),
            declined=tuple((_declined(row, today), row.words) for row in rows),
            declined_now=any(row.starts_on <= today < row.ends_on for row in rows),
        )


def kept_in_words(windows: Sequence[Window]) -> str:
    done, asked = kept(windows)
    return of(done, asked) if asked else ""


def _declined(row: FollowUpDeclined, today: date) -> str:
    last = max(row.ends_on - timedelta(days=1), row.starts_on)
    return f"{day(row.starts_on, today)} – {day(last, today)}"
