"""What came in about a record that was wrongly entered."""

from django import forms

from fotfeste_web.ui.fields import FreeTextField
from fotfeste_web.ui.widgets import FreeTextLine

from .models import RemovalReason


class AskForm(forms.Form):
    reason = forms.ChoiceField(
        label="Hvorfor er det feilført?",
        choices=RemovalReason,
        widget=forms.RadioSelect,
        help_text="Grunnen blir stående i en forseglet linje når det er slettet.",
    )
    explanation = FreeTextField(
        label="Hvordan ble det oppdaget?",
        max_length=500,
        help_text="Leses av den som skal bekrefte, og slettes sammen med oppføringen.",
    )


class RefuseForm(forms.Form):
    refusal = FreeTextField(
        label="Hvorfor skal det stå?",
        max_length=300,
        widget=FreeTextLine,
        help_text="Den som meldte det, leser dette.",
    )
