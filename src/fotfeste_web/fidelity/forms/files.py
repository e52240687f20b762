"""What a drawn person answered, and what was found in the file."""

from typing import Any

from django import forms

from fotfeste_web.fidelity.lists import questions
from fotfeste_web.fidelity.models import Answer, PersonNote
from fotfeste_web.fidelity.words import ERASED
from fotfeste_web.ui.fields import FreeTextField
from fotfeste_web.ui.widgets import Chips

FOUND = [("yes", "Ja"), ("no", "Nei"), ("unclear", "Uklart"), ("na", "Gjelder ikke")]


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label="Svar", choices=Answer.choices, required=False, widget=forms.RadioSelect)


class FileForm(forms.Form):
    """The form of one file: without a name, whoever fills it in."""

    text = FreeTextField(label="Notat", max_length=4000, required=False, help_text=f"Uten navn. {ERASED}")

    def __init__(self, *args: Any, note: PersonNote | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = note.answers if note else {}
        self.initial["text"] = note.text if note else ""
        for question in questions():
            self.fields[question.id] = forms.ChoiceField(
                label=f"{question.text} (punkt {question.item})",
                choices=FOUND,
                required=False,
                widget=Chips,
                initial=given.get(question.id, ""),
            )
        self.order_fields([*(question.id for question in questions()), "text"])

    def values(self) -> dict[str, Any]:
        found = {question.id: self.cleaned_data[question.id] for question in questions()}
        return {"text": self.cleaned_data["text"], "answers": {key: value for key, value in found.items() if value}}
