"""What happens to one person from start on: decided first as dates, written up as meetings later."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import exp
from random import Random

from fotfeste_web.demo.story.cast import Pace
from fotfeste_web.demo.story.days import workday_from, workday_until
from fotfeste_web.demo.story.jobs import make_job, second_job
from fotfeste_web.demo.story.phrases import Phrases
from fotfeste_web.demo.story.world import (
    Assignment,
    Closing,
    Employer,
    Job,
    Participant,
    Pause,
    Referral,
    StepDown,
    Study,
)

FIRST_MONTH = 28  # days of weekly support after a job start (IPS-25 item 23)
CLOSING_REASONS = (
    *("own_wish", "illness") * 12, *("other_measure", "moved", "other_active") * 5, *("disability_pension",) * 4,
    *("education_nav", "other") * 2, "old_age_pension", "died",
)  # fmt: skip


@dataclass(kw_only=True)
class Way:
    """One stay being told. Frozen into a `Period` when all is known."""

    key: str
    participant: Participant  # its periods are still empty
    referral: Referral
    started_on: date
    trades: tuple[str, str]  # in the person's order
    first_employer_on: date | None
    mapped_on: date
    assignments: list[Assignment]
    jobs: list[Job] = field(default_factory=list)
    studies: list[Study] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    step_down: StepDown | None = None
    closing: Closing | None = None
    present: str = ""  # what the today page should find: new, first_contact, silent, due, no_result, fresh
    last_contact_on: date | None = None  # the last held contact, where `present` asks for one

    @property
    def service(self) -> str:
        return self.participant.service

    def specialist_on(self, day: date) -> str:
        return next(a.specialist for a in reversed(self.assignments) if a.starts_on <= day or a is self.assignments[0])

    def job_on(self, day: date) -> Job | None:
        return next((j for j in self.jobs if j.starts_on <= day and (not j.ends_on or day < j.ends_on)), None)

    def paused_on(self, day: date) -> Pause | None:
        return next((p for p in self.pauses if p.starts_on <= day and (not p.ends_on or day < p.ends_on)), None)

    def is_current(self, day: date) -> bool:
        return self.started_on <= day and (self.closing is None or day < self.closing.closed_on)

    def state_on(self, day: date) -> str:
        if self.paused_on(day):
            return "paused"
        if self.step_down and self.step_down.starts_on <= day:
            return "step_down"
        job = self.job_on(day)
        if job:
            return "first_month" if (day - job.starts_on).days < FIRST_MONTH else "work"
        if any(s.starts_on <= day and (not s.ends_on or day < s.ends_on) for s in self.studies):
            return "study"
        return "search" if self.first_employer_on and day >= self.first_employer_on else "mapping"


def first_contact_after(rng: Random, pace: Pace) -> int:
    """Days from start to the first employer contact: skewed, round the median of the service."""
    spread = 0.45 if pace.first_contact_days < 40 else 0.3
    return max(5, min(160, round(pace.first_contact_days * exp(rng.gauss(0, spread))) - 1))


def live(way: Way, rng: Random, phrases: Phrases, *, works: bool, employers: list[Employer], today: date) -> None:
    """Let jobs, education, pauses, step-down and closing happen until today."""
    elapsed = (today - way.started_on).days
    if works:
        _work(way, rng, phrases, employers, today)
    elif rng.random() < 0.13:
        _study(way, rng, today)
    elif rng.random() < 0.12:
        _supported(way, rng, phrases, employers, today)
    if not way.jobs and not way.studies and elapsed > 110 and rng.random() < 0.25:
        _pause(way, rng, phrases, today)
    _end(way, rng, phrases, today)


def _work(way, rng, phrases, employers, today) -> None:
    after = int(75 + 430 * rng.random() ** 1.6)
    if way.first_employer_on:
        after = max(after, (way.first_employer_on - way.started_on).days + 21)
    start = workday_from(way.started_on + timedelta(after))
    if start > today + timedelta(21):
        return  # still ahead, nobody knows of it
    # A mentor or an inclusion subsidy pays what the employer lays out, not the wage: still ordinary work.
    support = (rng.choice(("mentor", "inclusion_subsidy")),) if rng.random() < 0.12 else ()
    first = make_job(way, rng, employers, start, number=1, today=today, support=support)
    way.jobs.append(first)
    if first.ends_on:
        text = phrases.pick(f"work.job_end.{first.ended_by}", way.key, on=first.ends_on)
        way.jobs[0] = replace(first, end_text=text)
        again = second_job(way, rng, employers, after=first.ends_on, today=today)
        if again:
            way.jobs.append(again)


def _supported(way, rng, phrases, employers, today) -> None:
    start = workday_from(way.started_on + timedelta(rng.randrange(150, 330)))
    if start <= today:
        support = (rng.choice(("wage_subsidy", "wage_subsidy", "work_practice", "set_aside")),)
        job = make_job(way, rng, employers, start, number=1, today=today, support=support)
        if job.ends_on:
            job = replace(job, end_text=phrases.pick(f"work.job_end.{job.ended_by}", way.key, on=job.ends_on))
        way.jobs.append(job)


def _study(way, rng, today) -> None:
    year = (way.started_on + timedelta(60)).year
    terms = [date(y, m, d) for y in (year, year + 1) for m, d in ((1, 8), (8, 18))]
    start = workday_from(next(day for day in terms if day > way.started_on + timedelta(60)))
    if start > today:
        return
    end = workday_until(start + timedelta(rng.choice((150, 300, 650))))
    broken = rng.random() < 0.2
    institution, programme = rng.choice(
        (
            ("Voksenopplæringen", "Fag fra videregående skole"),
            ("Den videregående skolen", "Salg, service og reiseliv"),
            ("Fagskolen", "Administrasjon"),
            ("Universitetet", "Årsstudium"),
            ("Opplæringskontoret", "Fagbrev som voksen"),
        )
    )
    over = end <= today
    way.studies.append(
        Study(
            institution=institution,
            programme=programme,
            starts_on=start,
            ends_on=end if over else None,
            hours_per_week=rng.choice((15.0, 20.0, 30.0, 37.5)),
            completed=over and not broken,
        )
    )


def _pause(way, rng, phrases, today) -> None:
    after = max(way.started_on + timedelta(80), (way.first_employer_on or way.started_on) + timedelta(10))
    start = workday_from(after + timedelta(rng.randrange(0, 120)))
    end = workday_from(start + timedelta(rng.randrange(25, 70)))
    if start <= today - timedelta(3):
        reason = phrases.pick("ending.pause.reasons", way.key, on=start)
        ends_on = end if end <= today else None
        way.pauses.append(Pause(starts_on=start, follow_up_on=end, ends_on=ends_on, reason=reason))


def _end(way, rng, phrases, today) -> None:
    """Step down after about a year in the same job; close when it has lasted, or when it leads nowhere."""
    job = way.jobs[-1] if way.jobs else None
    if job and not job.ends_on:
        starts_on = workday_from(job.starts_on + timedelta(rng.randrange(210, 360)))
        if starts_on > today - timedelta(3):
            return
        way.step_down = StepDown(
            starts_on=starts_on,
            taker=way.referral.therapist,
            taker_role="behandler",
            agreement=phrases.pick("work.agreement", way.key, on=starts_on),
        )
        closed_on = workday_from(starts_on + timedelta(rng.randrange(60, 120)))
        supported = "wage_subsidy" in job.terms[-1].support
        ordinary = ("work_unsubsidised", "work_unsubsidised", "work_with_benefit", "work_with_graded_pension")
        reason = "work_subsidised" if supported else rng.choice(ordinary)
    elif way.studies:
        study = way.studies[-1]
        closed_on = workday_from((study.ends_on or study.starts_on + timedelta(400)) + timedelta(20))
        reason = rng.choice(("education_self", "education_nav"))
    elif rng.random() < 0.62:
        after = max([way.started_on + timedelta(130), *(j.ends_on + timedelta(45) for j in way.jobs if j.ends_on)])
        closed_on = workday_from(after + timedelta(rng.randrange(0, 330)))
        if any(p.ends_on is None or p.ends_on > closed_on for p in way.pauses):
            return
        reason = rng.choice(CLOSING_REASONS)
    else:
        return
    if closed_on <= today - timedelta(1):
        text = phrases.pick(f"ending.closing.{reason}", way.key, on=closed_on)
        way.closing = Closing(closed_on=closed_on, reason=reason, text=text)
