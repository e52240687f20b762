"""What came in about an export."""

from django import forms

from fotfeste_web.ui.fields import FreeTextField
from fotfeste_web.ui.widgets import FreeTextLine

from .models import Extract, What


class PersonForm(forms.Form):
    code = forms.ChoiceField(
        label="Hva slags fil?",
        choices=[("pdf", "Et dokument å lese (PDF)"), ("json", "En fil for dataprogrammer (JSON)")],
        initial="pdf",
        widget=forms.RadioSelect,
        help_text="JSON-filen har også tidligere utgaver av det som er rettet.",
    )


class ExtractForm(forms.Form):
    what = forms.ChoiceField(label="Hva vil du ta ut?", choices=What, initial=What.TABLES, widget=forms.RadioSelect)
    purpose = FreeTextField(
        label="Hva skal det brukes til?",
        max_length=Extract._meta.get_field("purpose").max_length,
        widget=FreeTextLine,
        help_text="Skriv formålet og hvem som skal gjøre analysen. Det blir stående på denne siden og i filen.",
    )
