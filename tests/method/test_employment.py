import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.employment import (
    Form,
    Job,
    OutcomeDefinition,
    OverlappingTerms,
    Support,
    Term,
    TermOutsideJob,
    UnknownDefinition,
    WorkDefinition,
    days_in_work,
    definition,
    definitions,
    first_job_on,
    hours_in_work,
    in_work_on,
    is_ordinary,
    longest_job_days,
    ordinary_periods,
    outcome,
    outcome_definition,
    weeks_in_work,
    work_definition,
)
from fotfeste.periods import Period

CASES = tomllib.loads(Path(__file__).with_name("outcome_cases.toml").read_text(encoding="utf-8"))["case"]
ORDINARY = work_definition("ordinary_work")
START = date(2024, 1, 1)


def term(starts_on, ends_on=None, **told):
    plain = {"form": Form.PERMANENT, "ordinary_rate": True, "open_to_anyone": True}
    return Term(**plain | {"starts_on": starts_on, "ends_on": ends_on} | told)


def job(*terms, starts_on=None, ends_on=None, number=1):
    return Job(
        id=str(number),
        person="1",
        employer="1",
        occupation="5223",
        starts_on=starts_on or terms[0].starts_on,
        ends_on=ends_on,
        terms=terms,
    )


def read_term(told):
    return term(
        told["starts_on"],
        told.get("ends_on"),
        hours_per_week=Decimal(told["hours"]) if "hours" in told else None,
        form=Form(told.get("form", "permanent")),
        ordinary_rate=told.get("rate", True),
        open_to_anyone=told.get("open", True),
        support=frozenset(map(Support, told.get("support", []))),
    )


def read_job(number, told):
    terms = [read_term(one) for one in told.get("terms", [told])]
    return job(*terms, starts_on=told["starts_on"], ends_on=told.get("ends_on"), number=number)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_worked_cases(case):
    jobs = [read_job(number, told) for number, told in enumerate(case.get("jobs", []))]
    education = [Period(told["starts_on"], told["ends_on"]) for told in case.get("education", [])]
    got, expected, warned = {}, {}, []
    for name, (value, censored) in case["expect"].items():
        result = outcome(
            jobs,
            outcome_definition(name),
            entered_on=case["entered_on"],
            until=case["until"],
            education=education,
        )
        value = None if value == "none" else Decimal(value) if isinstance(value, str) else value
        got[name], expected[name] = (result.value, result.censored), (value, censored)
        assert result.followed_days == case.get("followed_days", result.followed_days)
        warned += [name] if "hours_unknown" in result.warnings else []
    assert got == expected
    assert warned == case.get("warns", [])


# ---- ordinary work


def test_a_term_that_is_not_ordinary_says_everything_it_fails():
    practice = term(
        START,
        ordinary_rate=False,
        open_to_anyone=False,
        support=frozenset({Support.WORK_PRACTICE, Support.MENTOR, Support.WAGE_SUBSIDY}),
    )
    assert is_ordinary(term(START), ORDINARY).counts
    assert is_ordinary(practice, ORDINARY).reasons == (
        "ordinary_rate",
        "open_to_anyone",
        "wage_subsidy",
        "work_practice",
    )


@pytest.mark.parametrize(
    ("told", "ordinary", "item_21", "registered"),
    [
        ({}, True, True, True),
        ({"form": Form.SEASONAL}, True, True, True),
        ({"form": Form.SUBSTITUTE}, True, False, True),
        ({"form": Form.ON_CALL}, True, False, True),
        ({"form": Form.SELF_EMPLOYED}, True, False, False),
        ({"support": frozenset({Support.WAGE_SUBSIDY})}, False, True, True),
        ({"support": frozenset({Support.MENTOR, Support.INCLUSION_SUBSIDY})}, True, True, True),
        ({"support": frozenset({Support.SET_ASIDE}), "open_to_anyone": False}, False, False, True),
        ({"support": frozenset({Support.WORK_PRACTICE}), "ordinary_rate": False}, False, False, False),
        ({"ordinary_rate": False}, False, False, True),
    ],
)
def test_one_term_read_by_three_definitions(told, ordinary, item_21, registered):
    works = [ORDINARY, work_definition("item_21"), work_definition("registered_work")]
    assert [is_ordinary(term(START, **told), work).counts for work in works] == [
        ordinary,
        item_21,
        registered,
    ]


def test_a_term_ends_with_its_job():
    ended = job(term(START), ends_on=date(2024, 2, 1))
    assert ordinary_periods([ended], ORDINARY) == (Period(START, date(2024, 2, 1)),)


def test_terms_that_overlap_or_lie_outside_their_job_are_refused():
    with pytest.raises(OverlappingTerms) as overlap:
        job(term(START), term(date(2024, 3, 1)))
    assert overlap.value.day == date(2024, 3, 1)
    with pytest.raises(TermOutsideJob):
        job(term(START), starts_on=date(2024, 1, 2))
    with pytest.raises(TermOutsideJob):
        job(term(START, date(2024, 2, 1)), term(date(2024, 2, 1)), ends_on=date(2024, 2, 1))


