"""A referral asks for the wish to work and how to reach the person. Nothing here could exclude anybody."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db.models import QuerySet

from fotfeste_web.caseload.models import NotOfferedReason, Referral, ReferralOutcome, ReferralSource
from fotfeste_web.organisations.models import Service, TreatmentTeam
from fotfeste_web.ui import fields, formats, widgets

from .days import between

ADULT = 18
OLDEST = 110
PROTECTED = "yes"


def line(**kwargs: Any) -> fields.FreeTextField:
    """One line of free text."""
    return fields.FreeTextField(widget=widgets.FreeTextLine, **kwargs)


class ReturnForm(forms.Form):
    """A new referral of somebody whom the service knows."""

    protected = forms.ChoiceField(
        label="Har personen adressesperre (kode 6 eller 7)?",
        choices=[("no", "Nei"), (PROTECTED, "Ja")],
        widget=widgets.Chips,
        help_text="Svar på dette først. Personer med adressesperre skal ikke stå i Fotfeste. Er du i tvil, spør "
        "personen før du skriver noe mer.",
        error_messages={"required": "Svar ja eller nei. Er du i tvil, spør personen først."},
    )
    wish = fields.FreeTextField(
        label="Ønsket om jobb, med personens egne ord",
        max_length=2000,
        help_text="Ønsket er det eneste som trengs. Ingen skal være «klar» først.",
    )
    source = forms.ChoiceField(label="Hvem henviser?", choices=[("", "Velg"), *ReferralSource.choices])
    referrer = line(label="Navn på den som henviser", max_length=120, required=False)
    received_on = fields.DateField(label="Henvist dato")
    under_18 = forms.BooleanField(label="Personen er under 18 år", required=False)
    consent_by = line(label="Hvem har samtykket?", max_length=120, help_text="Personen selv, foresatte eller andre.")
    consent_to = line(label="Hva er det samtykket til?", max_length=300)
    consent_until = fields.DateField(label="Samtykket gjelder til og med")

    CONSENT = ("consent_by", "consent_to", "consent_until")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["received_on"].initial = today
        between(self.fields["received_on"], latest=(today, "Henvisningen kan ikke være kommet etter i dag."))
        between(self.fields["consent_until"], earliest=(today, "Samtykket har gått ut. Be om et nytt først."))
        if self.is_bound and "under_18" not in self.data:
            for name in self.CONSENT:
                self.fields[name].required = False

    @property
    def says_protected(self) -> bool:
        """Asked before anything else is read: of a protected person nothing is looked at and nothing is kept."""
        return self.data.get("protected") == PROTECTED

    @property
    def main(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.CONSENT]

    @property
    def consent(self) -> list[forms.BoundField]:
        return [self[name] for name in self.CONSENT]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("under_18") and any(given.get(name) for name in self.CONSENT):
            self.add_error("under_18", "Du har fylt ut samtykke. Kryss av her, eller tøm de tre feltene.")
        return given

    def referral(self) -> dict[str, Any]:
        names = ("received_on", "source", "referrer", "wish", "under_18", *self.CONSENT)
        return {name: self.cleaned_data[name] for name in names}


class ReferralForm(ReturnForm):
    """The referral of a person who is new to the service."""

    service = forms.ModelChoiceField(Service.objects.none(), label="Tjeneste", empty_label="Velg")
    first_name = line(label="Fornavn", max_length=80)
    last_name = line(label="Etternavn", max_length=80)
    birth_year = forms.IntegerField(
        label="Fødselsår",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Skriv året med fire sifre, for eksempel 1995."},
    )
    phone = line(
        label="Telefon",
        max_length=20,
        required=False,
        validators=[RegexValidator(r"^[0-9 +()]{8,}$", "Skriv telefonnummeret med sifre, minst åtte.")],
    )
    treatment_team = forms.ModelChoiceField(
        TreatmentTeam.objects.none(), label="Behandlingsteam", required=False, empty_label="Ikke oppgitt"
    )
    identity = fields.IdentityNumberField(
        label="Fødselsnummer",
        required=False,
        help_text="Trengs ikke. Det lagres kryptert og vises aldri i lister. Det gjør bare at samme person ikke "
        "registreres to ganger.",
    )

    field_order = (
        "protected", "service", "first_name", "last_name", "wish", "source", "referrer", "phone", "birth_year",
        "treatment_team", "received_on", "identity", "under_18",
    )  # fmt: skip

    def __init__(
        self, *args: Any, services: QuerySet[Service], teams: QuerySet[TreatmentTeam], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, today=today, **kwargs)
        earliest, latest = today.year - OLDEST, today.year
        self.fields["birth_year"].validators += [
            MinValueValidator(earliest, f"Året må være mellom {earliest} og {latest}."),
            MaxValueValidator(latest, f"Året må være mellom {earliest} og {latest}."),
        ]
        self.only_service = services[0] if len(services) == 1 else None
        if self.only_service:
            del self.fields["service"]
        else:
            self.fields["service"].queryset = services
        self.fields["treatment_team"].queryset = teams

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given.setdefault("service", self.only_service)
        team, service, year = given.get("treatment_team"), given["service"], given.get("birth_year")
        if team and service and team.service_id != service.pk:
            self.add_error("treatment_team", "Behandlingsteamet hører til en annen tjeneste.")
        turns = self.today.year - year if year else None  # the age at the end of this year
        if turns is not None and turns < ADULT and not given.get("under_18"):
            self.add_error("under_18", "Etter fødselsåret er personen under 18 år. Kryss av og fyll ut samtykket.")
        if turns is not None and turns > ADULT and given.get("under_18"):
            self.add_error("birth_year", "Etter fødselsåret er personen over 18 år. Rett året, eller ta bort krysset.")
        return given

    def person(self) -> dict[str, Any]:
        names = ("first_name", "last_name", "birth_year", "phone", "treatment_team", "identity")
        return {name: self.cleaned_data[name] for name in names}


class ConcludeForm(forms.Form):
    """How a referral ended that did not lead to a start."""

    outcome = forms.ChoiceField(
        label="Hvordan ble det?",
        choices=[choice for choice in ReferralOutcome.choices if choice[0] != ReferralOutcome.STARTED],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label="Hvorfor fikk personen ikke tilbud?",
        choices=NotOfferedReason.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Fylles ut når personen ikke fikk tilbud. Det vises i lista over dem som ikke fikk tilbud.",
    )
    on = fields.DateField(label="Dato")
    note = line(label="Merknad", max_length=300, required=False)

    def __init__(self, *args: Any, referral: Referral, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        received = referral.received_on
        between(
            self.fields["on"],
            earliest=(received, f"Henvisningen kom {formats.day(received)}. Den kan ikke være avsluttet før det."),
            latest=(today, "Datoen kan ikke være etter i dag."),
        )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        not_offered = given.get("outcome") == ReferralOutcome.NOT_OFFERED
        if not_offered and not given.get("reason"):
            self.add_error("reason", "Si hvorfor personen ikke fikk tilbud.")
        if given.get("reason") and "outcome" in given and not not_offered:
            self.add_error("reason", "Grunnen hører bare til «Fikk ikke tilbud».")
        return given
