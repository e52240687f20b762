"""A reader without access to people, with pencil, paper and all that the page shows, finds nobody.

The attacker here knows the definitions, writes down its own relations between the numbers, knows which of the hidden
ones are small, and solves them exactly (integer programming, SciPy's HiGHS). What it may never do is find the one
value that a small number must have.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from fotfeste.employment import Form, Job, Term
from fotfeste.indicators.records import Participant, Pause, Records, Referral, Source
from fotfeste_web.figures.disclosure import CannotHide, hidden
from fotfeste_web.figures.readers import for_readers
from fotfeste_web.figures.results import results_of

TODAY = date(2026, 2, 10)
QUARTERS = ["2025-1", "2025-2", "2025-3", "2025-4"]
SPANS = [*QUARTERS, "2025"]
MANY = 400

ENTERED = ["days_to_first_job", "job_rate_cohort_6", "job_rate_cohort_12", "days_to_first_employer_contact"]
REASONS = ["work_unsubsidised", "education", "moved", None]
person = st.tuples(
    st.integers(-200, 360),  # the day of the start, from 1 January 2025
    st.one_of(st.none(), st.integers(10, 500)),  # days until the end
    st.sampled_from(REASONS),
    st.booleans(),  # in work at the start
    st.lists(st.tuples(st.integers(0, 300), st.integers(20, 400), st.sampled_from([4, 15, 18, 25])), max_size=2),
)
services = st.lists(person, min_size=8, max_size=45)


def records(people) -> Records:
    participants, referrals, jobs = [], [], []
    for number, (start, length, reason, in_work, worked) in enumerate(people):
        id, entered_on = f"p{number}", date(2025, 1, 1) + timedelta(days=start)
        ended_on = entered_on + timedelta(days=length) if length else None
        participants.append(
            Participant(
                id=id,
                service="s",
                entered_on=entered_on,
                ended_on=ended_on,
                end_reason=reason if ended_on else None,
                in_work_at_start=in_work,
            )
        )
        received_on = entered_on - timedelta(days=20)
        referrals.append(Referral(participant=id, received_on=received_on, source=Source.GP))
        for place, (after, days, hours) in enumerate(worked):
            starts_on = entered_on + timedelta(days=after)
            term = Term(
                starts_on=starts_on,
                hours_per_week=Decimal(hours),
                form=Form.PERMANENT,
                ordinary_rate=True,
                open_to_anyone=True,
            )
            ends_on = starts_on + timedelta(days=days)
            jobs.append(
                Job(
                    id=f"{id}-{place}",
                    person=id,
                    employer="e",
                    occupation="5223",
                    starts_on=starts_on,
                    ends_on=ends_on,
                    terms=(term,),
                )
            )
    pauses = (Pause(participant="p0", starts_on=date(2025, 3, 1)),)
    return Records(participants=tuple(participants), referrals=tuple(referrals), jobs=tuple(jobs), pauses=pauses)


def results(people):
    """The year 2025 and its quarters."""
    whole = results_of(records(people), TODAY)
    return whole | {
        "spans": [span for span in whole["spans"] if span[0] in SPANS],
        "figures": {
            figure: {span: cell for span, cell in cells.items() if span in SPANS}
            for figure, cells in whole["figures"].items()
        },
    }


def numbers(told) -> dict[str, int | None]:
    """Every count of a page by its name: «2025-1 access n», «2025-1 closures moved»."""
    named = {}
    for figure, cells in told["figures"].items():
        for span, cell in cells.items():
            named |= {f"{span} {figure} {name}": cell[name] for name in ("n", "of") if name in cell}
            for name in ("parts", "left_out"):
                named |= {f"{span} {figure} {which}": n for which, n in cell.get(name, {}).items()}
    return named


def known_sums(names) -> Iterator[dict[str, int]]:
    """What somebody who has read the definitions would try: whole = sum of parts, and what lies within what."""
    for span in SPANS:
        for figure, left_out in (
            ("job_rate_caseload", []),
            ("in_education", []),
            ("job_rate_quarter", []),
            ("job_rate_ips_grow", ["in_work_at_start"]),
        ):
            yield {f"{span} job_rate_caseload of": 1, f"{span} {figure} of": -1} | {
                f"{span} {figure} {reason}": -1 for reason in left_out if f"{span} {figure} {reason}" in names
            }
        for figure in (
            "days_to_first_job",
            "job_rate_cohort_6",
            "job_rate_cohort_12",
            "days_to_first_employer_contact",
        ):
            out = f"{span} {figure} in_work_at_start"
            yield {f"{span} access n": 1, f"{span} {figure} of": -1} | ({out: -1} if out in names else {})
        for figure in ("closures", "job_starts"):
            parts = [name for name in names if name.startswith(f"{span} {figure} ") and not name.endswith(" n")]
            yield {f"{span} {figure} n": 1} | dict.fromkeys(parts, -1)
        yield {f"{span} closures n": 1, f"{span} closed_into_work of": -1}
        yield {f"{span} closures work_unsubsidised": 1, f"{span} closed_into_work n": -1}
        yield {f"{span} job_rate_quarter n": 1, f"{span} job_rate_caseload n": -1}
        yield {f"{span} job_starts n": 1, f"{span} starts_of_16_hours of": -1}
        yield {f"{span} starts_of_20_hours of": 1, f"{span} starts_of_16_hours of": -1}
    for before, quarter in pairwise(QUARTERS):
        yield {
            f"{before} job_rate_caseload of": 1,
            f"{before} closures n": -1,
            f"{quarter} access n": 1,
            f"{quarter} job_rate_caseload of": -1,
        }
    for name in names:
        if name.startswith("2025 "):
            quarters = [f"{quarter} {name.removeprefix('2025 ')}" for quarter in QUARTERS]
            yield {name: 1} | {one: -1 for one in quarters if one in names}


def known_within(names) -> Iterator[tuple[str, str]]:
    """What lies within what: the difference is people too."""
    for span in SPANS:
        yield f"{span} starts_of_20_hours n", f"{span} starts_of_16_hours n"
        yield f"{span} job_rate_cohort_6 n", f"{span} job_rate_cohort_12 n"
        yield f"{span} job_rate_cohort_12 n", f"{span} days_to_first_job n"
        yield f"{span} job_rate_cohort_6 n", f"{span} days_to_first_job n"
        yield f"{span} job_rate_ips_grow n", f"{span} job_rate_caseload of"
        yield f"{span} sustained_26_weeks n", f"{span} sustained_13_weeks n"
        yield f"{span} sustained_52_weeks n", f"{span} sustained_13_weeks n"
        yield f"{span} sustained_52_weeks n", f"{span} sustained_26_weeks n"
        yield f"{span} sustained_13_weeks n", f"{span} sustained_13_of_16_weeks n"
        yield f"{span} access n", f"{span} job_rate_caseload of"
        for name in names:
            if name.startswith(f"{span} ") and name.endswith(" of"):
                yield f"{name.removesuffix(' of')} n", name


class Attacker:
    def __init__(self, truth: dict[str, int], page: dict[str, int | None]) -> None:
        self.truth = {name: n for name, n in truth.items() if name in page}
        lines = [sum_ for sum_ in known_sums(self.truth) if len(sum_) > 1 and sum_.keys() <= self.truth.keys()]
        for inner, outer in known_within(list(self.truth)):
            if inner in self.truth and outer in self.truth and self.truth[inner] <= self.truth[outer]:
                rest = f"{outer} but not {inner}"
                lines.append({inner: 1, rest: 1, outer: -1})
        for line in lines:
            for name in line:
                if name not in self.truth:
                    outer, inner = name.split(" but not ")
                    self.truth[name] = self.truth[outer] - self.truth[inner]
        lines = [line for line in lines if sum(sign * self.truth[name] for name, sign in line.items()) == 0]
        self.place = {name: column for column, name in enumerate(self.truth)}
        self.lowest, self.highest = np.zeros(len(self.place)), np.full(len(self.place), float(MANY))
        for name, n in page.items():
            if n is not None:
                self.lowest[self.place[name]] = self.highest[self.place[name]] = n
            elif self.truth[name] < 5:
                self.highest[self.place[name]] = 4
        self.sums = np.zeros((len(lines), len(self.place)))
        for row, line in enumerate(lines):
            for name, sign in line.items():
                self.sums[row, self.place[name]] = sign

    def bounds(self, name: str) -> tuple[int, int]:
        found = []
        for sign in (1, -1):
            aim = np.zeros(len(self.place))
            aim[self.place[name]] = sign
            solved = milp(
                aim,
                constraints=LinearConstraint(self.sums, 0, 0),
                bounds=Bounds(self.lowest, self.highest),
                integrality=1,
            )
            assert solved.success, "the truth itself is a solution"
            found.append(round(sign * solved.fun))
        return found[0], found[1]

    def small(self) -> list[str]:
        return [name for name, n in self.truth.items() if 1 <= n <= 4]


def attack(people, step: int) -> None:
    whole = results(people)
    page = numbers(for_readers(whole))
    assert not any(n is not None and 1 <= n <= 4 for n in page.values())
    attacker = Attacker(numbers(whole), page)
    for name in attacker.small()[::step]:
        least, most = attacker.bounds(name)
        assert least < most, f"{name} must be {least}"
        assert least <= attacker.truth[name] <= most


@settings(max_examples=3, suppress_health_check=list(HealthCheck), derandomize=True)
@given(services)
def test_no_small_number_can_be_worked_out_from_all_that_is_shown(people):
    attack(people, step=9)


@pytest.mark.more
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(services)
def test_no_small_number_can_be_worked_out_of_many_services(people):
    attack(people, step=2)


def test_the_attacker_finds_somebody_where_only_the_small_numbers_are_hidden():
    people = [(10 * n, None, None, n < 2, [(30, 200, 15 if n < 4 else 25)]) for n in range(25)]
    truth = numbers(results(people))
    attacker = Attacker(truth, {name: None if 1 <= n <= 4 else n for name, n in truth.items()})
    assert attacker.bounds("2025 job_rate_ips_grow in_work_at_start") == (2, 2)


def given_away(counts, page, sums) -> bool:
    """Solve by trying every world: slow, and obvious."""
    names = list(counts)
    unseen = [name for name in names if name not in page]

    def worlds(world, left):
        if not left:
            if all(sum(sign * world[name] for name, sign in line.items()) == 0 for line in sums):
                yield world
            return
        for n in range(13):
            yield from worlds(world | {left[0]: n}, left[1:])

    found = list(worlds({name: counts[name] for name in page}, unseen))
    return any(len({world[name] for world in found}) == 1 for name in names if 1 <= counts[name] <= 4)


EXAMPLES = {
    "a numerator and the few without": ({"n": 10, "rest": 2, "of": 12}, ["n", "of"], [{"n": 1, "rest": 1, "of": -1}]),
    "two definitions, one within the other": (
        {"20 hours": 7, "between": 1, "16 hours": 8},
        ["20 hours", "16 hours"],
        [{"20 hours": 1, "between": 1, "16 hours": -1}],
    ),
    "one small reason among others": (
        {"moved": 2, "work": 6, "other": 9, "all": 17},
        ["moved", "work", "other", "all"],
        [{"moved": 1, "work": 1, "other": 1, "all": -1}],
    ),
    "a quarter of a year": (
        {"q1": 3, "q2": 6, "q3": 8, "year": 17},
        ["q1", "q2", "q3", "year"],
        [{"q1": 1, "q2": 1, "q3": 1, "year": -1}],
    ),
    "who came, from those who were there": (
        {"before": 12, "ended": 0, "came": 2, "after": 14},
        ["before", "ended", "came", "after"],
        [{"before": 1, "ended": -1, "came": 1, "after": -1}],
    ),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_one_more_is_hidden_where_subtraction_would_tell(example):
    counts, on_page, sums = EXAMPLES[example]
    small_alone = [name for name in on_page if not 1 <= counts[name] <= 4]
    assert given_away(counts, small_alone, sums)
    away = hidden(counts, on_page, sums)
    left = [name for name in on_page if name not in away]
    assert not given_away(counts, left, sums)
    assert len(left) == len(small_alone) - 1


def test_two_hidden_ones_whose_sum_is_known_are_not_left_alone_though_each_might_be_none():
    counts = {"moved": 1, "died": 1, "work": 6, "other": 9, "all": 17}
    sums = [{"moved": 1, "died": 1, "work": 1, "other": 1, "all": -1}]
    assert hidden(counts, counts, sums, dear=counts.get) == {"moved", "died", "work"}


def test_what_is_large_enough_is_shown_whole():
    counts = {"20 hours": 7, "between": 5, "16 hours": 12}
    assert hidden(counts, ["20 hours", "16 hours"], [{"20 hours": 1, "between": 1, "16 hours": -1}]) == set()


def test_a_number_that_relations_alone_give_away_is_refused_rather_than_stored():
    with pytest.raises(CannotHide):
        hidden({"one": 2, "twice": 4}, ["one", "twice"], [{"one": 1}])
