"""National identity numbers: fødselsnummer and D-nummer, by the rule of today and that of 2032.

Sex and age are never read from a number: from 2032 it carries neither the sex nor the century.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Literal

WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# Numbers given out from 2032 may leave 1, 2 or 3 in the first check; the second stays as it was.
# Skatteetaten, "Nytt fødselsnummer fra 2032", skatteetaten.github.io/folkeregisteret-api-dokumentasjon.
REMAINDERS_1 = (0, 1, 2, 3)
# What is added to the month of a number that belongs to nobody. 80: Skatteetaten (Tenor). 40: NAV (Dolly;
# github.com/navikt/fnrvalidator, issue 116), and before that a hospital's own hjelpenummer.
SYNTHETIC_MONTHS = (80, 40)

SEPARATORS = " .-/\u00a0\u00ad\u2009\u200b\u2011\u2013\u202f"
_SEPARATOR = f"[{re.escape(SEPARATORS)}]"
# The date is written with two separators or none: a bank account is written 1234.56.78901.
_WRITTEN = re.compile(
    rf"(?<![0-9])(?=([0-9]{{2}}({_SEPARATOR}?)[0-9]{{2}}\2[0-9]{{2}}{_SEPARATOR}{{0,3}}[0-9]{{3}}{_SEPARATOR}?[0-9]{{2}})"
    r"(?![0-9]))"
)

Reason = Literal["digits", "length", "date", "checksum"]


class InvalidIdentity(ValueError):
    """The text is no identity number. Carries why, never the text: errors end up in logs."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Identity:
    digits: str = field(repr=False)
    kind: Literal["fodselsnummer", "d_nummer"]
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Match:
    """An identity number in a text, at ``text[start:end]``."""

    start: int
    end: int
    identity: Identity


def parse_identity(text: str) -> Identity:
    """Read an identity number, written with or without separators.

    Raises
    ------
    InvalidIdentity
        With the reason ``digits``, ``length``, ``date`` or ``checksum``.

    References
    ----------
    .. [1] Forskrift til folkeregisterloven § 2-2-1 (layout and check digits).
    .. [2] Skatteetaten, "Nytt fødselsnummer fra 2032" (the remainders allowed in the first check).
    """
    digits = "".join(sign for sign in text.strip() if sign not in SEPARATORS)
    if not (digits.isascii() and digits.isdecimal()):
        raise InvalidIdentity("digits")
    if len(digits) != 11:
        raise InvalidIdentity("length")
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    d_number = day > 40
    added = next((added for added in SYNTHETIC_MONTHS if month > added), 0)
    try:
        # The century is not in the number. 2000 + year has a 29 February wherever one of the centuries has.
        date(2000 + year, month - added, day - 40 * d_number)
    except ValueError:
        raise InvalidIdentity("date") from None
    if _weighted(digits, WEIGHTS_1) not in REMAINDERS_1 or _weighted(digits, WEIGHTS_2) != 0:
        raise InvalidIdentity("checksum")
    return Identity(digits, "d_nummer" if d_number else "fodselsnummer", synthetic=added > 0)


def find_identities(text: str) -> tuple[Match, ...]:
    """Find identity numbers in free text, also written in groups, but not inside a longer run of digits."""
    found: list[Match] = []
    for candidate in _WRITTEN.finditer(text):
        start, end = candidate.span(1)
        try:
            identity = parse_identity(candidate[1])
        except InvalidIdentity:
            continue
        if not found or start >= found[-1].end:
            found.append(Match(start, end, identity))
    return tuple(found)


def make_synthetic(born_on: date, serial: int | Random) -> str:
    """Make an identity number that belongs to nobody: month + 80, both checks right by the rule of today.

    Parameters
    ----------
    born_on : date
        From 1900 on.
    serial : int or random.Random
        Which of the day's numbers (about 410), counted from 0; or a generator that picks one.
    """
    # The three digits that told the century until 2032; other systems may still read them.
    individual = range(500, 1000) if born_on.year >= 2000 else range(500)
    day = f"{born_on.day:02}{born_on.month + 80}{born_on.year % 100:02}"
    valid = [number for i in individual if (number := _with_checks(f"{day}{i:03}"))]
    return serial.choice(valid) if isinstance(serial, Random) else valid[serial]


def _weighted(digits: Iterable[str], weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def _with_checks(nine: str) -> str | None:
    number = nine
    for weights in (WEIGHTS_1, WEIGHTS_2):
        check = -_weighted(number, weights) % 11
        if check == 10:  # no digit fits: the number is not given out
            return None
        number += str(check)
    return number
