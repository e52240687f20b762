import tomllib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import isclose
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from fotfeste.employment import Form, Job, Support, Term
from fotfeste.indicators.definitions import UnknownIndicator, indicator_definition, indicator_definitions
from fotfeste.indicators.measures import MEASURES, indicator, indicators
from fotfeste.indicators.rates import NotAQuarter
from fotfeste.indicators.records import (
    By,
    Channel,
    Contact,
    ContactStatus,
    Education,
    EndedBy,
    JobEnd,
    NotOffered,
    Participant,
    Pause,
    Place,
    Records,
    Referral,
    ReferralOutcome,
    Source,
    StepDown,
)
from fotfeste.indicators.results import Counts, Share, Times
from fotfeste.indicators.survival import kaplan_meier, median_days, restricted_mean_days
from fotfeste.periods import Period, StillOpen

CASES = tomllib.loads(Path(__file__).with_name("indicator_cases.toml").read_text(encoding="utf-8"))["case"]
DAY = timedelta(days=1)


def built(people):
    """The records of the people of a case."""
    participants, jobs, contacts, education, pauses, referrals, step_downs, ends = [], [], [], [], [], [], [], []
    for told in people:
        id = told["id"]
        participants.append(
            Participant(
                id=id,
                service="nord",
                entered_on=told.get("entered"),
                ended_on=told.get("ended"),
                end_reason=told.get("end_reason"),
                in_work_at_start=told.get("in_work", False),
            )
        )
        for n, (start, end, *hours) in enumerate(told.get("work", [])):
            jobs.append(
                job(f"{id} {n}", id, start, end or None, Decimal(hours[0]) if hours else None, told.get("support", []))
            )
            if "job_ended_by" in told:
                ends.append(JobEnd(job=f"{id} {n}", ended_by=EndedBy(told["job_ended_by"])))
        for start, end, *completed in told.get("study", []):
            education.append(Education(participant=id, starts_on=start, ends_on=end or None, completed=any(completed)))
        pauses += [Pause(participant=id, starts_on=start, ends_on=end or None) for start, end in told.get("paused", [])]
        contacts += [employer_met(f"{id} {on}", id, on) for on in told.get("employer", [])]
        if "step_down" in told:
            step_downs.append(StepDown(participant=id, starts_on=told["step_down"]))
        if "referred" in told:
            referrals.append(
                Referral(
                    participant=id,
                    received_on=told["referred"],
                    source=Source.THERAPIST,
                    outcome=ReferralOutcome(told["outcome"]) if "outcome" in told else None,
                    outcome_on=told.get("outcome_on"),
                    not_offered_reason=NotOffered(told["reason"]) if "reason" in told else None,
                )
            )
    return Records(
        participants=tuple(participants),
        jobs=tuple(jobs),
        contacts=tuple(contacts),
        education=tuple(education),
        pauses=tuple(pauses),
        referrals=tuple(referrals),
        step_downs=tuple(step_downs),
        job_ends=tuple(ends),
    )


def job(id, person, starts_on, ends_on=None, hours=None, support=()):
    term = Term(
        starts_on=starts_on,
        hours_per_week=hours,
        form=Form.PERMANENT,
        ordinary_rate=True,
        open_to_anyone=True,
        support=frozenset(map(Support, support)),
    )
    return Job(
        id=id, person=person, employer="b", occupation="5223", starts_on=starts_on, ends_on=ends_on, terms=(term,)
    )


def employer_met(id, person, on):
    return Contact(
        id=id,
        specialist="ina",
        on=on,
        status=ContactStatus.HELD,
        channel=Channel.IN_PERSON,
        place=Place.EMPLOYER,
        with_employer=True,
        participants=(person,),
        by=By.SPECIALIST,
    )


def shown(found):
    if isinstance(found, Share):
        return f"{found.numerator}/{found.denominator}"
    if isinstance(found, Times):
        values = [found.closed, found.open, found.median, found.median_closed]
        return ["none" if value is None else value for value in values]
    return {group.id: len(group.ids) for group in found.counts if group.ids}


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_worked_case(case):
    records, period = built(case["people"]), Period(*case["period"])
    got = {name: indicator(records, name, period, until=case.get("until")) for name in case["expect"]}
    assert {name: shown(found) for name, found in got.items()} == case["expect"]
    left_out = {name: {group.id: list(group.ids) for group in got[name].left_out} for name in case.get("left_out", {})}
    assert left_out == case.get("left_out", {})
    groups = {name: {group.id: list(group.ids) for group in got[name].groups} for name in case.get("groups", {})}
    assert groups == case.get("groups", {})
    for name, (mean, until) in case.get("expect_mean", {}).items():
        assert (round(got[name].restricted_mean, 4), got[name].restricted_to_days) == (float(mean), until)
    for name, middle in case.get("median", {}).items():
        assert round(got[name].median, 4) == Decimal(middle)


