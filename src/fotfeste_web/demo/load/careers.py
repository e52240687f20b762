"""Career profiles with jobs held, the search and its places, and the support at work."""

from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from fotfeste_web.caseload.models import FoundHow, MadeBy
from fotfeste_web.demo.story import world as told
from fotfeste_web.demo.story.days import workday_from
from fotfeste_web.demo.story.phrases import lines, read
from fotfeste_web.plans.models import (
    Answer,
    ByWhom,
    CareerProfile,
    HeldJob,
    JobApplication,
    Moment,
    SearchPlan,
    SupportMeasure,
    SupportPlan,
)
from fotfeste_web.plans.sections import SECTIONS

from .loaded import ROWS_AT_A_TIME, Loaded
from .plans import Values, date_history, in_turn, write


def load(loaded: Loaded) -> None:
    mapped = [(one, one.periods[-1]) for one in loaded.world.participants if one.periods[-1].profiles]
    waiting = _waiting(loaded, mapped)
    for model, values_of in (
        (CareerProfile, _profiles),
        (SearchPlan, partial(_search_plans, waiting=waiting)),
        (SupportPlan, partial(_support_plans, waiting=waiting)),
    ):
        rows: dict[str, Any] = {}
        for version, written in in_turn(values_of(loaded, one, period) for one, period in mapped):
            write(model, rows, version, written)
        date_history(model, "updated_at")
    for model, rows_of in (
        (HeldJob, _held_jobs),
        (JobApplication, _applications),
        (SupportMeasure, _measures),
    ):
        model.objects.bulk_create(
            (row for one, period in mapped for row in rows_of(loaded, one, period)), batch_size=ROWS_AT_A_TIME
        )
    date_history(HeldJob, "updated_at")


def _waiting(loaded: Loaded, mapped: Iterable[tuple[told.Participant, told.Period]]) -> set[str]:
    """Whose plan should have been reviewed: one search of each job specialist, and one support at work of a service."""
    search, support = {}, {}
    for one, period in mapped:
        if period.closing is None and period.jobs:
            support[one.service] = period.key
        elif period.closing is None:
            search[loaded.specialist_on(period, loaded.world.today)] = period.key
    return {*search.values(), *support.values()}


def _some(loaded: Loaded, path: str, at_most: int = 2) -> str:
    found = lines(path)
    return " ".join(loaded.rng.sample(found, loaded.rng.randint(1, min(at_most, len(found)))))


def _base(loaded: Loaded, one: told.Participant, period: told.Period, on: date) -> Values:
    return {
        "participant": loaded.participants[one.key],
        "updated_by": loaded.specialist_on(period, on),
        "updated_at": loaded.at_work(on),
    }


def _until(loaded: Loaded, period: told.Period) -> date:
    return min(loaded.world.today, period.closing.closed_on if period.closing else loaded.world.today)


def _profiles(loaded: Loaded, one: told.Participant, period: told.Period) -> Iterator[Values]:
    """Written over two or three sessions, then once more when a job began or ended."""
    rng, until = loaded.rng, _until(loaded, period)
    sections, sessions, day = list(SECTIONS.values()), rng.choice((2, 3, 3)), period.profiles[0].mapped_on
    studies = bool(period.studies)
    values: Values = {name: "" for section in sections for name in section.fields}
    for session in range(sessions):
        if day > until:
            return
        for section in sections[session::sessions]:
            values |= {name: _some(loaded, f"careers.profile.{name}") for name in section.fields if name != "main_goal"}
        values["main_goal"] = "education" if studies else "job"
        yield values | _base(loaded, one, period, day)
        day = workday_from(day + timedelta(rng.randrange(5, 15)))
    learnt = {j.starts_on for j in period.jobs if j.begun} | {j.ends_on for j in period.jobs if j.begun and j.ends_on}
    for on in sorted(on for on in learnt if day <= on <= until):
        values["experience"] = _some(loaded, "careers.profile.experience")
        yield values | _base(loaded, one, period, min(until, workday_from(on)))


def _held_jobs(loaded: Loaded, one: told.Participant, period: told.Period) -> Iterator[HeldJob]:
    rng, texts = loaded.rng, read("careers")["held"]
    year = max(one.born_on.year + 17, 1995)
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
        year += rng.randrange(0, 4)
        ended = year + rng.randrange(0, 4)
        if ended >= period.profiles[0].mapped_on.year:
            return
        with_month = rng.random() < 0.5
        words = {name: rng.choice(texts[name]) for name in ("duties", "found_how", "liked", "disliked", "why_ended")}
        yield HeldJob(
            title=rng.choice(texts["titles"]),
            work_place=rng.choice(texts["places"]),
            industry=rng.choice(texts["industries"]),
            started=f"{year}-{rng.randrange(1, 7):02}" if with_month else str(year),
            ended=f"{ended}-{rng.randrange(7, 13):02}" if with_month else str(ended),
            hours_per_week=rng.choice((None, 10, 15, 20, 37.5)),
            support_used=rng.choice(texts["support_used"]),
            **words,
            **_base(loaded, one, period, period.profiles[0].mapped_on),
        )
        year = ended


