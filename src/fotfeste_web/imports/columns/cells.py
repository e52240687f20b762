"""Cells that are no dates: words among a few, yes and no, names, telephone numbers, numbers of people and places."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from fotfeste.norway.codes import Code, municipalities, occupations
from fotfeste.norway.health_words import find_health_words
from fotfeste.norway.identity import Identity, find_identities
from fotfeste_web.imports.reading.words import ASIDE, fold, fold_name
from fotfeste_web.ui.fields import IdentityNumberField, OrganisationNumberField

from .column import Doubtful, Unreadable

YES = {fold(word) for word in ("ja", "j", "x", "yes", "y", "1", "sann", "true")}
NO = {fold(word) for word in ("nei", "n", "no", "0", "usann", "false")}
BY_EXCEL = re.compile(r"\d[,.]\d+e\+?\d+", re.IGNORECASE)
IDENTITY, ORGANISATION = IdentityNumberField(), OrganisationNumberField()


def read_text(longest: int, *, lines: bool = False) -> Callable[[str], str]:
    """Give a reader of free text, which holds no identity number, and seldom a diagnosis or a medicine."""

    def read(text: str) -> str:
        text = text if lines else " ".join(text.split())
        if len(text) > longest:
            raise Unreadable(f"Teksten har {len(text)} tegn. Det er plass til {longest}.")
        if find_identities(text):
            raise Unreadable("Teksten inneholder et fødselsnummer eller D-nummer. Ta det ut.")
        if words := dict.fromkeys(word.text for word in find_health_words(text)):
            raise Doubtful(text, f"Teksten ser ut til å nevne en diagnose eller et legemiddel: {', '.join(words)}.")
        return text

    return read


def read_word(words: Iterable[tuple[str, str]], also: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Give a reader of one of a few words, or of another word for one of them."""
    words = list(words)
    codes = {fold(other): code for other, code in (also or {}).items()} | {fold(label): code for code, label in words}
    labels = ", ".join(label for _, label in words)

    def read(text: str) -> str:
        try:
            return codes[fold(text)]
        except KeyError:
            raise Unreadable(f"Bruk ett av ordene: {labels}.") from None

    return read


def read_words(words: Iterable[tuple[str, str]], also: Mapping[str, str] | None = None) -> Callable[[str], list[str]]:
    one = read_word(words, also)

    def read(text: str) -> list[str]:
        if fold(text) in NO | {fold("ingen")}:
            return []
        return list(dict.fromkeys(one(part) for part in re.split(r"[,;\n/]", text) if part.strip()))

    return read


def read_yes(text: str) -> bool:
    folded = fold(text) or text.strip()
    if folded in YES or folded == "✓":
        return True
    if folded in NO:
        return False
    raise Unreadable("Skriv ja eller nei.")


def read_identity(text: str) -> Identity:
    """A fødselsnummer; one that begins with 0 has lost it in a spreadsheet that took it for a number."""
    if BY_EXCEL.fullmatch(text.strip()):
        raise Unreadable("Excel har gjort om nummeret. Gjør kolonnen om til tekst, og skriv de 11 sifrene på nytt.")
    return _by(IDENTITY, f"0{text.strip()}" if re.fullmatch(r"\d{10}", text.strip()) else text)


def read_organisation(text: str) -> str:
    return _by(ORGANISATION, text).digits


def read_phone(text: str) -> str:
    """Figures, spaces and what people put between them."""
    text = re.sub(r"^(?:tlf|mob|telefon|mobil)\.?:?\s*", "", text.strip(), flags=re.IGNORECASE)
    text = " ".join(re.sub(r"[.\-–/]", " ", text).split())
    figures = sum(sign.isdecimal() for sign in text)
    if not re.fullmatch(r"[0-9 +()]{8,20}", text) or not 8 <= figures <= 15 or find_identities(text):
        raise Unreadable("Skriv ett telefonnummer med sifre, minst åtte.")
    return text


def read_email(text: str) -> str:
    text = text.strip().lower()
    try:
        validate_email(text)
    except ValidationError:
        raise Unreadable("Skriv én e-postadresse, for eksempel navn@eksempel.no.") from None
    return text


def read_occupation(text: str) -> str:
    """A code in STYRK-08 with four figures, or the whole name of the occupation."""
    code = re.match(r"\s*(\d{4})(?!\d)", text)
    known = occupations()
    if code:
        found = [known[code[1]]] if code[1] in known and known[code[1]].level == 4 else []
    else:
        found = _occupations().get(fold(text)) or list(known.search(text, level=4, limit=6))
    if len(found) == 1:
        return found[0].code
    if found:
        names = ", ".join(f"{one.code} {one.name}" for one in found[:5])
        raise Unreadable(f"Flere yrker passer: {names}. Skriv koden.")
    raise Unreadable("Fant ikke yrket. Skriv koden i STYRK-08, fire sifre, eller hele navnet.")


def read_municipality(text: str) -> str:
    """A municipality by its number or its name."""
    number = re.match(r"\s*(\d{3,4})(?!\d)", text)
    code = municipalities().get(number[1].zfill(4)) if number else None
    name = fold_name(text).removesuffix(" kommune")
    same = [
        one for one in municipalities().current if name in (fold_name(one.name), fold_name(ASIDE.sub("", one.name)))
    ]
    found = [code] if code else [one for one in same if fold_name(one.name) == name] or same
    if len(found) != 1:
        raise Unreadable("Fant ikke kommunen. Skriv navnet eller nummeret, fire sifre.")
    return found[0].code


def read_name(text: str) -> str:
    """The name of somebody or something that the service has; it is looked up later."""
    return fold_name(text)


@cache
def _occupations() -> dict[str, list[Code]]:
    """The occupations by their names, as they are compared."""
    named: dict[str, list[Code]] = {}
    for code in occupations().current:
        if code.level == 4:
            named.setdefault(fold(code.name), []).append(code)
    return named


def _by(field: Any, text: str) -> Any:
    try:
        value = field.to_python(text)
    except ValidationError as error:
        raise Unreadable(error.messages[0]) from None
    if value is None:
        raise Unreadable(field.error_messages["digits"])
    return value
