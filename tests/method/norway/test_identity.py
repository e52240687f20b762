from datetime import date
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fotfeste.norway.identity import (
    InvalidIdentity,
    NoSuchSerial,
    find_identities,
    make_synthetic,
    parse_identity,
)

# Skatteetaten, "Nytt fødselsnummer fra 2032" (github.com/Skatteetaten/folkeregisteret-api-dokumentasjon,
# src/om-tjenestene/nyttfnr2032.md): nobody has these before 2032.
NUMBERS_FROM_2032 = ["02013299997", "30108299920", "02013299903", "30108299939"]
# github.com/navikt/fnrvalidator, tests/fnr.spec.ts: a D-number by the rule of 2032.
D_NUMBER_FROM_2032 = "70108299914"
# github.com/brreg/docs, "Testdata for Tilgangsstyrt API": people in Tenor, Skatteetaten's public test data.
TENOR = [
    "05910298382",
    "26920296504",
    "27899995479",
    "02810197865",
    "06909997850",
    "30856999110",
    "13853448138",
]
TENOR_D_NUMBERS = ["41864000647", "62893400643"]
# github.com/navikt/fnrvalidator, issue 116: NAV's synthetic numbers, one person's two each.
NAV = [("15507600333", "55507608360"), ("29422059278", "69422056629"), ("05440355678", "45440356293")]

born = st.dates(date(1900, 1, 1), date(2039, 12, 31))
synthetic = st.builds(make_synthetic, born, st.integers(0, 400))


def remainders(digits: str) -> tuple[int, int]:
    """The two checks written out as in the regulation: d1 d2 m1 m2 å1 å2 i1 i2 i3 k1 k2."""
    d1, d2, m1, m2, y1, y2, i1, i2, i3, k1, k2 = (int(digit) for digit in digits)
    first = 3 * d1 + 7 * d2 + 6 * m1 + 1 * m2 + 8 * y1 + 9 * y2 + 4 * i1 + 5 * i2 + 2 * i3 + k1
    second = 5 * d1 + 4 * d2 + 3 * m1 + 2 * m2 + 7 * y1 + 6 * y2 + 5 * i1 + 4 * i2 + 3 * i3 + 2 * k1 + k2
    return first % 11, second % 11


@pytest.mark.parametrize("digits", NUMBERS_FROM_2032)
def test_a_number_from_the_tax_administrations_examples_is_a_fodselsnummer(digits):
    identity = parse_identity(digits)
    assert (identity.digits, identity.kind, identity.synthetic) == (digits, "fodselsnummer", False)


def test_the_rule_of_2032_is_what_makes_some_of_them_valid():
    assert [remainders(digits)[0] for digits in NUMBERS_FROM_2032] == [0, 0, 2, 1]


def test_four_remainders_are_allowed_in_the_first_check_and_no_more():
    def is_valid(digits):
        try:
            return bool(parse_identity(digits))
        except InvalidIdentity:
            return False

    # The source: k1 is one of {11, 12, 13, 14} - 9 for 301082 999, the second check has one digit, or none.
    valid = [digits for ending in range(100) if is_valid(digits := f"301082999{ending:02}")]
    assert {"30108299920", "30108299939"} <= set(valid)
    assert {digits[9] for digits in valid} <= set("2345")
    assert len(valid) == len({digits[9] for digits in valid})


def test_forty_on_the_day_is_a_d_number():
    assert parse_identity(D_NUMBER_FROM_2032).kind == "d_nummer"
    assert {parse_identity(digits).kind for digits in TENOR_D_NUMBERS} == {"d_nummer"}
    assert {parse_identity(digits).kind for digits in TENOR} == {"fodselsnummer"}


def test_numbers_of_tenor_and_of_nav_are_synthetic():
    for digits in [*TENOR, *TENOR_D_NUMBERS, *(digits for pair in NAV for digits in pair)]:
        assert parse_identity(digits).synthetic


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "digits"),
        ("0591029838x", "digits"),
        ("٠٥٩١٠٢٩٨٣٨٢", "digits"),
        ("0591029838", "length"),
        ("059102983820", "length"),
        ("00910298382", "date"),  # day 0
        ("30820298382", "date"),  # 30 February
        ("29822198382", "date"),  # 29 February 2021
        ("05660298382", "date"),  # month 66: nobody's series
        ("40910298382", "date"),  # day 40 is neither a day nor a day + 40
        ("05910298381", "checksum"),
        ("02013299987", "checksum"),  # fnrvalidator, tests/fnr.spec.ts
        ("02013299996", "checksum"),  # fnrvalidator, tests/fnr.spec.ts
    ],
)
def test_what_is_no_identity_number_is_refused_with_the_reason(text, reason):
    with pytest.raises(InvalidIdentity) as refused:
        parse_identity(text)
    assert refused.value.reason == reason


