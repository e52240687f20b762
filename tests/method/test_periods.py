from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.periods import (
    EndsBeforeStart,
    Period,
    StillOpen,
    add_months,
    clip,
    days,
    gaps,
    merge,
    minutes,
    subtract,
)

FIRST = date(2026, 1, 1)
LAST = 40  # the twin knows the days 0 to 39; an open period runs to the last of them


def on(number):
    return FIRST + timedelta(days=number)


def period(start, end=None):
    return Period(on(start), None if end is None else on(end))


def day_set(*periods):
    """The slow twin: the numbers of the days in the periods."""
    return {n for n in range(LAST) for p in periods if p.start <= on(n) and (p.end is None or on(n) < p.end)}


some_period = st.builds(
    lambda start, length: period(start, None if length is None else start + length),
    st.integers(0, 30),
    st.none() | st.integers(0, 9),
)
some_periods = st.lists(some_period, max_size=6)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(EndsBeforeStart) as refused:
        period(5, 4)
    assert (refused.value.start, refused.value.end) == (on(5), on(4))


def test_the_end_is_the_first_day_outside():
    january = Period(date(2026, 1, 1), date(2026, 2, 1))
    assert january.contains(date(2026, 1, 31))
    assert not january.contains(date(2026, 2, 1))
    assert days(january) == 31


def test_neighbours_do_not_overlap_but_merge_into_one():
    assert not period(0, 5).overlaps(period(5, 9))
    assert merge([period(5, 9), period(0, 5)]) == (period(0, 9),)


@given(some_period, some_period)
def test_what_two_periods_share_is_the_days_in_both(one, other):
    shared = one.intersect(other)
    assert day_set(*([shared] if shared else [])) == day_set(one) & day_set(other)
    assert one.overlaps(other) == other.overlaps(one) == bool(day_set(one) & day_set(other))


@given(some_period, st.integers(0, LAST - 1))
def test_a_period_contains_its_days(one, number):
    assert one.contains(on(number)) == (number in day_set(one))


@given(some_periods)
def test_merging_keeps_every_day_once_in_order_with_air_between(periods):
    merged = merge(periods)
    assert day_set(*merged) == day_set(*periods)
    for earlier, later in pairwise(merged):
        assert earlier.end is not None
        assert earlier.end < later.start
    assert merge(merged) == merged


@given(some_periods, some_periods)
def test_subtracting_leaves_the_days_that_are_in_none_of_the_others(periods, others):
    left = subtract(periods, others)
    assert day_set(*left) == day_set(*periods) - day_set(*others)
    assert merge(left) == left


@given(some_periods, some_period)
def test_gaps_and_what_is_clipped_make_up_the_window(periods, window):
    assert day_set(*gaps(periods, window)) == day_set(window) - day_set(*periods)
    assert day_set(*clip(periods, window)) == day_set(window) & day_set(*periods)


@given(some_period, st.integers(0, LAST))
def test_days_are_counted_until_a_day(one, until):
    assert days(one, on(until)) == len({n for n in day_set(one) if n < until})


def test_the_length_of_an_open_period_needs_an_end():
    assert days(period(3), on(10)) == 7
    with pytest.raises(StillOpen):
        days(period(3))
    with pytest.raises(StillOpen):
        minutes([Period(datetime(2026, 1, 1, 9))])


def test_minutes_that_overlap_count_once():
    def between(start, end):
        return Period(datetime(2026, 1, 5, *start), datetime(2026, 1, 5, *end))

    assert minutes([between((9, 0), (10, 0)), between((9, 30), (10, 15)), between((12, 0), (12, 20))]) == 95


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), 18, date(2027, 9, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_added_by_the_calendar(day, months, later):
    assert add_months(day, months) == later
