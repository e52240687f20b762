"""What came in about hours, days away and other work."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import F, Q

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.forms.days import between
from fotfeste_web.organisations.models import TreatmentTeam
from fotfeste_web.teamwork.forms.refusals import ABSENT_ALREADY, HOURS_OVERLAP, MEMBER_ALREADY
from fotfeste_web.teamwork.models import Absence, TeamMember, WeeklyHours
from fotfeste_web.ui.fields import DateField, DecimalField
from fotfeste_web.ui.formats import MONTHS

A_YEAR, TEN_YEARS = timedelta(days=366), timedelta(days=3653)
TYPING = "Datoen er mer enn et år unna. Se etter en tastefeil."
TEN_YEARS_AGO = "Datoen er mer enn ti år tilbake. Se etter en tastefeil."


class PersonField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), **kwargs)


class AbsenceForm(forms.Form):
    specialist = PersonField(label="Hvem er borte?")
    starts_on = DateField(label="Første dag borte")
    last_day = DateField(label="Siste dag borte")
    covering = PersonField(
        label="Hvem vikarierer?",
        required=False,
        empty_label="Ingen avtalt ennå",
        help_text="Vikaren ser deltakerne disse dagene, og bare da.",
    )

    def __init__(self, *args: Any, away: Sequence[User], colleagues: Sequence[User], today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["specialist"].queryset = User.objects.filter(pk__in=[user.pk for user in away]).order_by("name")
        if len(away) == 1:
            self.fields["specialist"].initial = away[0].pk
        covering = User.objects.filter(pk__in=[user.pk for user in colleagues])
        self.fields["covering"].queryset = covering.order_by("name")
        for name in ("starts_on", "last_day"):
            between(self.fields[name], earliest=(today - A_YEAR, TYPING), latest=(today + A_YEAR, TYPING))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        starts, last = values.get("starts_on"), values.get("last_day")
        away, covering = values.get("specialist"), values.get("covering")
        if starts and last and last < starts:
            self.add_error("last_day", "Siste dag kan ikke være før første dag.")
        elif starts and last:
            there = Absence.objects.filter(starts_on__lte=last, ends_on__gt=starts).exclude(ends_on__lte=starts)
            if away and there.filter(specialist=away).exists():
                self.add_error("starts_on", ABSENT_ALREADY)
            if covering and there.filter(specialist=covering).exists():
                self.add_error("covering", f"{covering.name} er selv borte i den tida. Velg en annen.")
        if away and away == covering:
            self.add_error("covering", "Velg en annen enn den som er borte.")
        return values

    def values(self) -> dict[str, Any]:
        """What to hand to the action: days are half-open there."""
        last = self.cleaned_data["last_day"]
        kept = {name: self.cleaned_data[name] for name in ("specialist", "starts_on", "covering")}
        return kept | {"ends_on": last + timedelta(days=1)}


class HoursForm(forms.Form):
    specialist = PersonField(label="Jobbspesialist")
    hours = DecimalField(
        label="Timer i uka",
        min_value=1,
        max_value=48,
        max_digits=4,
        decimal_places=2,
        help_text="Når avtalen er en annen enn stillingsprosenten av 37,5 timer.",
    )
    starts_on = DateField(label="Fra")

    def __init__(self, *args: Any, people: Sequence[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["specialist"].queryset = User.objects.filter(pk__in=[user.pk for user in people]).order_by("name")
        if len(people) == 1:
            self.fields["specialist"].initial = people[0].pk
        self.fields["starts_on"].initial = today
        between(self.fields["starts_on"], earliest=(today - A_YEAR, TYPING), latest=(today + A_YEAR, TYPING))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        specialist, starts = values.get("specialist"), values.get("starts_on")
        if specialist and starts:
            later = WeeklyHours.objects.filter(~Q(ends_on__lte=starts), specialist=specialist, starts_on__gt=starts)
            if later.exists():
                self.add_error("starts_on", HOURS_OVERLAP)
        return values


class TeamMemberForm(forms.Form):
    specialist = PersonField(label="Jobbspesialist")
    team = forms.ModelChoiceField(TreatmentTeam.objects.none(), label="Behandlingsteam")
    starts_on = DateField(label="Medlem fra")

    def __init__(self, *args: Any, service_id: int, people: Sequence[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["specialist"].queryset = User.objects.filter(pk__in=[user.pk for user in people]).order_by("name")
        if len(people) == 1:
            self.fields["specialist"].initial = people[0].pk
        self.fields["team"].queryset = TreatmentTeam.objects.filter(service=service_id, closed_on=None).order_by("name")
        between(self.fields["starts_on"], earliest=(today - TEN_YEARS, TEN_YEARS_AGO), latest=(today + A_YEAR, TYPING))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.keys() >= {"specialist", "team", "starts_on"}:
            held = TeamMember.objects.filter(specialist=values["specialist"], team=values["team"])
            if held.exclude(ends_on__lte=values["starts_on"]).exclude(ends_on=F("starts_on")).exists():
                self.add_error("starts_on", MEMBER_ALREADY)
        return values


class OtherWorkForm(forms.Form):
    month = forms.TypedChoiceField(label="Måned", coerce=date.fromisoformat)
    percent = forms.IntegerField(
        label="Prosent av arbeidstida",
        min_value=0,
        max_value=100,
        help_text="Tid til annet enn IPS, for eksempel andre tiltak eller vakter. 0 når alt var IPS.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [
            (month.isoformat(), f"{MONTHS[month.month - 1]} {month.year}") for month in months_to_state(today)
        ]


def last_month(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def months_to_state(today: date) -> list[date]:
    """Give the months that can be stated: the last three that are over, and the one that runs."""
    month, months = today.replace(day=1), []
    for _ in range(4):
        months.append(month)
        month = last_month(month)
    return [months[1], months[0], *months[2:]]
