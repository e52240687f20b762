import pytest

from fotfeste.norway.health_words import find_health_words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Har F20.0 fra før", "F20.0"),
        ("diagnose F32.", "F32"),
        ("(F10.2)", "F10.2"),
        ("F31/F33", "F31"),
        ("kode f32.1", "f32.1"),
        ("en F90-diagnose", "F90"),
        ("ICD-10: G40.2", "G40.2"),
        ("Diagnosen er E11.9", "E11.9"),
    ],
)
def test_a_diagnosis_code_is_warned_about(text, code):
    first = find_health_words(text)[0]
    assert (first.text, first.kind) == (code, "diagnosis")
    assert text[first.start : first.end] == code


@pytest.mark.parametrize(
    "text",
    [
        "Tok T-banen og buss E6 til B12",
        "Skriv ut på A4, vitamin B12 og D3",
        "Møterom B12.3 i 2. etasje, rad F1",
        "Truck T1 og T2, førerkort klasse C1E",
        "Kjører F16-fly i Bodø",
        "kl. 12.30 den 01.02.2026, tlf 912 34 567",
        "PDF20.0 og F20.0.1",
        "Jobber med litium-ion-batterier hos Morrow",
        "Konserten i valiumfargede omgivelser",
        "",
    ],
)
def test_other_letters_and_numbers_are_no_alarm(text):
    assert find_health_words(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bruker Zyprexa om kvelden", "Zyprexa"),
        ("trappet ned på OLANZAPIN", "OLANZAPIN"),
        ("glemte ritalinen hjemme", "ritalinen"),
        ("Sobrils virkning", "Sobrils"),
        ("får metadonbehandling", "metadonbehandling"),
        ("ny Ritalin-dose", "Ritalin-dose"),
        ("på quetiapin", "quetiapin"),
        ("oxazepam ved behov", "oxazepam"),
        ("tar lithium", "lithium"),
        ("Suboxone/Subutex", "Suboxone"),
    ],
)
def test_a_medicine_is_warned_about_whatever_its_case_ending_and_spelling(text, name):
    first = find_health_words(text)[0]
    assert (first.text, first.kind) == (name, "medicine")
    assert text[first.start : first.end] == name
