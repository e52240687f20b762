"""Every indicator of the method for a service, quarter by quarter, as counts: from records, and without ids."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fotfeste.indicators.definitions import indicator_definition
from fotfeste.indicators.measures import indicator, indicators
from fotfeste.indicators.records import Records
from fotfeste.indicators.results import Counts, Group, Indicator, Share, Times
from fotfeste.periods import Period, add_months

from .year import of_a_year

QUARTERS = 8
OF_JOBS = ("job_starts", "hours", "job_ends")  # measures whose cases are jobs, by their own ids
MONTHS = 3  # in a quarter
Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """A quarter, «2026-3», or a calendar year, «2026»."""

    id: str
    days: Period[date]

    @property
    def end(self) -> date:
        assert self.days.end is not None
        return self.days.end

    @property
    def is_year(self) -> bool:
        return "-" not in self.id


def quarter_start(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % MONTHS, 1)


def spans(today: date) -> list[Span]:
    """The last quarters that are over, the oldest first, and the calendar years that lie wholly in them."""
    running = quarter_start(today)
    starts = [add_months(running, -MONTHS * n) for n in range(QUARTERS, 0, -1)]
    quarters = [Span(f"{one.year}-{one.month // MONTHS + 1}", Period(one, add_months(one, MONTHS))) for one in starts]
    years = sorted({one.year for one in starts if date(one.year, 1, 1) >= starts[0] and one.year < running.year})
    return quarters + [Span(str(year), Period(date(year, 1, 1), date(year + 1, 1, 1))) for year in years]


def results_of(records: Records, today: date, born: Mapping[str, int | None] | None = None) -> dict[str, Any]:
    """Compute everything that those with access to people see. ``born`` is the year of birth by participant.

    What is known ends with the last quarter that is over: the figures of a quarter change when one more is over, or
    when something is written late, and never from one day to the next.
    """
    known = spans(today)
    until = quarter_start(today)
    cells: dict[str, dict[str, Cell]] = defaultdict(dict)
    specialists: dict[str, dict[str, dict[str, list[Any]]]] = defaultdict(lambda: defaultdict(dict))
    by_person = _ByPerson(records)
    for span in known:
        owner = whose(records, span.days)
        people = _turned(owner)
        theirs = {specialist: by_person.only(people[specialist]) for specialist in people}
        for found in indicators(records, span.days, until=until):
            cells[found.definition][span.id] = cell(found)
            cases, of_all = by_person.parted(found, owner)
            for specialist in people:
                n, of, median = cases[specialist], None if of_all is None else of_all[specialist], None
                if isinstance(found, Times) and n:
                    alone = indicator(theirs[specialist], found.definition, span.days, until=until)
                    assert isinstance(alone, Times)
                    median = _whole(alone.median)
                specialists[specialist][found.definition][span.id] = [n, of, median]
        if span.is_year:
            for figure, told in of_a_year(records, span.days, until=until, born=born or {}).items():
                cells[figure][span.id] = told
    return {
        "until": until.isoformat(),
        "spans": [[span.id, span.days.start.isoformat(), span.end.isoformat()] for span in known],
        "figures": cells,
        "specialists": specialists,
    }


def cell(found: Indicator) -> Cell:
    """What is shown of an indicator in one span: ``n`` of ``of``, who is left out, and what the cases are."""
    match found:
        case Share():
            return {
                "version": found.version,
                "n": found.numerator,
                "of": found.denominator,
                "left_out": _sizes(found.left_out),
                "groups": _sizes(found.groups),
            }
        case Times():
            return {
                "version": found.version,
                "n": found.closed,
                "of": found.n,
                "left_out": _sizes(found.left_out),
                "median": _whole(found.median),
            }
        case Counts():
            return {
                "version": found.version,
                "n": found.n,
                "parts": _sizes(found.counts),
                "median": _whole(found.median),
            }


def whose(records: Records, period: Period[date]) -> Mapping[str, str]:
    """Name the job specialist of each participant: in a period, the last one who had them."""
    last: dict[str, tuple[date, str]] = {}
    for one in records.assignments:
        if one.period.overlaps(period):
            last[one.participant] = max(last.get(one.participant, (date.min, "")), (one.starts_on, one.specialist))
    return {participant: specialist for participant, (_, specialist) in last.items()}


def _turned(owner: Mapping[str, str]) -> Mapping[str, set[str]]:
    people: dict[str, set[str]] = defaultdict(set)
    for participant, specialist in owner.items():
        people[specialist].add(participant)
    return people


class _ByPerson:
    """The records that times are read from, by person; and whose a job is."""

    OF = {
        "participants": lambda row: (row.id,),
        "referrals": lambda row: (row.participant,),
        "jobs": lambda row: (row.person,),
        "contacts": lambda row: row.participants,
    }

    def __init__(self, records: Records) -> None:
        self.person_of = {job.id: job.person for job in records.jobs}
        self.rows: dict[str, dict[str, list[Any]]] = {name: defaultdict(list) for name in self.OF}
        for name, people in self.OF.items():
            for row in getattr(records, name):
                for person in people(row):
                    self.rows[name][person].append(row)

    def only(self, people: Iterable[str]) -> Records:
        return Records(
            **{name: tuple(row for one in sorted(people) for row in rows[one]) for name, rows in self.rows.items()}
        )

    def parted(
        self, found: Indicator, owner: Mapping[str, str]
    ) -> tuple[Counter[str | None], Counter[str | None] | None]:
        """Count by job specialist the cases, and those they are of."""
        cases, of = _ids(found)
        if indicator_definition(found.definition, found.version).measure in OF_JOBS:
            cases, of = ([self.person_of[id] for id in ids] if ids is not None else None for ids in (cases, of))
        return _by_owner(cases, owner), None if of is None else _by_owner(of, owner)


def _by_owner(ids: Iterable[str], owner: Mapping[str, str]) -> Counter[str | None]:
    return Counter(owner.get(id.partition("@")[0]) for id in ids)


def _ids(found: Indicator) -> tuple[list[str], list[str] | None]:
    """The cases, and those they are of: participants, jobs, or educations as «participant@start»."""
    match found:
        case Share():
            return [*found.ids], [*found.of_ids]
        case Times():
            return [*found.ids], [*found.ids, *found.open_ids]
        case Counts():
            return [id for group in found.counts for id in group.ids], None


def _sizes(groups: Iterable[Group]) -> dict[str, int]:
    return {group.id: len(group.ids) for group in groups}


def _whole(days: Any) -> int | None:
    return None if days is None else round(float(days))
