"""The follow-along schedule against the words of IPS-25 item 23.

Face-to-face contact within one week before the job starts, within three days after, weekly for the first month, at
least monthly for a year or more while working and wanted, and within three days of learning of a job loss.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.indicators.follow_along import FollowedJob, State, Step, follow_along, kept
from fotfeste.periods import Period

START = date(2026, 3, 2)  # a Monday
JOB = FollowedJob(starts_on=START)


def on_day(number: int) -> date:
    return START + timedelta(days=number)


def states(*met: int, on: int, job: FollowedJob = JOB, **told) -> dict[str, str]:
    """What became of each window, met on days counted from the start."""
    windows = follow_along(job, [on_day(day) for day in met], on=on_day(on), **told)
    return {f"{window.step}{window.number or ''}": window.state.value for window in windows}


@pytest.mark.parametrize(
    ("met", "closes"),
    [(-8, False), (-7, True), (-1, True), (0, False)],
)
def test_the_week_before_ends_the_day_before_the_start(met, closes):
    assert (states(met, on=0)["before_start"] == "done") is closes


@pytest.mark.parametrize(("met", "closes"), [(-1, False), (0, True), (3, True), (4, False)])
def test_the_first_three_days_come_after_the_day_of_the_start(met, closes):
    assert (states(met, on=10)["first_days"] == "done") is closes


def test_the_first_month_is_four_weeks_and_each_wants_its_own_meeting():
    weeks = {name: state for name, state in states(0, 6, 7, 27, on=40).items() if name.startswith("week")}
    assert weeks == {"week1": "done", "week2": "done", "week3": "missed", "week4": "done"}


def test_months_are_those_of_the_calendar_from_the_day_of_the_start():
    months = [w for w in follow_along(JOB, [], on=date(2026, 5, 2)) if w.step is Step.MONTH]
    assert [(w.number, w.days, w.state) for w in months] == [
        (2, Period(date(2026, 4, 2), date(2026, 5, 2)), State.MISSED),
        (3, Period(date(2026, 5, 2), date(2026, 6, 2)), State.OPEN),
    ]


def test_the_months_go_on_as_long_as_the_job():
    assert "month30" in states(on=29 * 31)


@pytest.mark.parametrize(("met", "state"), [((), "open"), ((51,), "open"), ((52,), "done")])
def test_a_job_loss_is_met_within_three_days_of_being_known(met, state):
    job = FollowedJob(starts_on=START, ends_on=on_day(50), end_known_on=on_day(52))
    assert states(*met, on=55, job=job)["job_loss"] == state
    assert states(on=56, job=job)["job_loss"] == "missed"


def test_the_end_of_a_job_takes_away_what_there_was_no_time_for():
    job = FollowedJob(starts_on=START, ends_on=on_day(10))
    assert states(on=60, job=job) == {"before_start": "missed", "first_days": "missed", "week1": "missed"}
    assert states(8, on=60, job=job)["week2"] == "done"


def test_an_agreed_job_has_the_week_before_and_one_that_came_to_nothing_has_none():
    assert states(on=-3, job=FollowedJob(starts_on=START, begun=False)) == {"before_start": "open"}
    assert states(on=9, job=FollowedJob(starts_on=START, begun=False, ends_on=START, end_known_on=START)) == {}


def test_a_no_on_the_last_day_takes_the_window_out_of_the_denominator():
    no = [Period(on_day(20), on_day(26))]
    windows = follow_along(JOB, [START], on=on_day(28), declined=no)
    weeks = {window.number: window.state for window in windows if window.step is Step.WEEK}
    assert weeks == {1: "done", 2: "missed", 3: "declined", 4: "missed"}
    # The first days and week 1; missed: the week before, weeks 2 and 4.
    assert kept(windows) == (2, 5)


def test_a_meeting_counts_though_the_person_had_said_no():
    assert states(22, on=40, declined=[Period(on_day(20))])["week4"] == "done"


def test_what_lies_before_the_person_came_to_the_service_is_not_asked_for():
    followed = Period(on_day(9), on_day(100))
    asked = states(on=200, followed=followed)
    assert asked == {"week2": "missed", "week3": "missed", "week4": "missed", "month2": "missed", "month3": "missed"}


def test_what_lies_ahead_is_neither_met_nor_missed():
    assert states(on=-1, job=FollowedJob(starts_on=START)) == {
        "before_start": "open",
        "first_days": "ahead",
        **{f"week{number}": "ahead" for number in (1, 2, 3, 4)},
    }


@given(
    st.sets(st.integers(-10, 400), max_size=12),
    st.integers(-10, 400),
    st.integers(0, 400),
    st.none() | st.integers(0, 300),
)
def test_one_more_meeting_never_makes_it_worse(met, more, on, length):
    job = FollowedJob(starts_on=START, ends_on=None if length is None else on_day(length))
    days = [on_day(day) for day in met]
    fewer = {window.days: window.state for window in follow_along(job, days, on=on_day(on))}
    with_more = {window.days: window.state for window in follow_along(job, [*days, on_day(more)], on=on_day(on))}
    assert fewer.keys() <= with_more.keys()
    assert all(with_more[days] in (state, State.DONE) for days, state in fewer.items())