def test_neither_an_error_nor_a_printed_identity_shows_the_number():
    with pytest.raises(InvalidIdentity) as refused:
        parse_identity("05910298381")
    assert "0591029838" not in repr(refused.value) + repr(parse_identity(TENOR[0]))


@given(synthetic)
def test_a_made_number_is_read_back_as_synthetic_and_keeps_the_rule_of_today(digits):
    identity = parse_identity(digits)
    assert (identity.digits, identity.kind, identity.synthetic) == (digits, "fodselsnummer", True)
    assert remainders(digits) == (0, 0)


@given(born)
def test_the_day_and_month_of_birth_stand_in_a_made_number(born_on):
    digits = make_synthetic(born_on, 0)
    assert (int(digits[:2]), int(digits[2:4]) - 80, int(digits[4:6])) == (
        born_on.day,
        born_on.month,
        born_on.year % 100,
    )


def test_serials_of_one_day_give_different_numbers_and_a_generator_gives_the_same_again():
    day = date(1990, 5, 17)
    assert len({make_synthetic(day, serial) for serial in range(400)}) == 400
    assert make_synthetic(day, Random(7)) == make_synthetic(day, Random(7))


def test_a_serial_beyond_the_numbers_of_the_day_is_refused():
    with pytest.raises(NoSuchSerial):
        make_synthetic(date(1990, 5, 17), 500)


@given(synthetic, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught(digits, at, by):
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    with pytest.raises(InvalidIdentity):
        parse_identity(wrong)


@given(synthetic, st.integers(0, 9))
def test_two_neighbours_that_changed_places_are_always_caught(digits, at):
    assume(digits[at] != digits[at + 1])
    with pytest.raises(InvalidIdentity):
        parse_identity(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


@given(st.text("0123456789", min_size=11, max_size=11))
def test_the_checks_agree_with_the_sums_written_out(digits):
    first, second = remainders(digits)
    try:
        parse_identity(digits)
    except InvalidIdentity as refused:
        assert refused.reason == "date" or first > 3 or second  # noqa: PT017
    else:
        assert first <= 3
        assert second == 0


@pytest.mark.parametrize(
    "written",
    [
        "05910298382",
        "059102 98382",
        "05.91.02 98382",
        "05.91.02-98382",
        "05 91 02 983 82",
        "059102-98382",
        "059102 - 98382",
        "059102\u00a098382",
        "05/91/02 98382",
        "059102\u200b98382",
    ],
)
def test_an_identity_number_is_found_in_a_text_however_it_is_written(written):
    text = f"Fnr:{written}, ring i morgen."
    (match,) = find_identities(text)
    assert text[match.start : match.end] == written
    assert match.identity.digits == "05910298382"


@pytest.mark.parametrize(
    "text",
    [
        "105910298382",  # twelve digits
        "059102983820",
        "05910298381",  # wrong check digit
        "Konto 0591.02.98382",  # as a bank account is written
        "Ring 912 34 567 før 05.10.2026 kl. 12.30",
        "",
    ],
)
def test_other_digits_are_left_alone(text):
    assert find_identities(text) == ()


def test_every_identity_number_of_a_text_is_found_in_order():
    text = f"{TENOR[0]} og {TENOR_D_NUMBERS[0]}\n{TENOR[1][:6]} {TENOR[1][6:]}"
    assert [match.identity.digits for match in find_identities(text)] == [
        TENOR[0],
        TENOR_D_NUMBERS[0],
        TENOR[1],
    ]


@given(st.text("0123456789 .-x", max_size=30), synthetic, st.text("0123456789 .-x", max_size=30))
def test_the_search_finds_what_trying_every_stretch_of_text_finds(before, digits, after):
    text = before + digits + after
    tried = set()
    for start in range(len(text)):
        for end in range(start + 11, min(start + 18, len(text)) + 1):
            stretch = text[start:end]
            alone = not (text[start - 1 : start].isdigit() or text[end : end + 1].isdigit())
            if alone and stretch[0].isdigit() and stretch[-1].isdigit() and _is_laid_out(stretch):
                try:
                    tried.add((start, end, parse_identity(stretch)))
                except InvalidIdentity:
                    continue
    found = find_identities(text)
    assert {(match.start, match.end, match.identity) for match in found} <= tried
    for start, end, _ in tried:
        assert any(match.start < end and start < match.end for match in found)


def _is_laid_out(stretch: str) -> bool:
    """Digits 2-2-2-3-2, with the same one separator twice or none in the date and up to three after it."""
    separators, digits = [""], 0
    for sign in stretch:
        if sign.isdigit():
            digits += 1
            separators.append("")
        else:
            separators[-1] += sign
    if digits != 11 or "x" in stretch:
        return False
    allowed_at = {2: 1, 4: 1, 6: 3, 9: 1}
    if any(len(separator) > allowed_at.get(at, 0) for at, separator in enumerate(separators)):
        return False
    return separators[2] == separators[4]
