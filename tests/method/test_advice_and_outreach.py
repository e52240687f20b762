"""Benefits advice and outreach against the words of IPS-25 items 12 and 25."""

from datetime import date, timedelta

import pytest

from fotfeste.indicators.advice import Advice, JobStart, TermStart, advice_at_new_terms, advice_before_start
from fotfeste.indicators.outreach import Attempt, By, How, outreach

START = date(2026, 3, 2)


def advice(days: int, **told) -> Advice:
    return Advice(**{"person": "vakker", "on": START + timedelta(days=days), "trained": True} | told)


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        (advice(-1), True),
        (advice(0), False),  # dated before the start
        (advice(-1, trained=False), False),
        (advice(-1, person="stille"), False),
        (advice(-91), False),
        (advice(-91, job="bakeriet"), True),
        (advice(-1, job="lageret"), False),  # for another job
    ],
)
def test_a_job_start_counts_with_advice_by_a_trained_adviser_before_it(given, counts):
    found = advice_before_start([JobStart(job="bakeriet", person="vakker", on=START)], [given])
    assert (found.advised, found.all) == (("bakeriet",) if counts else (), ("bakeriet",))


def test_the_share_is_of_job_starts_and_there_is_none_of_nothing():
    starts = [JobStart(job=str(n), person="vakker", on=START + timedelta(days=100 * n)) for n in range(4)]
    assert advice_before_start(starts, [advice(-1), advice(99)]).share == 0.5
    assert advice_before_start([], [advice(-1)]).share is None


@pytest.mark.parametrize(("days", "counts"), [(-31, False), (-30, True), (10, True), (11, False)])
def test_new_terms_count_with_advice_from_a_month_before_until_the_day_it_is_asked(days, counts):
    terms = [TermStart(term="1", person="vakker", on=START)]
    assert bool(advice_at_new_terms(terms, [advice(days)], on=START + timedelta(days=10)).advised) is counts


def test_the_log_of_attempts_says_which_strategies_were_used():
    log = [
        Attempt(person="1", on=START, by=By.SPECIALIST, how=How.PHONE, reached=False),
        Attempt(person="1", on=START, by=By.BOTH, how=How.HOME, reached=False, family=True),
        Attempt(person="1", on=START, by=By.SPECIALIST, how=How.COMMUNITY, reached=True),
        Attempt(person="2", on=START, by=By.TEAM, how=How.HOME, reached=True),
    ]
    found = outreach(log)
    assert (found.attempts, found.people, found.attempts_a_person) == (4, 2, 2.0)
    assert (found.by_team, found.visits, found.people_visited_often, found.joint_visits) == (2, 3, 1, 1)
    assert (found.family, found.reached) == (1, 2)
    assert outreach([]).attempts_a_person is None
