"""Who the participant is and how to reach them. The identity number has no form here."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import NavOffice, TreatmentTeam
from fotfeste_web.ui.fields import FreeTextField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import FreeTextLine


class ParticipantForm(VersionedForm):
    first_name = FreeTextField(label="Fornavn", max_length=80, widget=FreeTextLine)
    last_name = FreeTextField(label="Etternavn", max_length=80, widget=FreeTextLine)
    birth_year = forms.IntegerField(
        label="Fødselsår",
        required=False,
        min_value=1920,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Skriv året med fire sifre."},
    )
    phone = FreeTextField(label="Telefon", max_length=20, required=False, widget=FreeTextLine)
    therapist = FreeTextField(
        label="Behandler", max_length=120, required=False, widget=FreeTextLine, help_text="Navnet er nok."
    )
    nav_adviser = FreeTextField(label="NAV-veileder", max_length=120, required=False, widget=FreeTextLine)

    class Meta:
        model = Participant
        fields = (
            "first_name",
            "last_name",
            "birth_year",
            "phone",
            "email",
            "treatment_team",
            "therapist",
            "nav_office",
            "nav_adviser",
            "version",
        )

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        person = self.instance
        for name, kind, current in (
            ("treatment_team", TreatmentTeam, person.treatment_team_id),
            ("nav_office", NavOffice, person.nav_office_id),
        ):
            field = self.fields[name]
            field.queryset = kind.objects.filter(
                Q(closed_on__isnull=True) | Q(pk=current), service_id=person.service_id
            ).order_by("name")
            field.empty_label = "Ingen"

    def clean_birth_year(self) -> int | None:
        year = self.cleaned_data["birth_year"]
        if year and self.today and year > self.today.year:
            raise ValidationError("Året kan ikke ligge fram i tid.")
        return year
