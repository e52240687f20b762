"""What came in about cover, openings and shares."""

from datetime import date
from typing import Any

from django import forms

from fotfeste_web.accounts.models import User
from fotfeste_web.organisations.models import Membership, Service
from fotfeste_web.ui.fields import DateField

from .models import Ground, OpeningReason

RECEIVERS = ("behandler", "arbeidsspesialist", "nav_veileder")


def members(service: Service, roles: tuple[str, ...], today: date) -> Any:
    """Give the people who have one of the roles in the service today."""
    live = Membership.objects.live(today).filter(service=service, role__in=roles)
    return User.objects.filter(pk__in=live.values("user"), is_active=True).order_by("name")


class OpenForm(forms.Form):
    reason = forms.ChoiceField(
        label="Hvorfor trenger du å se denne personen?", choices=OpeningReason, widget=forms.RadioSelect
    )


class CoverForm(forms.Form):
    absent = forms.ModelChoiceField(User.objects.none(), label="Hvem er borte?")
    covering = forms.ModelChoiceField(User.objects.none(), label="Hvem vikarierer?")
    starts_on = DateField(label="Fra")
    ends_on = DateField(label="Til og med")

    def __init__(self, *args: Any, service: Service, by: User, leads: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        specialists = members(service, ("jobbspesialist", "metodeveileder"), today)
        self.fields["absent"].queryset = specialists if leads else specialists.filter(pk=by.pk)
        self.fields["absent"].initial = None if leads else by.pk
        self.fields["covering"].queryset = specialists

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Siste dag kan ikke være før første dag.")
        if ends and ends < self.today:
            self.add_error("ends_on", "Vikariatet er over. Velg i dag eller en senere dag.")
        if values.get("absent") and values.get("absent") == values.get("covering"):
            self.add_error("covering", "Velg en annen enn den som er borte.")
        return values


class ShareForm(forms.Form):
    shared_with = forms.ModelChoiceField(User.objects.none(), label="Hvem skal få se?")
    ground = forms.ChoiceField(label="Grunnlag", choices=Ground, widget=forms.RadioSelect)
    purpose = forms.CharField(label="Hva det skal brukes til", max_length=200)
    starts_on = DateField(label="Fra")
    ends_on = DateField(label="Til og med", required=False, help_text="La stå tomt hvis det gjelder til det trekkes.")
    told_how = forms.CharField(
        label="Hvordan fikk deltakeren vite det?", max_length=200, help_text="For eksempel: avtalt i møtet 9. november."
    )

    def __init__(self, *args: Any, service: Service, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"starts_on": today}, **kwargs)
        self.fields["shared_with"].queryset = members(service, RECEIVERS, today)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Siste dag kan ikke være før første dag.")
        if values.get("ground") == Ground.CONSENT and not ends and starts and "ends_on" not in self.errors:
            self.add_error("ends_on", "Et samtykke gjelder for en tid. Si til hvilken dag.")
        return values
