"""An education: what, how far it has come, and what helps there."""

from datetime import date
from typing import Any

from django import forms

from fotfeste_web.caseload.forms.days import between
from fotfeste_web.caseload.forms.phases import GOES_ON_LATER, within_a_year
from fotfeste_web.caseload.models import EDUCATION_OVER, Education, EducationLevel, EducationState, StudyForm
from fotfeste_web.ui.fields import DateField, FreeTextField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import Chips, FreeTextLine


class EducationEditForm(VersionedForm):
    place = FreeTextField(label="Skole eller lærested", max_length=160, widget=FreeTextLine)
    programme = FreeTextField(label="Utdanning", max_length=160, widget=FreeTextLine)
    level = forms.ChoiceField(label="Nivå", choices=[("", "Velg"), *EducationLevel.choices], required=False)
    form = forms.ChoiceField(
        label="Form", choices=[("", "Ikke avklart"), *StudyForm.choices], widget=Chips, required=False
    )
    state = forms.ChoiceField(
        label="Hvor langt er det kommet?",
        choices=EducationState.choices,
        widget=Chips,
        help_text="Bare en utdanning som pågår, gir status «I utdanning».",
        error_messages={"required": "Velg hvor langt det er kommet."},
    )
    starts_on = DateField(label="Start", help_text="Er den ikke begynt: dagen som er avtalt eller planlagt.")
    ends_on = DateField(label="Slutt", required=False, help_text="Når den er fullført eller avbrutt.")
    support = FreeTextField(
        label="Plan for støtte",
        max_length=2000,
        required=False,
        help_text="Hva hjelper, fra hvem, på og utenfor skolen? Så konkret som mulig.",
    )
    worked = FreeTextField(label="Hva fungerte?", max_length=2000, required=False)
    did_not_work = FreeTextField(
        label="Hva fungerte ikke?",
        max_length=2000,
        required=False,
        help_text="Det som ble vanskelig, sier hva neste plan må ha med.",
    )

    class Meta:
        model = Education
        fields = (
            "place",
            "programme",
            "level",
            "form",
            "state",
            "starts_on",
            "ends_on",
            "support",
            "worked",
            "did_not_work",
            "version",
        )

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if today:
            between(self.fields["starts_on"], latest=within_a_year(today))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        state, starts_on, ends_on = given.get("state"), given.get("starts_on"), given.get("ends_on")
        if state == EducationState.GOING_ON and starts_on and self.today and starts_on > self.today:
            self.add_error("starts_on", GOES_ON_LATER)
        if state in EDUCATION_OVER and ends_on is None and "ends_on" not in self.errors:
            self.add_error("ends_on", "Skriv dagen utdanningen sluttet.")
        if state and state not in EDUCATION_OVER and ends_on:
            self.add_error("ends_on", "Den har en sluttdag. Velg «Fullført» eller «Avbrutt», eller ta bort dagen.")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "Utdanningen kan ikke slutte før den starter.")
        if ends_on and self.today and starts_on and ends_on > max(self.today, starts_on):
            self.add_error("ends_on", "Dagen kan ikke ligge fram i tid.")
        return given
