"""Forms about an employer. What stands on an employer is read by everybody in the service."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from fotfeste.norway.codes import municipalities
from fotfeste_web.caseload.models import Employer
from fotfeste_web.organisations.models import Service
from fotfeste_web.ui import fields, widgets
from fotfeste_web.ui.versioned import VersionedForm


class MunicipalityField(forms.CharField):
    """A municipality by its name or number, as its number."""

    default_error_messages = {"unknown": "Fant ikke kommunen. Skriv litt av navnet og velg fra lista."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=widgets.Suggest(suggestions=self.names), **kwargs)

    @staticmethod
    def names() -> list[str]:
        return [f"{code.name} ({code.code})" for code in municipalities().current]

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        sought = text.casefold()
        for code in municipalities().current:
            if sought in (code.code, code.name.casefold(), f"{code.name} ({code.code})".casefold()):
                return code.code
        for code in municipalities().values():  # one that has ended, on an employer that was written before it did
            if text == self.prepare_value(code.code):
                return code.code
        raise ValidationError(self.error_messages["unknown"], code="unknown")

    def prepare_value(self, value: Any) -> Any:
        code = municipalities().get(value) if value else None
        return f"{code.name} ({code.code})" if code else value


def line(*, label: str, max_length: int, required: bool = False, **kwargs: Any) -> fields.FreeTextField:
    return fields.FreeTextField(
        label=label, max_length=max_length, required=required, widget=widgets.FreeTextLine, **kwargs
    )


class EmployerForm(VersionedForm):
    name = line(
        label="Navn", max_length=160, required=True, error_messages={"required": "Skriv navnet på arbeidsstedet."}
    )
    organisation_number = fields.OrganisationNumberField(
        label="Organisasjonsnummer",
        required=False,
        help_text="For arbeidsstedet (underenheten). Kan komme senere.",
    )
    trade = line(label="Bransje", max_length=120)
    municipality = MunicipalityField(label="Kommune", required=False)
    address = line(label="Adresse", max_length=200)
    contact_name = line(label="Kontaktperson", max_length=120)
    contact_role = line(label="Kontaktpersonens rolle", max_length=80)
    contact_phone = forms.CharField(
        label="Telefon", max_length=20, required=False, widget=forms.TextInput({"type": "tel"})
    )
    needs = fields.FreeTextField(
        label="Hva de trenger",
        help_text="Om arbeidsstedet: oppgaver, tider, hva de ser etter. Skriv ikke noe om en deltaker her: "
        "alle i tjenesten kan lese det.",
        max_length=2000,
        required=False,
    )

    class Meta:
        model = Employer
        fields = [
            "name", "organisation_number", "trade", "municipality", "address",
            "contact_name", "contact_role", "contact_phone", "needs", "version",
        ]  # fmt: skip

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service = service
        self.taken_by: Employer | None = None

    def filled_from(self, record: models.Model) -> Self:
        return type(self)(instance=record, service=self.service)

    def clean_organisation_number(self) -> str | None:
        number = self.cleaned_data["organisation_number"]
        if number is None:
            return None
        self.refuse_taken(number.digits)
        return number.digits

    def refuse_taken(self, digits: str) -> None:
        """Name the employer that has the number, so that the page can lead there."""
        others = Employer.objects.filter(service=self.service, organisation_number=digits)
        self.taken_by = others.exclude(pk=self.instance.pk).first()
        if self.taken_by:
            self.add_error("organisation_number", f"Nummeret står allerede på {self.taken_by.name}.")