# ---- definitions


def test_every_definition_has_its_names_and_its_source_and_is_the_only_one_of_its_version():
    known = definitions()
    assert {type(one) for one in known} == {WorkDefinition, OutcomeDefinition}
    assert len({(one.id, one.version) for one in known}) == len(known)
    for one in known:
        assert one.name_nb
        assert one.name_en
        assert one.source
        assert definition(one.id, one.version) is one


@pytest.mark.parametrize("id", [one.id for one in definitions() if isinstance(one, OutcomeDefinition)])
def test_every_outcome_can_be_computed_and_remembers_what_by(id):
    result = outcome(
        [job(term(START, hours_per_week=Decimal(20)))],
        outcome_definition(id),
        entered_on=START,
        until=date(2029, 1, 1),
    )
    assert (result.definition, result.version, result.work_version) == (id, 1, 1)
    assert result.value or id == "days_to_first_job"
    assert not result.censored


def test_an_unknown_definition_names_those_that_come_near():
    with pytest.raises(UnknownDefinition) as unknown:
        outcome_definition("in_work_at_24_months")
    assert "in_work_at_12_months" in unknown.value.near
    with pytest.raises(UnknownDefinition):
        definition("ordinary_work", version=99)
    with pytest.raises(UnknownDefinition):
        work_definition("days_to_first_job")  # an outcome


# ---- the measures against a slow twin that knows only days

WINDOW = Period(START, START + timedelta(days=60))
DAYS = [START + timedelta(days=n) for n in range(60)]


@st.composite
def some_job(draw, number=1):
    starts = draw(st.integers(-10, 60))
    lengths = draw(st.lists(st.integers(1, 20), min_size=1, max_size=3))
    terms, at = [], starts
    for length in lengths:
        told = {"ordinary_rate": draw(st.booleans()), "hours_per_week": Decimal(draw(st.integers(0, 40)))}
        terms.append(term(START + timedelta(days=at), START + timedelta(days=at + length), **told))
        at += length + draw(st.integers(0, 3))
    return job(*terms, ends_on=draw(st.none() | st.just(terms[-1].starts_on + timedelta(days=1))), number=number)


some_jobs = st.lists(some_job(), max_size=3)


def terms_on(one, day):
    """The ordinary terms of a job on a day, by looking at each."""
    in_job = one.starts_on <= day and (one.ends_on is None or day < one.ends_on)
    return [t for t in one.terms if in_job and t.ordinary_rate and t.starts_on <= day < t.ends_on]


@given(some_jobs)
def test_days_weeks_and_the_first_day_of_work_agree_with_looking_at_each_day(jobs):
    worked = [n for n, day in enumerate(DAYS) if any(terms_on(one, day) for one in jobs)]
    assert days_in_work(jobs, ORDINARY, WINDOW) == len(worked)
    assert weeks_in_work(jobs, ORDINARY, WINDOW) == len({n // 7 for n in worked})
    assert first_job_on(jobs, ORDINARY, WINDOW) == (DAYS[worked[0]] if worked else None)
    assert [n for n, day in enumerate(DAYS) if in_work_on(jobs, ORDINARY, day)] == worked


@given(some_jobs)
def test_hours_and_the_longest_job_agree_with_looking_at_each_day(jobs):
    hours = sum(t.hours_per_week for one in jobs for day in DAYS for t in terms_on(one, day))
    assert abs(hours_in_work(jobs, ORDINARY, WINDOW) - Decimal(hours) / 7) <= Decimal("0.005")
    longest = max((sum(bool(terms_on(one, day)) for day in DAYS) for one in jobs), default=0)
    assert longest_job_days(jobs, ORDINARY, WINDOW) == longest


@given(some_jobs, some_job())
def test_one_more_job_never_makes_less_work(jobs, more):
    assert days_in_work([*jobs, more], ORDINARY, WINDOW) >= days_in_work(jobs, ORDINARY, WINDOW)
    for id in ("steady_13_of_16_weeks", "ips_primary_care", "job_within_18_months", "ips_grow_job"):
        by = outcome_definition(id)
        before = outcome(jobs, by, entered_on=START, until=date(2026, 1, 1))
        after = outcome([*jobs, more], by, entered_on=START, until=date(2026, 1, 1))
        assert after.value >= before.value


@given(some_jobs, st.integers(0, 200))
def test_what_is_not_censored_does_not_change_when_more_is_known(jobs, followed):
    for one in definitions():
        if isinstance(one, OutcomeDefinition):
            early = outcome(jobs, one, entered_on=START, until=START + timedelta(days=followed))
            late = outcome(jobs, one, entered_on=START, until=date(2029, 1, 1))
            assert early.censored or early.value == late.value
