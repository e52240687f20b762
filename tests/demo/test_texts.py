import re
import tomllib
from collections import Counter
from dataclasses import fields, is_dataclass
from importlib.resources import files

import pytest

from fotfeste.norway.codes import municipalities, occupations
from fotfeste.norway.health_words import find_health_words
from fotfeste.norway.identity import find_identities
from fotfeste_web.demo.story import phrases

NOTES = (
    *("referral", "start", "openness", "search", "employers", "work", "team", "ending", "next_steps"),
    *("careers", "followup"),
)
LONG = 60  # characters: shorter ones, such as "Ringte etter vakt.", are what people write again and again


def strings_in(node) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in strings_in(value)]
    return list(node) if isinstance(node, list) else [node]


def note_texts() -> list[str]:
    folder = files("fotfeste_web.demo").joinpath("texts")
    tables = [tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8")) for name in NOTES]
    goals = [trade["goals"] for trade in phrases.read("trades").values()]
    return [text for table in [*tables, *goals] for text in strings_in(table)]


def texts_of(value) -> list[str]:
    """Every string anywhere in a value of the world."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts_of(item)]
    if is_dataclass(value):
        return [t for f in fields(value) if f.name != "identity_number" for t in texts_of(getattr(value, f.name))]
    return []


def test_there_are_at_least_250_different_notes():
    notes = note_texts()

    assert len(set(notes)) >= 250
    assert [note for note, times in Counter(notes).items() if times > 1] == []


def test_at_least_200_of_them_are_used(world):
    lines = {
        line.lower() for text in texts_of(world.participants) + texts_of(world.contacts) for line in text.split("\n")
    }
    written = "\n".join(lines)

    def is_used(note: str) -> bool:
        parts = re.split(r"{[a-z_]+}", note.lower())
        return note.lower() in lines if len(parts) == 1 else bool(re.search(as_pattern(parts), written, re.MULTILINE))

    assert sum(map(is_used, note_texts())) >= 200


def as_pattern(parts: list[str]) -> str:
    return f"^{'.+?'.join(map(re.escape, parts))}$"


def test_no_slot_is_left_open(world):
    assert [text for text in texts_of(world.participants) + texts_of(world.contacts) if "{" in text] == []


def test_no_text_holds_an_identity_number_or_eleven_digits(world):
    for text in set(texts_of(world)):
        assert find_identities(text) == ()
        assert not re.search(r"\d{11}", text)


def test_no_text_holds_a_diagnosis_code_or_a_medicine(world):
    for text in {*note_texts(), *texts_of(world.participants), *texts_of(world.contacts)}:
        assert find_health_words(text) == ()
        assert not re.search(r"\b[A-Z]\d\d(\.\d)?\b", text)  # any chapter of ICD-10, announced or not


def test_nobody_has_the_same_long_text_twice(world):
    for participant in world.participants:
        mine = [c.note or c.summary for c in world.contacts if participant.key in c.participants]
        mine += [step.text for period in participant.periods for step in period.next_steps]
        mine += [period.referral.wish for period in participant.periods]
        assert [t for t, times in Counter(mine).items() if times > 1 and len(t) >= LONG] == []


def test_an_employer_meeting_names_no_participant(world):
    names = re.compile("|".join(re.escape(p.name) for p in world.participants))

    written = [c.summary + c.note for c in world.contacts if c.kind == "employer"]

    assert [text for text in written if names.search(text)] == []


def test_occupations_and_municipalities_are_in_the_code_lists_of_statistics_norway(world):
    used = {code for employer in world.employers for code in employer.occupations}
    used |= {code for p in world.participants for t in p.periods for v in t.profiles for code in v.occupations}

    assert used - set(occupations()) == set()
    assert {e.municipality for e in world.employers} - set(municipalities()) == set()


@pytest.mark.parametrize("kind", ["adjectives", "nouns", "first", "last"])
def test_names_are_listed_once(kind):
    names = phrases.lines(f"names.{kind}")

    assert len(names) == len(set(names))


def test_there_are_names_for_more_participants_than_come(world):
    assert len(phrases.lines("names.adjectives")) * len(phrases.lines("names.nouns")) >= 300
    assert len({p.name for p in world.participants}) == len(world.participants)