def test_every_definition_has_a_worked_case():
    assert {one.id for one in indicator_definitions()} - {"sustained_52_weeks"} == {
        name for case in CASES for name in case["expect"]
    }


@pytest.mark.parametrize("weeks", [13, 26, 52])
def test_to_the_day_for_each_length_of_sustained_work(weeks):
    start = date(2023, 1, 2)
    people = [
        {"id": "all", "entered": start, "work": [[start, start + weeks * 7 * DAY]]},
        {"id": "a day less", "entered": start, "work": [[start, start + (weeks * 7 - 1) * DAY]]},
    ]
    period = Period(start, start + DAY)
    name = f"sustained_{weeks}_weeks"
    records = built(people)
    found = indicator(records, name, period, until=start + weeks * 7 * DAY)
    assert (found.ids, found.of_ids) == (("all",), ("a day less", "all"))
    too_soon = indicator(records, name, period, until=start + (weeks * 7 - 1) * DAY)
    assert (too_soon.value, too_soon.left_out[0].id) == (None, "began_too_recently")


def test_a_quarter_is_a_calendar_quarter():
    for start, end in [(date(2025, 1, 1), date(2025, 5, 1)), (date(2025, 2, 1), date(2025, 5, 1))]:
        with pytest.raises(NotAQuarter):
            indicator(Records(), "job_rate_quarter", Period(start, end))
    quarter = Period(date(2025, 10, 1), date(2026, 1, 1))
    assert indicator(Records(), "job_rate_quarter", quarter).value is None
    assert len(indicators(Records(), quarter)) == len(indicator_definitions())
    assert len(indicators(Records(), Period(date(2025, 1, 1), date(2026, 1, 1)))) == len(indicator_definitions()) - 1


def test_unknown_indicators_and_open_periods_are_refused():
    with pytest.raises(UnknownIndicator) as unknown:
        indicator_definition("job_rate_caselod")
    assert unknown.value.near[0] == "job_rate_caseload"
    with pytest.raises(UnknownIndicator):
        indicator_definition("access", version=2)
    with pytest.raises(StillOpen):
        indicator(Records(), "access", Period(date(2025, 1, 1)))


def test_every_measure_has_a_definition_that_says_what_is_counted_of_whom():
    assert {one.measure for one in indicator_definitions()} == set(MEASURES)
    for one in indicator_definitions():
        assert all((one.name_nb, one.numerator_nb, one.denominator_nb, one.formula, one.source))
        assert one.of_weeks >= one.weeks


# ---- properties, on people made by chance

START = date(2025, 1, 1)
YEAR = Period(START, date(2026, 1, 1))
soon = st.integers(-200, 500).map(lambda n: START + n * DAY)


@st.composite
def somebody(draw, id):
    entered = draw(st.none() | soon)
    told = {"id": id, "in_work": draw(st.booleans())}
    if entered:
        told["entered"] = entered
        if draw(st.booleans()):
            told["ended"] = entered + draw(st.integers(0, 400)) * DAY
    told["work"] = [
        [start, start + draw(st.integers(1, 300)) * DAY, draw(st.sampled_from(["10", "16", "20", "37.5"]))]
        for start in draw(st.lists(soon, max_size=3))
    ]
    told["employer"] = draw(st.lists(soon, max_size=2))
    told["study"] = [[start, start + 30 * DAY, draw(st.booleans())] for start in draw(st.lists(soon, max_size=1))]
    if draw(st.booleans()):
        told["referred"] = (entered or START) - draw(st.integers(0, 90)) * DAY
    return told


@st.composite
def some_people(draw):
    return built([draw(somebody(f"p{n}")) for n in range(draw(st.integers(0, 5)))])


@settings(max_examples=25)
@given(some_people(), st.integers(0, 300))
def test_the_numerator_lies_in_the_denominator_and_nobody_is_in_and_left_out(records, more):
    for found in indicators(records, YEAR, until=YEAR.end + more * DAY):
        if isinstance(found, Share):
            assert set(found.ids) <= set(found.of_ids)
            assert (found.numerator, found.denominator) == (len(set(found.ids)), len(set(found.of_ids)))
            assert found.value is None or 0 <= found.value <= 1
            assert not set(found.of_ids) & {id for group in found.left_out for id in group.ids}
        elif isinstance(found, Times):
            assert not set(found.ids) & set(found.open_ids)
            assert (found.closed, found.open) == (len(found.ids), len(found.open_ids))
            assert found.restricted_mean is None or 0 <= found.restricted_mean <= found.restricted_to_days
            assert list(found.curve_share_left) == sorted(found.curve_share_left, reverse=True)
        else:
            assert found.n == sum(len(group.ids) for group in found.counts)