def _search_plans(
    loaded: Loaded, one: told.Participant, period: told.Period, *, waiting: Container[str]
) -> Iterator[Values]:
    rng, until, day = loaded.rng, _until(loaded, period), period.profiles[0].mapped_on + timedelta(7)
    for _ in range(rng.choice((1, 1, 2))):
        day = workday_from(day)
        if day > until:
            return
        yield {
            **{
                name: _some(loaded, f"careers.search.{name}")
                for name in ("employers", "tasks", "preparation", "adaptation")
            },
            "industry": rng.choice(lines("careers.held.industries")),
            "hours": rng.choice(lines("careers.search.hours")),
            "who_contacts": rng.choice((MadeBy.SPECIALIST, MadeBy.BOTH, MadeBy.PARTICIPANT)),
            "review_on": _review(loaded, passed=period.key in waiting and not period.jobs),
            **_base(loaded, one, period, day),
        }
        day += timedelta(rng.randrange(50, 90))


def _review(loaded: Loaded, *, passed: bool) -> date:
    return workday_from(loaded.world.today + timedelta(-3 if passed else loaded.rng.randrange(7, 80)))


def _applications(loaded: Loaded, one: told.Participant, period: told.Period) -> Iterator[JobApplication]:
    """The places that were tried, the wished occupations most of all; each job that came was an offer."""
    rng, until, mapped = loaded.rng, _until(loaded, period), period.profiles[0]
    here = [employer for employer in loaded.world.employers if employer.service == one.service]
    suited = [employer for employer in here if set(employer.occupations) & set(mapped.occupations)] or here
    day = mapped.mapped_on + timedelta(rng.randrange(10, 30))
    for _ in range(rng.randrange(1, 7)):
        day = workday_from(day + timedelta(rng.randrange(3, 25)))
        if day > until:
            break
        employer = rng.choice(suited if rng.random() < 0.8 else here)
        wished = [code for code in employer.occupations if code in mapped.occupations]
        yield _application(loaded, one, period, employer.key, rng.choice(wished or employer.occupations), day)
    for job in period.jobs:
        offered = {"answer": Answer.OFFER, "answered_on": min(job.agreed_on, until), "found_how": job.found}
        day = min(job.agreed_on, until) - timedelta(rng.randrange(4, 20))
        yield _application(loaded, one, period, job.employer, job.occupation, day, **offered)


def _application(
    loaded: Loaded, one: told.Participant, period: told.Period, employer: str, occupation: str, day: date, **given: Any
) -> JobApplication:
    rng, until = loaded.rng, _until(loaded, period)
    known = rng.random() < 0.8
    values: Values = {
        "employer": loaded.employers[employer] if known else None,
        "place": loaded.employers[employer].name,
        "found_how": rng.choice(FoundHow.values),
        "contacted_on": day,
        "note": rng.choice(lines("careers.search.notes")),
    }
    answered_on = workday_from(day + timedelta(rng.randrange(10, 40)))
    if rng.random() < 0.7:
        values["applied_on"] = min(day + timedelta(rng.randrange(0, 4)), given.get("answered_on", until), until)
    if rng.random() < 0.35 and answered_on - timedelta(4) <= until:
        values["interview_on"] = answered_on - timedelta(4)
    if answered_on <= until:
        values["answer"] = rng.choices((Answer.REFUSAL, Answer.NONE, Answer.WITHDRAWN), (55, 30, 15))[0]
        values["answered_on"] = answered_on
    if given:
        values["interview_on"] = min(day + timedelta(3), given["answered_on"])
    return JobApplication(
        participant=loaded.participants[one.key],
        styrk08=occupation,
        created_at=loaded.at_work(day),
        updated_by=loaded.specialist_on(period, day),
        **(values | given),
    )


def _support_days(loaded: Loaded, period: told.Period) -> list[date]:
    """The days on which the plan was written: when the first job was agreed, and perhaps some weeks into it."""
    if not period.jobs:
        return []
    first, until = period.jobs[0], _until(loaded, period)
    again = workday_from(first.starts_on + timedelta(30))
    return [min(first.agreed_on, until), *([again] if again <= until else [])]


def _support_plans(
    loaded: Loaded, one: told.Participant, period: told.Period, *, waiting: Container[str]
) -> Iterator[Values]:
    for day in _support_days(loaded, period):
        yield {
            "early_signs": _some(loaded, "careers.profile.early_signs"),
            "early_signs_then": _some(loaded, "careers.profile.early_signs_then"),
            "employer_support_wished": period.jobs[0].openness_used != "not_open",
            "review_on": _review(loaded, passed=period.key in waiting),
            **_base(loaded, one, period, day),
        }


def _measures(loaded: Loaded, one: told.Participant, period: told.Period) -> Iterator[SupportMeasure]:
    rng, texts, versions = loaded.rng, read("careers")["support"], len(_support_days(loaded, period))
    for what in rng.sample(texts["what"], rng.randrange(3, 7)) if versions else ():
        begun = rng.choice((1, 1, versions))
        ends = 2 if versions == 2 and begun == 1 and rng.random() < 0.3 else None
        yield SupportMeasure(
            participant=loaded.participants[one.key],
            what=what,
            moment=rng.choice(Moment.values),
            by_whom=rng.choices(ByWhom.values, (6, 2, 2, 2, 3, 1))[0],
            where=rng.choice(["", *texts["where"]]),
            how_often=rng.choice(["", *texts["how_often"]]),
            from_version=begun,
            until_version=ends,
        )
