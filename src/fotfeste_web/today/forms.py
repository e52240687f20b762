from datetime import date, timedelta
from typing import Any

from django import forms

from fotfeste_web.ui.fields import DateField, FreeTextField

LONGEST = timedelta(days=60)


class PostponeForm(forms.Form):
    until = DateField(label="Vis igjen")
    reason = FreeTextField(label="Hvorfor kan det vente?", max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"until": today + timedelta(days=2)}, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError("Velg en dag etter i dag.")
        if until > self.today + LONGEST:
            raise forms.ValidationError("Velg en dag innen 60 dager, så blir ingen glemt.")
        return until
