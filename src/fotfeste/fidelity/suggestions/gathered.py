"""The records of one service, sorted once by whom they are about, with what they are asked by."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from fotfeste.employment import Job, ordinary_periods, work_definition
from fotfeste.fidelity.shapes import Item, Scale
from fotfeste.fidelity.suggestions.shapes import Options
from fotfeste.indicators.records import (
    Absence,
    Assignment,
    Contact,
    JobEnd,
    Participant,
    Post,
    Records,
    Round,
    Specialist,
    is_met_in_person,
)
from fotfeste.indicators.working_time import days_worked
from fotfeste.periods import Period, add_months

R = TypeVar("R")
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """``period`` has an end; its last day is the day that "now" means."""

    records: Records
    scale: Scale
    period: Period[date]
    options: Options

    @property
    def end(self) -> date:
        assert self.period.end is not None
        return self.period.end

    @property
    def last_day(self) -> date:
        return self.end - DAY

    def item(self, id: str) -> Item:
        return self.scale.item_by_id[id]

    def window(self, item: Item) -> Period[date]:
        """The time an item looks back on: its own, from the end of the period; the period where it has none."""
        if item.window == self.scale.window:
            return self.period
        count, unit = item.window.count, item.window.unit
        if unit == "months":
            return Period(add_months(self.end, -count), self.end)
        return Period(self.end - count * timedelta(days=7 if unit == "weeks" else 1), self.end)

    @cached_property
    def staff(self) -> tuple[Specialist, ...]:
        """Those who hold a post at some time in the period."""
        return tuple(
            one
            for one in self.records.specialists
            if any(post.share and post.period.overlaps(self.period) for post in one.posts)
        )

    @property
    def staff_now(self) -> tuple[Specialist, ...]:
        """Those who hold a post on the last day."""
        return tuple(one for one in self.staff if any(post.period.contains(self.last_day) for post in one.posts))

    @cached_property
    def participants(self) -> Mapping[str, Participant]:
        return {one.id: one for one in self.records.participants}

    @cached_property
    def posts(self) -> Mapping[str, tuple[Post, ...]]:
        return {one.id: one.posts for one in self.records.specialists}

    @cached_property
    def absences(self) -> Mapping[str, list[Absence]]:
        return _by(self.records.absences, lambda one: one.specialist)

    @cached_property
    def assignments(self) -> Mapping[str, list[Assignment]]:
        """By job specialist."""
        return _by(self.records.assignments, lambda one: one.specialist)

    @cached_property
    def assignments_to(self) -> Mapping[str, list[Assignment]]:
        """By participant."""
        return _by(self.records.assignments, lambda one: one.participant)

    @cached_property
    def contacts(self) -> Mapping[str, list[Contact]]:
        """By job specialist, until the end of the period."""
        until_now = (one for one in self.records.contacts if one.on < self.end)
        return _by(until_now, lambda one: one.specialist or "")

    @cached_property
    def contacts_about(self) -> Mapping[str, list[Contact]]:
        """By participant, until the end of the period, however far back."""
        about: dict[str, list[Contact]] = defaultdict(list)
        for contact in self.records.contacts:
            if contact.on < self.end:
                for participant in contact.participants:
                    about[participant].append(contact)
        return about

    @cached_property
    def met_in_person(self) -> Mapping[str, list[date]]:
        """The days on which a participant was met in person."""
        return {
            person: [contact.on for contact in contacts if is_met_in_person(contact)]
            for person, contacts in self.contacts_about.items()
        }

    @cached_property
    def rounds(self) -> Mapping[str, list[Round]]:
        return _by(self.records.rounds, lambda one: one.specialist)

    @cached_property
    def jobs(self) -> Mapping[str, list[Job]]:
        """Those that have begun by the last day, by person."""
        return _by((job for job in self.records.jobs if job.starts_on < self.end), lambda one: one.person)

    @cached_property
    def job_ends(self) -> Mapping[str, JobEnd]:
        return {end.job: end for end in self.records.job_ends}

    @cached_property
    def not_seeking(self) -> Mapping[str, list[Period[date]]]:
        """When a person was in ordinary work, in education, on pause or stepped down."""
        ordinary = work_definition("ordinary_work")
        times: dict[str, list[Period[date]]] = defaultdict(list)
        for person, jobs in self.jobs.items():
            times[person] += ordinary_periods(jobs, ordinary)
        for studies in self.records.education:
            times[studies.participant].append(Period(studies.starts_on, studies.ends_on))
        for pause in self.records.pauses:
            times[pause.participant].append(Period(pause.starts_on, pause.ends_on))
        for step_down in self.records.step_downs:
            times[step_down.participant].append(step_down.period)
        return times

    @cached_property
    def not_now(self) -> Mapping[str, list[Period[date]]]:
        """When a person did not want follow-up, or it was stepped down."""
        times: dict[str, list[Period[date]]] = defaultdict(list)
        for declined in self.records.declined:
            times[declined.participant].append(declined.period)
        for step_down in self.records.step_downs:
            times[step_down.participant].append(step_down.period)
        return times

    def jobs_held(self, window: Period[date]) -> list[Job]:
        return [job for job in self.records.jobs if job.period.overlaps(window)]

    def caseload(self, specialist: str) -> set[str]:
        """Participants on the last day: paused ones too; not those who wait for the start-up meeting or have ended."""
        return {
            one.participant
            for one in self.assignments.get(specialist, ())
            if one.period.contains(self.last_day) and self._takes_part(one.participant)
        }

    def days_worked(self, specialist: str, window: Period[date]) -> int:
        return days_worked(self.posts.get(specialist, ()), self.absences.get(specialist, ()), window)

    def entered_on(self, participant: str) -> date:
        """The start-up meeting; for somebody without one, before anything."""
        known = self.participants.get(participant)
        return (known and known.entered_on) or date.min

    def _takes_part(self, participant: str) -> bool:
        known = self.participants.get(participant)
        return known is None or (
            known.entered_on is not None and Period(known.entered_on, known.ended_on).contains(self.last_day)
        )


def _by(records: Iterable[R], key: Callable[[R], str]) -> Mapping[str, list[R]]:
    sorted_out: dict[str, list[R]] = defaultdict(list)
    for record in records:
        sorted_out[key(record)].append(record)
    return sorted_out
