from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.norway.organisation import (
    InvalidOrganisationNumber,
    make_synthetic_organisation,
    parse_organisation_number,
)

# Enhetsregisteret: NAV, Skatteetaten, Statistisk sentralbyrå.
PUBLIC_BODIES = ["889640782", "974761076", "971526920"]
# github.com/brreg/docs, "Testdata for Tilgangsstyrt API".
TENOR = ["312701103", "312246538", "310211036", "210129812", "214259982"]


@pytest.mark.parametrize("digits", PUBLIC_BODIES)
def test_the_numbers_of_public_bodies_are_read(digits):
    assert parse_organisation_number(f" {digits[:3]} {digits[3:6]}\u00a0{digits[6:]} ").digits == digits
    assert not parse_organisation_number(digits).synthetic


def test_the_worked_example_of_the_register_is_read():
    # Brønnøysundregistrene, "The organization number": 12345678 gets the check digit 5.
    assert parse_organisation_number("123456785").digits == "123456785"


@pytest.mark.parametrize("digits", TENOR)
def test_the_numbers_of_tenor_are_synthetic(digits):
    assert parse_organisation_number(digits).synthetic


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "digits"),
        ("88664422-", "digits"),
        ("88964078", "length"),
        ("8896407822", "length"),
        ("889640781", "checksum"),
    ],
)
def test_what_is_no_organisation_number_is_refused_with_the_reason(text, reason):
    with pytest.raises(InvalidOrganisationNumber) as refused:
        parse_organisation_number(text)
    assert refused.value.reason == reason


@given(st.randoms(use_true_random=False))
def test_a_made_number_is_read_back_as_synthetic(rng):
    digits = make_synthetic_organisation(rng)
    assert parse_organisation_number(digits).synthetic


@given(st.integers(0, 2**32), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(seed, at, by):
    digits = make_synthetic_organisation(Random(seed))
    with pytest.raises(InvalidOrganisationNumber):
        parse_organisation_number(digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :])
