"""Meetings before they are written up: when, who and why, not yet at what time and in what words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fotfeste_web.demo.story.days import workday_from, workday_until
from fotfeste_web.demo.story.ways import Way
from fotfeste_web.demo.story.world import Employer

# Days between meetings with the participant, and between employer visits for the person, by state.
RHYTHM = {
    "mapping": (5, 9), "search": (6, 12), "first_month": (5, 7), "work": (21, 29), "step_down": (35, 50),
    "study": (20, 30),
}  # fmt: skip
SLOW_RHYTHM = {
    "mapping": (9, 16), "search": (12, 24), "first_month": (7, 14), "work": (28, 45), "step_down": (45, 60),
    "study": (30, 45),
}  # fmt: skip
TEXTS = {
    "mapping": "start.mapping.notes", "search": "search.participant", "first_month": "work.first_weeks",
    "work": "work.support", "step_down": "work.step_down", "study": "work.education",
}  # fmt: skip
OUTSIDE = ("cafe", "cafe", "other", "other", "own_office", "own_office", "treatment_team")
Available = Callable[[str, date], date]  # the first day from then on when the specialist is at work


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    on: date
    service: str
    specialist: str
    kind: str
    texts: str  # where its text is picked
    status: str = "held"
    channel: str = "in_person"
    place: str = "own_office"
    by: str = "specialist"
    way: Way | None = None
    more_participants: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    employer: Employer | None = None
    purpose: str | None = None  # of an employer meeting; None: by how many visits there have been
    minutes: int | None = None
    at: int | None = None  # minutes after midnight, where the time is given


@dataclass(frozen=True, kw_only=True)
class Meetings:
    """Drafts the meetings of one way until the day before `today`."""

    rng: Random
    today: date
    available: Available
    employers: dict[str, Employer]
    slow: bool

    def of(self, way: Way) -> list[Draft]:
        drafts = list(self._with_participant(way))
        drafts += self._with_employers(way)
        drafts += self._with_nav(way)
        return drafts

    def last_day(self, way: Way) -> date:
        if way.present == "new":
            return way.started_on - timedelta(1)
        if way.last_contact_on:
            return way.last_contact_on
        return min(way.closing.closed_on if way.closing else self.today, self.today - timedelta(1))

    def draft(self, way: Way, on: date, kind: str, texts: str, **fields) -> Draft:
        return Draft(
            on=on,
            service=way.service,
            specialist=way.specialist_on(on),
            kind=kind,
            texts=texts,
            way=way,
            **fields,
        )

    def day_for(self, way: Way, day: date) -> date:
        """That day, or one soon after when the specialist is there; not all on a Monday."""
        there = self.available(way.specialist_on(day), day)
        if there != day:
            there += timedelta(self.rng.randrange(10 if (there - day).days > 4 else 5))
        # The person may have another specialist by then, who is away in turn.
        while (free := self.available(way.specialist_on(there), there)) != there:
            there = free
        return there

    def _with_participant(self, way: Way) -> Iterator[Draft]:
        last = self.last_day(way)
        first = self.day_for(way, way.started_on + timedelta(self.rng.randrange(4)))
        if first > last:
            return
        yield self.draft(
            way,
            first,
            "start_up",
            "start.start_up.notes",
            place=self.rng.choice(OUTSIDE),
            minutes=60,
            colleagues=(way.referral.therapist,) if way.referral.therapist and self.rng.random() < 0.4 else (),
        )
        certain = {workday_until(last)} if way.last_contact_on else set()
        for job in way.jobs:
            around = (workday_until(job.starts_on - timedelta(3)), workday_from(job.starts_on + timedelta(1)))
            certain |= {
                day for day in around if first < day <= last and self.available(way.specialist_on(day), day) == day
            }
        days = {day for day in self._regular(way, first, last) if day not in certain}
        for day in sorted(days | certain):
            if day > first:
                yield self._talk(way, day, certain=day in certain)

    def _regular(self, way: Way, first: date, last: date) -> Iterator[date]:
        rhythm = SLOW_RHYTHM if self.slow else RHYTHM
        day = first
        while True:
            pause = way.paused_on(day)
            gap = rhythm[way.state_on(day)] if not pause else (0, 3)
            if pause and pause.ends_on is None:
                return
            day = (pause.ends_on if pause and pause.ends_on else day) + timedelta(self.rng.randint(*gap))
            day = self.day_for(way, day)
            if day > last:
                return
            yield day

    def _talk(self, way: Way, day: date, *, certain: bool) -> Draft:
        """A meeting with the participant, kept or not; a certain one is kept, in person."""
        rng, state, place = self.rng, way.state_on(day), self.rng.choice(OUTSIDE)
        chance = rng.random()
        if not certain and chance < 0.07:
            return self.draft(
                way, day, "participant", "search.absent", status="participant_absent", place=place, by="both"
            )
        if not certain and chance < 0.12:
            return self.draft(way, day, "participant", "search.cancelled", status="cancelled", place=place, by="both")
        if not certain and chance < 0.15 and state in ("mapping", "search"):
            if rng.random() < 0.5:
                return self.draft(way, day, "participant", "search.outreach", place="home", minutes=30)
            return self.draft(way, day, "participant", "search.outreach_phone", channel="phone", minutes=10)
        working = state in ("first_month", "work", "step_down")
        if not certain and chance < 0.36 and state != "study":
            texts = "work.phone" if working else "search.phone"
            return self.draft(way, day, "participant", texts, channel="phone", minutes=rng.choice((5, 10, 15)))
        if not certain and chance < 0.39:
            texts = "work.phone" if working or state == "study" else "search.phone"
            return self.draft(way, day, "participant", texts, channel="digital", by="both", minutes=30)
        texts = TEXTS.get(state, "search.participant")
        if any(0 < (job.starts_on - day).days <= 7 for job in way.jobs):
            texts = "work.before_start"
        if state == "search" and rng.random() < 0.08:
            texts = "openness.talk"
        therapist = way.referral.therapist if rng.random() < 0.12 else None
        if working and rng.random() < 0.3:
            place = "employer"
        if state == "study" and rng.random() < 0.5:
            place = "school"
        return self.draft(
            way,
            day,
            "participant",
            texts,
            place=place,
            by="both",
            colleagues=(therapist,) if therapist else (),
        )

    def _with_employers(self, way: Way) -> Iterator[Draft]:
        """From the first employer contact on: search, then support at work where that was agreed."""
        rng, last = self.rng, self.last_day(way)
        day, number = way.first_employer_on, 0
        while day:
            day = self.day_for(way, day)
            if day > last:
                return
            state, job = way.state_on(day), way.job_on(day)
            if state in ("mapping", "search"):
                yield self._job_search(way, day, number)
            elif job and job.openness_used != "not_open" and state in ("first_month", "work"):
                yield self.draft(
                    way,
                    day,
                    "employer",
                    "employers.support",
                    place="employer",
                    employer=self.employers[job.employer],
                    purpose="job_support",
                    by="both" if rng.random() < 0.4 else "specialist",
                )
            number += 1
            gap = (25, 45) if state in ("mapping", "search") and self.slow else (8, 18)
            if state not in ("mapping", "search"):
                gap = (60, 100) if self.slow else (25, 50)
            day += timedelta(rng.randint(*gap))

    def _job_search(self, way: Way, day: date, number: int) -> Draft:
        rng = self.rng
        follows_wish = rng.random() < (0.65 if self.slow else 0.9)
        near = [e for e in self.employers.values() if e.service == way.service]
        suited = [e for e in near if e.trade in way.trades]
        employer = rng.choice(suited if follows_wish and suited else near)
        by = rng.choices(("specialist", "both", "participant"), (70, 20, 10))[0]
        cancelled = number > 0 and rng.random() < 0.05
        texts = "search.alone" if by == "participant" else "employers"
        purpose = "propose_person" if by == "participant" else None
        if number > 1 and rng.random() < 0.2:
            texts, purpose = "employers.application", "follow_up_application"
        return self.draft(
            way,
            day,
            "employer",
            "search.employer_cancelled" if cancelled else texts,
            place="employer",
            employer=employer,
            purpose=purpose,
            by=by,
            status="cancelled" if cancelled else "held",
        )

    def _with_nav(self, way: Way) -> Iterator[Draft]:
        """Advice on benefits and work: early, and before a job or more hours."""
        days = [way.started_on + timedelta(18)]
        days += [change.starts_on - timedelta(8) for job in way.jobs for change in job.terms]
        for day in sorted(days):
            day = self.day_for(way, day)
            if way.started_on < day <= self.last_day(way) and not way.paused_on(day):
                in_person = self.rng.random() < 0.6
                yield self.draft(
                    way,
                    day,
                    "nav",
                    "team.nav" if in_person else "team.nav_phone",
                    place="nav",
                    channel="in_person" if in_person else "phone",
                    colleagues=(way.referral.nav_adviser,),
                    by="both",
                    minutes=45 if in_person else 20,
                )
