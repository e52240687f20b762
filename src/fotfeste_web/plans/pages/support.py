"""The support plan: what helps, by when it does."""

from dataclasses import dataclass
from datetime import date

from fotfeste_web.caseload.models import Employer, Job, Participant
from fotfeste_web.caseload.pages.jobs import job_title, job_when
from fotfeste_web.caseload.pages.plans import label_of, text_of
from fotfeste_web.plans.models import Moment, SupportMeasure, SupportPlan

from .versions import SUPPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    id: int
    what: str
    by_whom: str
    about: str  # where and how often


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPlanPage:
    participant: Participant
    jobs: tuple[tuple[int, str, str], ...]  # those it is for: the number of the job, what, when
    measures: tuple[tuple[str, tuple[MeasureLine, ...]], ...]  # by when
    facts: tuple[tuple[str, str], ...]
    sub: str
    versions: bool
    may_write: bool

    @classmethod
    def of(
        cls, participant: Participant, plan: SupportPlan | None, *, may_write: bool, today: date
    ) -> "SupportPlanPage":
        measures = list(SupportMeasure.objects.filter(participant=participant, until_version=None).order_by("pk"))
        by_moment = ((moment.label, [m for m in measures if m.moment == moment]) for moment in Moment)
        return cls(
            participant=participant,
            jobs=tuple(_jobs(participant, today)),
            measures=tuple((label, tuple(map(_line, there))) for label, there in by_moment if there),
            facts=tuple((label_of(plan, n), text) for n in SUPPORT if (text := text_of(plan, n))) if plan else (),
            sub=f"{participant.short_name} · utgave {plan.version}" if plan else participant.short_name,
            versions=bool(plan and plan.version > 1),
            may_write=may_write,
        )


def _line(measure: SupportMeasure) -> MeasureLine:
    return MeasureLine(
        id=measure.pk,
        what=measure.what,
        by_whom=measure.get_by_whom_display(),
        about=" · ".join(filter(None, [measure.where, measure.how_often])),
    )


def _jobs(participant: Participant, today: date) -> list[tuple[int, str, str]]:
    jobs = [j for j in Job.objects.filter(participant=participant) if j.ends_on is None or j.ends_on > today]
    # Looked up apart: a join to an employer that this person may not see would take the job away too.
    employers = Employer.objects.in_bulk({job.employer_id for job in jobs})
    return [(job.pk, job_title(job, employers.get(job.employer_id)), job_when(job, today)) for job in jobs]