@settings(max_examples=15)
@given(some_people(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(records, random):
    people, jobs = list(records.participants), list(records.jobs)
    random.shuffle(people)
    random.shuffle(jobs)
    assert indicators(replace(records, participants=tuple(people), jobs=tuple(jobs)), YEAR) == indicators(records, YEAR)


@settings(max_examples=25)
@given(some_people(), st.integers(0, 700))
def test_a_longer_job_never_lowers_a_rate(records, longer):
    assume(records.jobs)
    first = records.jobs[0]
    more = replace(records, jobs=(replace(first, ends_on=first.ends_on + longer * DAY), *records.jobs[1:]))
    entered_on = next(one.entered_on for one in records.participants if one.id == first.person)
    names = ["job_rate_caseload", "job_rate_ips_grow"]
    if entered_on and first.starts_on >= entered_on:
        # An earlier job that comes to reach past the start-up meeting moves the first day of work since then.
        names += ["sustained_13_weeks", "sustained_13_of_16_weeks"]
    for name in names:
        before, after = (indicator(each, name, YEAR, until=YEAR.end + 200 * DAY) for each in (records, more))
        assert after.numerator >= before.numerator
        assert after.of_ids == before.of_ids


@settings(max_examples=25)
@given(some_people())
def test_longer_windows_hold_more_and_gaps_forgive(records):
    until = date(2029, 1, 1)  # everybody is followed through
    rates = [indicator(records, f"job_rate_cohort_{months}", YEAR, until=until) for months in (6, 12, 18)]
    assert len({rate.of_ids for rate in rates}) == 1
    assert set(rates[0].ids) <= set(rates[1].ids) <= set(rates[2].ids)
    names = ("sustained_52_weeks", "sustained_26_weeks", "sustained_13_weeks", "sustained_13_of_16_weeks")
    lasted = [set(indicator(records, name, YEAR, until=until).ids) for name in names]
    assert lasted[0] <= lasted[1] <= lasted[2] <= lasted[3]


@settings(max_examples=25)
@given(some_people())
def test_the_caseload_rate_is_what_a_count_day_by_day_gives(records):
    days = [YEAR.start + n * DAY for n in range(365)]
    served = {
        one.id
        for one in records.participants
        if one.entered_on and any(Period(one.entered_on, one.ended_on).contains(day) for day in days)
    }
    worked = {job.person for job in records.jobs if any(job.period.contains(day) for day in days)}
    found = indicator(records, "job_rate_caseload", YEAR)
    assert (set(found.ids), set(found.of_ids)) == (served & worked, served)


# ---- Kaplan-Meier, against SciPy's and against a sum day by day

followed = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=30)


@given(followed)
def test_the_curve_is_that_of_scipy(told):
    days, happened = [day for day, _ in told], [came for _, came in told]
    assume(any(happened))
    curve = kaplan_meier(days, happened)
    censored = stats.CensoredData(
        uncensored=[day for day, came in told if came], right=[day for day, came in told if not came]
    )
    at = np.asarray(curve.days, dtype=float)
    assert curve.share_left == pytest.approx(stats.ecdf(censored).sf.evaluate(at))


@given(followed, st.integers(0, 80))
def test_the_restricted_mean_is_the_sum_of_the_shares_left_day_by_day(told, horizon):
    curve = kaplan_meier([day for day, _ in told], [came for _, came in told])

    def left(day):
        return min([1.0, *(share for on, share in zip(curve.days, curve.share_left, strict=True) if on <= day)])

    assert isclose(restricted_mean_days(curve, horizon), sum(left(day) for day in range(horizon)), abs_tol=1e-9)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=30))
def test_without_open_cases_median_and_mean_are_the_ordinary_ones(days):
    curve = kaplan_meier(days, [True] * len(days))
    assert float(median_days(curve)) == np.median(days)
    assert restricted_mean_days(curve, 1000) == pytest.approx(np.mean(days))


def test_the_curve_of_a_printed_example():
    # Kaplan and Meier 1958, section 2: lifetimes 0.8, 3.1, 5.4, 9.2, censored at 1.0, 2.7, 7.0, 12.1; here in tenths.
    days = [8, 31, 54, 92, 10, 27, 70, 121]
    curve = kaplan_meier(days, [True] * 4 + [False] * 4)
    assert curve.days == (8, 31, 54, 92)
    assert curve.share_left == pytest.approx((7 / 8, 7 / 10, 21 / 40, 21 / 80))
    assert median_days(curve) == 92


def test_indicators_tell_their_definition_and_version():
    for found in indicators(Records(), YEAR):
        assert isinstance(found, Share | Times | Counts)
        assert indicator_definition(found.definition, found.version)
        assert (found.starts_on, found.ends_on) == (YEAR.start, YEAR.end)
