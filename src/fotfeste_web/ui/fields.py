"""Form fields: from what was typed to a value, with a sentence in bokmål about what is wrong."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from fotfeste.norway.codes import Code, occupations
from fotfeste.norway.health_words import find_health_words
from fotfeste.norway.identity import Identity, InvalidIdentity, find_identities, parse_identity
from fotfeste.norway.organisation import (
    InvalidOrganisationNumber,
    OrganisationNumber,
    parse_organisation_number,
)
from fotfeste_web.ui import widgets

MAX_TEXT = 10_000
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
LONGEST = 12 * 60  # minutes, as the database has it


def without_control_characters(text: str) -> str:
    """Lines and tabs stay. NUL cannot be stored, and the others cannot be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) != "Cc")


class FreeTextField(forms.CharField):
    """Any words but those that belong in another system.

    An identity number is refused. A diagnosis code or a medicine's name gives a warning, and a box named
    ``<field>_anyway`` that saves the text as it is.
    """

    widget = widgets.FreeText
    default_error_messages = {
        "identity": "Teksten inneholder et fødselsnummer eller D-nummer. Ta det ut før du lagrer.",
        "health_words": "Teksten ser ut til å nevne en diagnose eller et legemiddel: %(words)s. "
        "Fotfeste er ingen pasientjournal. Ta det ut, eller kryss av for «Lagre likevel».",
    }

    def __init__(self, *, max_length=MAX_TEXT, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value):
        return super().to_python(without_control_characters(value or ""))

    def clean(self, value):
        text = super().clean(value.text)
        if find_identities(text):
            raise ValidationError(self.error_messages["identity"], code="identity")
        words = dict.fromkeys(word.text for word in find_health_words(text))
        if words and not value.anyway:
            raise ValidationError(
                self.error_messages["health_words"], code="health_words", params={"words": ", ".join(words)}
            )
        return text

    def prepare_value(self, value):
        return value.text if isinstance(value, widgets.Typed) else value

    def has_changed(self, initial, data):
        return super().has_changed(initial, self.prepare_value(data))


class IdentityNumberField(forms.CharField):
    """A fødselsnummer or D-nummer, as an Identity: of a made-up person or a real one, as the site is."""

    # The browser keeps no copy of it, not even an encrypted one (ui/unsaved.js).
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-not-kept": True})
    default_error_messages = {
        "digits": "Skriv bare sifre, 11 i alt.",
        "length": "Et fødselsnummer eller D-nummer har 11 sifre.",
        "date": "De seks første sifrene er ingen dato. Se etter en tastefeil.",
        "checksum": "De to siste sifrene stemmer ikke med resten. Se etter en tastefeil.",
        "real": "Her brukes bare oppdiktede personer. Skriv et syntetisk nummer, der måneden er 81 til 92.",
        "synthetic": "Dette er et testnummer, som ingen person har.",
    }

    def to_python(self, value) -> Identity | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            identity = parse_identity(text)
        except InvalidIdentity as error:
            raise ValidationError(self.error_messages[error.reason], code=error.reason) from None
        if identity.synthetic is not settings.FOTFESTE_SYNTHETIC_ONLY:
            code = "synthetic" if identity.synthetic else "real"
            raise ValidationError(self.error_messages[code], code=code)
        return identity

    def run_validators(self, value):
        """The validators of CharField are about strings; an Identity has been checked by making it."""

    def prepare_value(self, value):
        return value.digits if isinstance(value, Identity) else value


