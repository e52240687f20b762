"""Benefits advice round jobs, attempts after a no-show, plans for it, some who want no follow-up now, and notes."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from fotfeste_web.caseload.models import Job, Term
from fotfeste_web.demo.story import world as told
from fotfeste_web.demo.story.days import workday_from, workday_until
from fotfeste_web.demo.story.phrases import read
from fotfeste_web.followup.models import (
    BenefitsAdvice,
    FollowUpDeclined,
    NoShowPlan,
    Note,
    NoteState,
    OutreachAttempt,
)

from .loaded import ROWS_AT_A_TIME, Loaded

ADVISED = 0.78  # of job starts and of new terms: most, and not all
ADVISED_AHEAD = 0.9
TRAINED = 0.85
PLANNED = 0.7
OLD_DRAFT, NEW_DRAFT = timedelta(days=12), timedelta(days=3)
BENEFITS = (["work_assessment"], ["disability"], ["work_assessment", "single_parent"], ["sickness"], ["none"])


def load(loaded: Loaded) -> None:
    texts, rng = read("followup"), loaded.rng
    for model, rows_of in (
        (BenefitsAdvice, _advice),
        (OutreachAttempt, _attempts),
        (NoShowPlan, _plans),
        (FollowUpDeclined, _declined),
        (Note, _notes),
    ):
        model.objects.bulk_create(rows_of(loaded, texts, rng), batch_size=ROWS_AT_A_TIME)


def _advice(loaded: Loaded, texts: dict, rng: Random) -> Iterator[BenefitsAdvice]:
    """A talk some days before most starts, and round most new terms; for an agreed job it may be still to come."""
    today = loaded.world.today
    advisers = {loaded.participants[one.key].pk: loaded.participants[one.key].nav_adviser for one, _ in loaded.begun()}
    jobs = {job.pk: job for job in Job.objects.order_by("pk")}
    terms: dict[int, list[Term]] = {number: [] for number in jobs}
    for term in Term.objects.order_by("starts_on", "pk"):
        terms[term.job_id].append(term)
    for number, job in jobs.items():
        for place, term in enumerate(terms[number]):
            if rng.random() > (ADVISED if job.begun else ADVISED_AHEAD):
                continue
            later = place > 0
            on = workday_until(term.starts_on - timedelta(rng.randrange(2, 15)))
            if on > today:
                continue
            trained = rng.random() < TRAINED
            lately = not later and today - timedelta(60) < on and term.ends_on is None and job.ends_on is None
            yield BenefitsAdvice(
                participant_id=job.participant_id,
                on=on,
                adviser=advisers[job.participant_id] if trained else "Jobbspesialisten",
                trained=trained,
                occasion="change" if later else "before_start",
                job=job,
                term=term if later else None,
                benefits=rng.choice(BENEFITS),
                effect=rng.choice(texts["effect"]),
                plan=rng.choice(texts["plan"]),
                written_summary=rng.random() < 0.7,
                reporting_explained=rng.random() < 0.8,
                next_on=workday_from(today + timedelta(rng.randrange(5, 40))) if lately else None,
            )


def _attempts(loaded: Loaded, texts: dict, rng: Random) -> Iterator[OutreachAttempt]:
    """After each no-show a call, and when it is not answered a visit, often together with the team."""
    today = loaded.world.today
    for one in loaded.world.contacts:
        if one.status != "participant_absent" or not one.participants:
            continue
        on, tries = workday_from(one.on), 0
        while on <= today and tries < 3:
            reached = rng.random() < (0.4, 0.5, 0.8)[tries]
            how = rng.choice((("phone", "message"), ("home", "phone", "letter"), ("home", "community"))[tries])
            again = workday_from(on + timedelta(rng.randrange(2, 5)))
            family = how == "home" and rng.random() < 0.2
            yield OutreachAttempt(
                participant=loaded.participants[one.participants[0]],
                on=on,
                made_by=rng.choice(("specialist", "both", "team")) if how == "home" else "specialist",
                how=how,
                reached=reached,
                family_contacted=family,
                family_agreed=family,
                note=rng.choice(texts["tried"]),
                next_step="" if reached else rng.choice(texts["next_step"]),
                next_on=None if reached else again,
                logged_by=loaded.users[one.specialist],
            )
            if reached:
                break
            on, tries = again, tries + 1


def _plans(loaded: Loaded, texts: dict, rng: Random) -> Iterator[NoShowPlan]:
    for one, period in loaded.current():
        if rng.random() < PLANNED:
            yield NoShowPlan(
                participant=loaded.participants[one.key],
                who=rng.choice(texts["who"]),
                how=rng.choice(texts["how"]),
                after_days=rng.choice((1, 2, 2, 3, 5, 7)),
                agreed_on=_after_start(loaded, period, 20),
                updated_by=loaded.specialist_on(period, loaded.world.today),
            )


def _declined(loaded: Loaded, texts: dict, rng: Random) -> Iterator[FollowUpDeclined]:
    """One in eight of those who have worked for three months wants to be left alone for a while."""
    today = loaded.world.today
    settled = [
        (one, period)
        for one, period in loaded.current()
        if any(job.begun and not job.ends_on and (today - job.starts_on).days > 90 for job in period.jobs)
    ]
    for one, period in settled[::8]:
        since = workday_until(today - timedelta(rng.randrange(1, 12)))
        yield FollowUpDeclined(
            participant=loaded.participants[one.key],
            starts_on=since,
            ends_on=workday_from(today + timedelta(rng.randrange(14, 60))),
            words=rng.choice(texts["words"]),
            created_by=loaded.specialist_on(period, since),
        )


def _notes(loaded: Loaded, texts: dict, rng: Random) -> Iterator[Note]:
    """Most are shared; each job specialist has a draft, and the first has left theirs for more than a week."""
    today, drafted = loaded.world.today, set()
    first = next(person.key for person in loaded.world.people if person.role == "jobbspesialist")
    for one, period in loaded.current():
        author = loaded.specialist_on(period, today)
        for text in rng.sample(texts["note"], k=rng.randrange(4)):
            state = rng.choice((NoteState.SERVICE, NoteState.SERVICE, NoteState.PARTICIPANT))
            on = _after_start(loaded, period, rng.randrange(10, 200))
            kind = "minutes" if state == NoteState.PARTICIPANT else "note"
            yield _note(loaded, one, author, on, text, state, kind)
        if author not in drafted:
            on = today - (OLD_DRAFT if author == loaded.users[first] else NEW_DRAFT)
            if on >= period.started_on:
                drafted.add(author)
                yield _note(loaded, one, author, on, rng.choice(texts["note"]), NoteState.DRAFT, "note")


def _note(loaded: Loaded, one: told.Participant, author, on: date, text: str, state: str, kind: str) -> Note:
    return Note(
        participant=loaded.participants[one.key],
        author=author,
        updated_by=author,
        kind=kind,
        on=on,
        started_on=on,
        text=text,
        state=state,
    )


def _after_start(loaded: Loaded, period: told.Period, days: int) -> date:
    return min(workday_from(period.started_on + timedelta(days)), loaded.world.today)
