"""Dates and numbers as Språkrådet writes them (sprakradet.no, "Dato" and "Tall, tid, dato")."""

import datetime as dt

import pytest

from fotfeste_web.ui import formats

TODAY = dt.date(2026, 11, 17)  # a Tuesday


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (dt.date(2026, 11, 12), "12. november"),
        (dt.date(2027, 3, 1), "1. mars 2027"),
        (dt.date(2025, 12, 31), "31. desember 2025"),
    ],
)
def test_the_year_is_written_when_it_is_not_this_year(date, text):
    assert formats.day(date, TODAY) == text


def test_the_year_is_written_when_this_year_is_not_known():
    assert formats.day(dt.date(2026, 11, 12)) == "12. november 2026"


def test_a_moment_late_in_the_evening_utc_is_the_next_day_in_norway():
    assert formats.day(dt.datetime(2026, 11, 12, 23, 30, tzinfo=dt.UTC), TODAY) == "13. november"


def test_a_weekday_has_a_small_letter():
    assert formats.weekday(dt.date(2026, 11, 19), TODAY) == "torsdag 19. november"


@pytest.mark.parametrize(
    ("days", "text"), [(-1, "i går"), (0, "i dag"), (1, "i morgen"), (2, "19. november"), (-2, "15. november")]
)
def test_days_close_to_today_have_names(days, text):
    assert formats.relative_day(TODAY + dt.timedelta(days=days), TODAY) == text


def test_a_time_of_day_has_a_full_stop():
    assert formats.clock(dt.time(9, 30)) == "09.30"


def test_a_moment_is_told_by_the_clocks_in_norway():
    assert formats.clock(dt.datetime(2026, 11, 12, 8, 30, tzinfo=dt.UTC)) == "09.30"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (4.5, None, "4,5"),
        (17, None, "17"),
        (1104, None, "1\u00a0104"),
        (1234567.25, 1, "1\u00a0234\u00a0567,3"),
        (-3.2, None, "\u22123,2"),
        (-0.04, 1, "0,0"),
        (0.125, 2, "0,13"),
    ],
)
def test_numbers_have_a_decimal_comma_and_spaces_between_thousands(value, decimals, text):
    assert formats.number(value, decimals) == text


def test_a_share_is_written_in_per_cent():
    assert formats.percent(0.68) == "68\u00a0%"
    assert formats.percent(0.6842, 1) == "68,4\u00a0%"


def test_a_part_of_a_whole():
    assert formats.of(9, 17) == "9 av 17"


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0 deltakere"), (1, "1 deltaker"), (2, "2 deltakere"), (21, "21 deltakere")]
)
def test_only_one_is_singular(amount, text):
    assert formats.count(amount, "deltaker", "deltakere") == text


@pytest.mark.parametrize(
    ("name", "short", "letters"),
    [
        ("Vakker Blomst", "Vakker B.", "VB"),
        ("Kari Anne Nilsen", "Kari N.", "KN"),
        ("Ånund", "Ånund", "Å"),
        ("  ", "", ""),
    ],
)
def test_names_are_shortened_where_others_may_look(name, short, letters):
    assert formats.short_name(name) == short
    assert formats.initials(name) == letters