class OrganisationNumberField(forms.CharField):
    """An organisation number, as an OrganisationNumber."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "digits": "Skriv bare sifre, 9 i alt.",
        "length": "Et organisasjonsnummer har 9 sifre.",
        "checksum": "Det siste sifferet stemmer ikke med resten. Se etter en tastefeil.",
    }

    def to_python(self, value) -> OrganisationNumber | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_organisation_number(text)
        except InvalidOrganisationNumber as error:
            raise ValidationError(self.error_messages[error.reason], code=error.reason) from None

    def run_validators(self, value):
        """As for IdentityNumberField."""

    def prepare_value(self, value):
        return value.digits if isinstance(value, OrganisationNumber) else value


def occupation_suggestions() -> list[str]:
    return [f"{code.code} {code.name}" for code in occupations().current if code.level == 4]


class OccupationField(forms.CharField):
    """An occupation in STYRK-08, picked from the suggestions or typed as a code or a name."""

    widget = widgets.Suggest(suggestions=occupation_suggestions)
    default_error_messages = {
        "unknown": "Fant ikke yrket. Skriv litt av navnet og velg fra lista, eller skriv koden.",
        "ambiguous": "Flere yrker passer: %(names)s. Velg ett av dem.",
    }

    def to_python(self, value) -> Code | None:
        text = super().to_python(value)
        if not text:
            return None
        code = re.match(r"\d{4}(?!\d)", text)
        if code and (kept := occupations().get(code[0])) and text == self.prepare_value(kept):
            return kept  # also one that has ended, on what was recorded while it held
        hits = occupations().search(code[0] if code else text, limit=6, level=4)
        exact = [hit for hit in hits if hit.name.casefold() == text.casefold()]
        hits = exact or hits
        if not hits:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if len(hits) > 1:
            names = ", ".join(f"{hit.code} {hit.name}" for hit in hits[:5]) + (" …" if len(hits) > 5 else "")
            raise ValidationError(self.error_messages["ambiguous"], code="ambiguous", params={"names": names})
        return hits[0]

    def run_validators(self, value):
        """As for IdentityNumberField."""

    def prepare_value(self, value):
        return f"{value.code} {value.name}" if isinstance(value, Code) else value


class MinutesField(forms.Field):
    """How long something took: 50, 1:20, 1 t 20 min. A whole number of minutes."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "invalid": "Skriv tiden i minutter, for eksempel 50, eller som 1:20.",
        "range": "Tiden må være mellom 1 minutt og 12 timer.",
    }
    forms_of_time = (
        re.compile(r"(?P<m>\d{1,4})\s*(?:m|min|minutter)?"),
        re.compile(r"(?P<h>\d{1,2}):(?P<m>[0-5]\d)"),
        re.compile(r"(?P<h>\d{1,2})\s*(?:t|time|timer)(?:\s*(?P<m>[0-5]?\d)\s*(?:m|min|minutter)?)?"),
    )

    def to_python(self, value) -> int | None:
        text = str(value or "").strip().casefold()
        if not text:
            return None
        match = next((found for form in self.forms_of_time if (found := form.fullmatch(text))), None)
        if match is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        parts = match.groupdict()
        minutes = 60 * int(parts.get("h") or 0) + int(parts["m"] or 0)
        if not 0 < minutes <= LONGEST:
            raise ValidationError(self.error_messages["range"], code="range")
        return minutes


class DecimalField(forms.DecimalField):
    """18,75 or 18.75, whatever the language of the browser."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value):
        text = f"{value.normalize():f}" if isinstance(value, Decimal) else value
        return text if text is None else str(text).replace(".", ",")


class DateField(forms.DateField):
    """A date from the browser's calendar or as Norwegians write it: 1.2.2026, 01.02.26."""

    widget = widgets.DateInput
    default_error_messages = {
        "invalid": "Skriv datoen som dag, måned og år, for eksempel 1.2.2026.",
        "early": "Året må være 1900 eller senere.",
        "late": "Året må være 2199 eller tidligere.",
    }

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"], **kwargs)

    def to_python(self, value):
        date = super().to_python(value.replace(" ", "") if isinstance(value, str) else value)
        if date is not None and date < EARLIEST:
            raise ValidationError(self.error_messages["early"], code="early")
        if date is not None and date > LATEST:
            raise ValidationError(self.error_messages["late"], code="late")
        return date


class TimeField(forms.TimeField):
    """A time of day from the browser's clock or as 9.30, 09:30."""

    widget = widgets.TimeInput
    default_error_messages = {"invalid": "Skriv klokkeslettet som 09.30."}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **kwargs)
