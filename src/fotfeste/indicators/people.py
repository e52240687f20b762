"""The records of a service by participant, and who is in a denominator and who is left out of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from fotfeste.employment import Job, WorkDefinition, ordinary_periods
from fotfeste.indicators.definitions import IndicatorDefinition
from fotfeste.indicators.records import Contact, Participant, Records
from fotfeste.indicators.results import Group, Share
from fotfeste.periods import Period

IN_WORK_AT_START = "in_work_at_start"
PAUSED = "paused"
CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an indicator is asked of: the records, the period, and the first day of which nothing is known."""

    records: Records
    period: Period[date]
    until: date

    @property
    def end(self) -> date:
        assert self.period.end is not None
        return self.period.end

    @cached_property
    def participants(self) -> Mapping[str, Participant]:
        return {one.id: one for one in self.records.participants}

    @cached_property
    def jobs(self) -> Mapping[str, list[Job]]:
        """By person, those that have begun."""
        jobs: dict[str, list[Job]] = defaultdict(list)
        for job in self.records.jobs:
            if job.starts_on < self.until:
                jobs[job.person].append(job)
        return jobs

    @cached_property
    def contacts(self) -> Mapping[str, list[Contact]]:
        contacts: dict[str, list[Contact]] = defaultdict(list)
        for contact in self.records.contacts:
            if contact.on < self.until:
                for participant in contact.participants:
                    contacts[participant].append(contact)
        return contacts

    @cached_property
    def paused(self) -> frozenset[str]:
        """Who was on pause on the last day of the period."""
        last = self.end - timedelta(days=1)
        return frozenset(
            pause.participant for pause in self.records.pauses if Period(pause.starts_on, pause.ends_on).contains(last)
        )

    @property
    def served(self) -> list[Participant]:
        """Participants on at least one day of the period."""
        return [
            one
            for one in self.records.participants
            if one.entered_on is not None and Period(one.entered_on, one.ended_on).overlaps(self.period)
        ]

    @property
    def entered(self) -> list[Participant]:
        """Those whose start-up meeting was in the period."""
        return [one for one in self.records.participants if one.entered_on and self.period.contains(one.entered_on)]

    def worked(self, person: str, work: WorkDefinition) -> tuple[Period[date], ...]:
        """When the person was in work, as far as is known."""
        if (person, work.id, work.version) not in self._worked:  # asked by one indicator after another
            known = Period(date.min, self.until)
            periods = (part.intersect(known) for part in ordinary_periods(self.jobs.get(person, ()), work))
            self._worked[person, work.id, work.version] = tuple(part for part in periods if part)
        return self._worked[person, work.id, work.version]

    @cached_property
    def _worked(self) -> dict[tuple[str, str, int], tuple[Period[date], ...]]:
        return {}

    def groups(self, people: Iterable[Participant]) -> dict[str, list[str]]:
        """The three groups that every denominator must say whether it holds."""
        people = tuple(people)
        return {
            IN_WORK_AT_START: [one.id for one in people if one.in_work_at_start],
            PAUSED: [one.id for one in people if one.id in self.paused],
            CLOSED: [one.id for one in people if one.ended_on and self.period.contains(one.ended_on)],
        }


def parted(
    asked: Asked, people: Collection[Participant], definition: IndicatorDefinition
) -> tuple[list[Participant], list[Group]]:
    """Those in the denominator, and those left out by group; who is in two groups is told by the first."""
    groups = asked.groups(people)
    held = {IN_WORK_AT_START: definition.in_work_at_start, PAUSED: definition.paused, CLOSED: definition.closed}
    out: set[str] = set()
    left_out = []
    for name, ids in groups.items():
        if held[name] == "out" and (new := [id for id in ids if id not in out]):
            left_out.append(Group(id=name, ids=tuple(sorted(new))))
            out |= set(new)
    return [one for one in people if one.id not in out], left_out


def share(
    asked: Asked,
    definition: IndicatorDefinition,
    ids: Collection[str],
    of_ids: Collection[str],
    *,
    left_out: Iterable[Group] = (),
    groups: Mapping[str, Iterable[str]] | None = None,
) -> Share:
    return Share(
        definition=definition.id,
        version=definition.version,
        starts_on=asked.period.start,
        ends_on=asked.end,
        value=Decimal(len(ids)) / len(of_ids) if of_ids else None,
        numerator=len(ids),
        denominator=len(of_ids),
        ids=tuple(sorted(ids)),
        of_ids=tuple(sorted(of_ids)),
        left_out=tuple(group for group in left_out if group.ids),
        groups=tuple(Group(id=name, ids=tuple(sorted(members))) for name, members in (groups or {}).items()),
        benchmark=definition.benchmark,
    )
