"""Organisation numbers (organisasjonsnummer) of Enhetsregisteret."""

from dataclasses import dataclass
from random import Random
from typing import Literal

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)
# Real numbers begin with 8 or 9. Those of Tenor, the public test data, begin with 2 or 3
# (github.com/brreg/docs, "Testdata for Tilgangsstyrt API").
SYNTHETIC_FIRST = "23"


class InvalidOrganisationNumber(ValueError):
    """The text is no organisation number; ``reason`` says why."""

    def __init__(self, reason: Literal["digits", "length", "checksum"]) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class OrganisationNumber:
    digits: str
    synthetic: bool


def parse_organisation_number(text: str) -> OrganisationNumber:
    """Read an organisation number, written with or without spaces.

    Raises
    ------
    InvalidOrganisationNumber
        With the reason ``digits``, ``length`` or ``checksum``.

    References
    ----------
    .. [1] Brønnøysundregistrene, "Organisasjonsnummeret": nine digits, modulus 11, weights 3 2 7 6 5 4 3 2.
    """
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdecimal()):
        raise InvalidOrganisationNumber("digits")
    if len(digits) != 9:
        raise InvalidOrganisationNumber("length")
    if _weighted(digits) != 0:
        raise InvalidOrganisationNumber("checksum")
    return OrganisationNumber(digits, synthetic=digits[0] in SYNTHETIC_FIRST)


def make_synthetic_organisation(rng: Random) -> str:
    """Make an organisation number in the series of the public test data."""
    while True:
        eight = f"{rng.choice(SYNTHETIC_FIRST)}{rng.randrange(10**7):07}"
        check = -_weighted(eight) % 11
        if check < 10:  # no digit fits 10: the number is not given out
            return f"{eight}{check}"


def _weighted(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False)) % 11
