"""Inputs that Django does not have."""

from typing import NamedTuple

from django import forms


class Chips(forms.RadioSelect):
    """One of a few choices, as big buttons."""

    chips = True


class ChipsMultiple(forms.CheckboxSelectMultiple):
    """Some of a few choices, as big buttons."""

    chips = True


class Suggest(forms.TextInput):
    """A text with suggestions under it; the browser filters them, and any other text may be typed."""

    template_name = "ui/forms/suggest.html"

    def __init__(self, attrs=None, suggestions=()):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.suggestions = suggestions

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["suggestions"] = self.suggestions() if callable(self.suggestions) else self.suggestions
        return context


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class Typed(NamedTuple):
    """A text, and whether its writer has said that it is to be saved in spite of a warning."""

    text: str | None
    anyway: bool


class Overridable:
    def value_from_datadict(self, data, files, name):
        return Typed(super().value_from_datadict(data, files, name), f"{name}_anyway" in data)


class FreeText(Overridable, forms.Textarea):
    def __init__(self, attrs=None):
        super().__init__({"rows": 4, **(attrs or {})})


class FreeTextLine(Overridable, forms.TextInput):
    pass
