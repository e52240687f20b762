"""Jobs with dated terms."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from fotfeste_web.demo.story.days import workday_from, workday_until
from fotfeste_web.demo.story.world import Employer, Job, Term

HOURS = (8.0, 10.0, 12.0, 15.0, 15.0, 18.0, 18.5, 20.0, 20.0, 22.5, 24.0, 30.0, 37.5)
FORMS = (
    *["permanent"] * 13, *["fixed_term"] * 4, *["substitute"] * 2, "seasonal", "on_call", "apprentice",
)  # fmt: skip
FOUND = (
    *["specialist_contact"] * 9, *["own_search"] * 4, *["network"] * 3, *["advertised"] * 3,
    "nav", "former_employer",
)  # fmt: skip
ENDED_BY = ("person", "person", "employer", "term_ended", "season_ended", "other")


def make_job(way, rng: Random, employers: list[Employer], start: date, *, number, today, support=()) -> Job:
    """A job beginning that day. Two in three last. Nothing after today is known but an agreed start."""
    likes = rng.random() < 0.85
    suited = [e for e in employers if e.trade in way.trades] if likes else employers
    employer = rng.choice(suited or employers)
    agreed_on = max(workday_until(min(start, today) - timedelta(rng.randrange(4, 16))), way.started_on)
    hours, form = rng.choice(HOURS), rng.choice(FORMS)
    if support:
        form = "fixed_term"
    lasts = None if rng.random() < 0.66 else rng.randrange(40, 320)
    if support and lasts is None and rng.random() < 0.6:
        lasts = rng.randrange(90, 200)
    end = workday_from(start + timedelta(lasts)) if lasts else None
    if end and end > today:
        end = None
    practice = bool({"work_practice", "set_aside"} & set(support))
    term = Term(
        starts_on=start,
        ends_on=None,
        hours_per_week=hours,
        form=form,
        ordinary_rate=not practice,
        open_to_anyone=not practice,
        support=support,
    )
    ended_by = None
    if end:
        ended_by = {"fixed_term": "term_ended", "seasonal": "season_ended"}.get(form) or rng.choice(ENDED_BY[:3])
    return Job(
        key=f"{way.key}-j{number}",
        employer=employer.key,
        occupation=rng.choice(employer.occupations),
        agreed_on=agreed_on,
        starts_on=start,
        begun=start <= today,
        ends_on=end,
        found=rng.choice(FOUND),
        matches_wish=employer.trade in way.trades,
        openness_used=rng.choices(("open", "partly", "not_open"), (50, 20, 30))[0],
        terms=_terms(rng, term, end, today),
        ended_by=ended_by,
        end_known_on=end and min(today, end + timedelta(rng.choice((0, 0, 1, 2, 6)))),
    )


def second_job(way, rng: Random, employers: list[Employer], *, after: date, today: date) -> Job | None:
    """Half find a new job after one that ended; some of these begin with a subsidy."""
    start = workday_from(after + timedelta(rng.randrange(30, 150)))
    if start > today or rng.random() < 0.4:
        return None
    job = make_job(way, rng, employers, start, number=2, today=today)
    change = workday_from(start + timedelta(120))
    if len(job.terms) == 1 and not job.ends_on and change < today and rng.random() < 0.5:
        first = replace(job.terms[0], ends_on=change, support=("wage_subsidy",))
        job = replace(job, terms=(first, replace(job.terms[0], starts_on=change)))
    return _open_ended(job)


def _open_ended(job: Job) -> Job:
    """The second job lasts: one loss is enough for the story."""
    terms = (*job.terms[:-1], replace(job.terms[-1], ends_on=None))
    return replace(job, ends_on=None, ended_by=None, end_known_on=None, terms=terms)


def _terms(rng: Random, first: Term, end: date | None, today: date) -> tuple[Term, ...]:
    """One term, or two where the hours rise after some months."""
    change = workday_from(first.starts_on + timedelta(rng.randrange(60, 150)))
    last_day = end or today
    if first.hours_per_week <= 24 and change < last_day - timedelta(14) and rng.random() < 0.4:
        form = (
            "permanent" if first.form in ("substitute", "on_call", "fixed_term") and not first.support else first.form
        )
        more = first.hours_per_week + rng.choice((2.5, 5.0, 7.5))
        before = replace(first, ends_on=change)
        return before, replace(first, starts_on=change, hours_per_week=more, form=form, ends_on=end)
    return (replace(first, ends_on=end),)
