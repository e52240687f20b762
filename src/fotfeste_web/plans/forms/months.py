"""A year, or a month of a year: as much as people remember."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fotfeste_web.ui.formats import MONTHS

YEAR = re.compile(r"(?:19|20)\d\d")
NUMBERED = re.compile(r"(0?[1-9]|1[0-2])[./ -]((?:19|20)\d\d)|((?:19|20)\d\d)-(0[1-9]|1[0-2])")
NAMED = re.compile(r"([a-zæøå]{3,})\.?\s+((?:19|20)\d\d)")


class MonthField(forms.CharField):
    """«2015», «3.2015», «mars 2015»: stored as 2015 or 2015-03, which stand in order as they are."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})
    default_error_messages = {"invalid": "Skriv et år, for eksempel 2015, eller måned og år: mars 2015."}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value).casefold()
        if not text or YEAR.fullmatch(text):
            return text
        if found := NUMBERED.fullmatch(text):
            return f"{found[2] or found[3]}-{int(found[1] or found[4]):02}"
        found = NAMED.fullmatch(text)
        number = next((n for n, name in enumerate(MONTHS, 1) if found and name.startswith(found[1])), None)
        if not found or not number:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return f"{found[2]}-{number:02}"

    def prepare_value(self, value: Any) -> Any:
        return in_words(value) if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d", value) else value


def in_words(month: str) -> str:
    """2015, mars 2015"""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}" if number else year
