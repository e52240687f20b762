"""What the fields take and refuse, and what they say."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict

from fotfeste_web.ui import fields

# Made-up persons of Skatteetaten's public test data (Tenor) and one of NAV's published examples, as in the tests of
# fotfeste.norway; 02013299997 is Skatteetaten's example of the 2032 rule, in the series of real numbers.
SYNTHETIC = "05910298382"
REAL_SERIES = "02013299997"


class NoteForm(forms.Form):
    note = fields.FreeTextField(label="Notat")


def note(text, **more):
    data = QueryDict(mutable=True)
    data.update({"note": text, **more})
    return NoteForm(data)


def errors(field, text):
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(text)
    return [error.code for error in caught.value.error_list]


@pytest.mark.parametrize("text", [SYNTHETIC, f"Fnr. {SYNTHETIC[:6]} {SYNTHETIC[6:]} ringte.", f"x{REAL_SERIES}"])
def test_a_note_with_an_identity_number_is_refused(text):
    form = note(text)
    assert not form.is_valid()
    assert form.errors.as_data()["note"][0].code == "identity"


def test_the_refusal_does_not_repeat_the_number():
    assert SYNTHETIC not in str(note(SYNTHETIC).errors)


def test_an_identity_number_is_refused_also_when_saved_anyway():
    assert not note(SYNTHETIC, note_anyway="on").is_valid()


def test_eleven_digits_that_are_no_identity_number_may_be_written():
    assert note("Konto 1234.56.78901").is_valid()


@pytest.mark.parametrize("text", ["Har F20.0 i journalen", "Bruker Litium og trives ute"])
def test_a_diagnosis_or_a_medicine_gives_a_warning_and_a_box_that_saves_anyway(text):
    form = note(text)
    assert form.errors.as_data()["note"][0].code == "health_words"
    assert 'name="note_anyway"' in str(form)


def test_a_warning_that_is_overridden_saves_the_text_as_it_is():
    form = note("Har F20.0 i journalen", note_anyway="on")
    assert form.is_valid()
    assert form.cleaned_data["note"] == "Har F20.0 i journalen"


def test_a_note_without_such_words_is_offered_no_box():
    assert "note_anyway" not in str(note("Trives ute. Vil begynne klokka ti."))


def test_what_was_typed_is_still_there_after_a_warning():
    assert "Har F20.0 i journalen</textarea>" in str(note("Har F20.0 i journalen"))


def test_control_characters_are_taken_out_and_lines_kept():
    form = note("Første linje\r\nAndre\x00 linje\x07")
    assert form.is_valid()
    assert form.cleaned_data["note"] == "Første linje\nAndre linje"


@pytest.mark.parametrize(("length", "valid"), [(10_000, True), (10_001, False)])
def test_a_note_holds_ten_thousand_characters(length, valid):
    assert note("a" * length).is_valid() is valid


def test_a_note_of_spaces_is_empty():
    assert note("  \n ").errors.as_data()["note"][0].code == "required"


def test_made_up_persons_only_where_people_are_made_up(settings):
    field = fields.IdentityNumberField()
    settings.FOTFESTE_SYNTHETIC_ONLY = True
    assert field.clean(f" {SYNTHETIC[:6]} {SYNTHETIC[6:]} ").digits == SYNTHETIC
    assert errors(field, REAL_SERIES) == ["real"]
    settings.FOTFESTE_SYNTHETIC_ONLY = False
    assert field.clean(REAL_SERIES).digits == REAL_SERIES
    assert errors(field, SYNTHETIC) == ["synthetic"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("0591029838x", "digits"), ("0591029838", "length"), ("05910298381", "checksum"), ("00910298382", "date")],
)
def test_an_identity_number_with_a_mistake_says_which(text, code):
    assert errors(fields.IdentityNumberField(), text) == [code]


def test_an_identity_number_may_be_left_out():
    assert fields.IdentityNumberField(required=False).clean("") is None


def test_an_organisation_number_may_be_written_in_groups():
    # 974 761 076 is Skatteetaten's own number in Enhetsregisteret.
    assert fields.OrganisationNumberField().clean("974 761 076").digits == "974761076"
    assert errors(fields.OrganisationNumberField(), "974761077") == ["checksum"]


@pytest.mark.parametrize("text", ["5223", "5223 Butikkmedarbeidere", "Butikkmedarbeidere", "butikkmedarbeidere"])
def test_an_occupation_is_found_by_code_or_name(text):
    # STYRK-08 (SSB, Klass 7): 5223 is Butikkmedarbeidere.
    assert fields.OccupationField().clean(text).code == "5223"


def test_an_occupation_that_fits_several_names_them():
    field = fields.OccupationField()
    assert errors(field, "lærer") == ["ambiguous"]
    assert errors(field, "tryllekunstnerlærling") == ["unknown"]
    assert errors(field, "1000") == ["unknown"]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("50", 50), ("50 min", 50), ("1:20", 80), ("1 t 20 min", 80), ("2t", 120), ("1 time", 60), ("12 t", 720)],
)
def test_minutes_are_read_as_they_are_said(text, minutes):
    assert fields.MinutesField().clean(text) == minutes


@pytest.mark.parametrize(
    ("text", "code"), [("0", "range"), ("721", "range"), ("25 t", "range"), ("-5", "invalid"), ("en time", "invalid")]
)
def test_minutes_that_make_no_sense_are_refused(text, code):
    assert errors(fields.MinutesField(), text) == [code]


@pytest.mark.parametrize("text", ["2026-02-01", "1.2.2026", "01.02.26", "1. 2. 2026"])
def test_dates_are_read_from_the_calendar_and_as_norwegians_write_them(text):
    assert fields.DateField().clean(text) == dt.date(2026, 2, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [("30.2.2026", "invalid"), ("2/1/2026", "invalid"), ("0026-02-01", "early"), ("9999-12-31", "late")],
)
def test_a_date_that_is_none_is_refused(text, code):
    assert errors(fields.DateField(), text) == [code]


@pytest.mark.parametrize("text", ["09:30", "9.30", "09:30:00"])
def test_a_time_of_day_is_read_with_colon_or_full_stop(text):
    assert fields.TimeField().clean(text) == dt.time(9, 30)


@pytest.mark.parametrize("text", ["18,75", "18.75"])
def test_hours_are_read_with_comma_or_full_stop(text):
    assert fields.DecimalField().clean(text) == Decimal("18.75")
