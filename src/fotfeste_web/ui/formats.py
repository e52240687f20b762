"""How dates, numbers and names are written in bokmål. Today is always given, never asked for."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
NEAR = {-1: "i går", 0: "i dag", 1: "i morgen"}


def local_date(moment: dt.date) -> dt.date:
    """The calendar day of a date or, on the clocks here, of a moment."""
    return timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment


def day(date: dt.date, today: dt.date | None = None) -> str:
    """12. november, with the year when it is not this year (or this year is not known)."""
    date = local_date(date)
    text = f"{date.day}. {MONTHS[date.month - 1]}"
    return text if today is not None and date.year == today.year else f"{text} {date.year}"


def weekday(date: dt.date, today: dt.date | None = None) -> str:
    """torsdag 19. november"""
    return f"{WEEKDAYS[local_date(date).weekday()]} {day(date, today)}"


def relative_day(date: dt.date, today: dt.date) -> str:
    """i dag, i går, i morgen; any other day as it is."""
    return NEAR.get((local_date(date) - today).days) or day(date, today)


def clock(time: dt.time | dt.datetime) -> str:
    """09.30"""
    if isinstance(time, dt.datetime):
        time = timezone.localtime(time)
    return f"{time:%H.%M}"


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """1 234,5: decimal comma, thousands apart by a no-break space, a real minus sign."""
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, part = f"{abs(exact):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u00a0")
    sign = "\u2212" if exact < 0 else ""
    return f"{sign}{grouped},{part}" if part else f"{sign}{grouped}"


def percent(share: float, decimals: int = 0) -> str:
    """0.68 is 68 %."""
    return f"{number(Decimal(str(share)) * 100, decimals)}\u00a0%"


def of(part: int, whole: int) -> str:
    """9 av 17"""
    return f"{number(part)} av {number(whole)}"


def count(amount: int, singular: str, plural: str) -> str:
    """1 deltaker, 2 deltakere"""
    return f"{number(amount)} {singular if amount == 1 else plural}"


def short_name(name: str) -> str:
    """Vakker B.: the first name and the first letter of the last."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0]}." if rest else first


def initials(name: str) -> str:
    """KN: of the first and the last name."""
    words = name.split()
    return "".join(word[0] for word in words[:: max(len(words) - 1, 1)]).upper()
