"""Days, times and numbers in the forms that people use."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from fotfeste_web.ui.formats import MONTHS

from .column import Unreadable

HOW = "Skriv datoen som dag, måned og år, for eksempel 1.2.2026."
EARLIEST, LATEST = 1900, 2199  # as in the forms
SERIAL_ZERO = dt.date(1899, 12, 30)  # day 0 of spreadsheets, from 1 March 1900 on
SERIALS = range(10_000, 80_000)  # 1927 to 2119: a smaller or larger number is no day that anybody meant
_TIME = r"(?:[t ]+\d{1,2}[:.]\d{2}(?::\d{2}(?:[.,]\d+)?)?)?"
_WRITTEN = re.compile(rf"(\d{{1,2}})\s*[./-]\s*(\d{{1,2}})(?:\s*[./-]\s*|\s+)(\d{{4}}|\d{{2}})\.?{_TIME}")
_ISO = re.compile(rf"(\d{{4}})[-./](\d{{1,2}})[-./](\d{{1,2}}){_TIME}")
_IN_WORDS = re.compile(r"(\d{1,2})\.?\s*([a-zæøå]{3,9})\.?\s*(\d{4}|\d{2})")
_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[:.](\d{2})(?:[:.]\d{2})?)?")
_MINUTES = re.compile(r"(\d{1,3})\s*(?:m|min|minutter)?\.?")
_HOURS = re.compile(r"(\d{1,2})(?:[,.](\d{1,2}))?\s*(?:t|time|timer)\.?(?:\s*(\d{1,2})\s*(?:m|min|minutter)?\.?)?")


def read_day(text: str) -> dt.date:
    """1.2.2026, 01.02.26, 1/2-26, 2026-02-01, 1. februar 2026, or the number that a spreadsheet has for the day."""
    text = text.strip().casefold()
    if text.isdecimal() and text.isascii() and int(text) in SERIALS:
        return SERIAL_ZERO + dt.timedelta(days=int(text))
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _WRITTEN.fullmatch(text):
        day, month = int(found[1]), int(found[2])
        year = _year(found[3])
    elif found := _IN_WORDS.fullmatch(text):
        day, month, year = int(found[1]), _month(found[2]), _year(found[3])
    else:
        raise Unreadable(HOW)
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise Unreadable("Denne datoen finnes ikke. " + HOW) from None
    if date.year < EARLIEST:
        raise Unreadable("Året må være 1900 eller senere.")
    if date.year > LATEST:
        raise Unreadable("Året må være 2199 eller tidligere.")
    return date


def read_birth_year(text: str) -> int:
    """1995, or the day that a person was born, of which the year is kept."""
    text = text.strip()
    if re.fullmatch(r"\d{4}", text):
        return int(text)
    try:
        year = read_day(text).year
    except Unreadable:
        raise Unreadable("Skriv året med fire sifre, for eksempel 1995, eller fødselsdatoen.") from None
    # With two figures, somebody who can look for a job: nobody born in 2020 or later does until 2035.
    return year - 100 if year > 2019 and not re.search(r"\d{4}", text) else year


def read_clock(text: str) -> dt.time:
    """09.30, 9:30, kl. 9, or the part of a day that a spreadsheet has for it."""
    text = text.strip().casefold()
    if re.fullmatch(r"0[,.]\d{2,}", text):
        minutes = round(float(text.replace(",", ".")) * 24 * 60)
        return dt.time(minutes // 60 % 24, minutes % 60)
    found = _CLOCK.fullmatch(text)
    try:
        assert found is not None
        return dt.time(int(found[1]), int(found[2] or 0))
    except (AssertionError, ValueError):
        raise Unreadable("Skriv klokkeslettet som 09.30.") from None


def read_minutes(text: str) -> int:
    """45, 45 min, 1:15, 1 t 15 min, 1,5 t."""
    text = text.strip().casefold()
    if found := _MINUTES.fullmatch(text):
        minutes = int(found[1])
    elif found := re.fullmatch(r"(\d{1,2}):([0-5]\d)(?::00)?", text):
        minutes = 60 * int(found[1]) + int(found[2])
    elif found := _HOURS.fullmatch(text):
        minutes = round(60 * float(f"{found[1]}.{found[2] or 0}")) + int(found[3] or 0)
    else:
        raise Unreadable("Skriv tiden i minutter, for eksempel 45.")
    if not 0 < minutes <= 720:
        raise Unreadable("Tiden må være mellom 1 minutt og 12 timer.")
    return minutes


def read_hours(text: str) -> Decimal:
    """Hours in a week: 18,75 or 18.75."""
    try:
        hours = Decimal(re.sub(r"\s*(?:t|timer|t/uke|timer i uka)\.?$", "", text.strip().casefold()).replace(",", "."))
    except InvalidOperation:
        raise Unreadable("Skriv timene som et tall, for eksempel 18,75.") from None
    if not (hours.is_finite() and 0 < hours <= 60):
        raise Unreadable("Timene i uka må være mellom 0 og 60.")
    return hours.quantize(Decimal("0.01"))


def _year(figures: str) -> int:
    return int(figures) if len(figures) == 4 else dt.datetime.strptime(figures, "%y").year  # noqa: DTZ007 a year alone


def _month(word: str) -> int:
    for number, name in enumerate(MONTHS, start=1):
        if name == word or (len(word) >= 3 and name.startswith(word)):
            return number
    raise Unreadable(HOW)
