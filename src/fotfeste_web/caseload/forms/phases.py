"""What is asked when a participant is assigned, started, paused, stepped down or ended."""

import datetime as dt
from typing import Any

from django import forms

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import (
    EDUCATION_AHEAD,
    Assignment,
    Channel,
    EducationLevel,
    EducationState,
    EndReason,
    Period,
    Referral,
    StudyForm,
)
from fotfeste_web.ui import fields, formats, widgets
from fotfeste_web.ui.versioned import VersionedForm

from .days import Limit, between
from .referrals import line

GOES_ON_LATER = "En utdanning som pågår, kan ikke ha start fram i tid. La den stå som planlagt til den har begynt."
AHEAD = dt.timedelta(days=366)
FOLLOW_UP_AFTER = dt.timedelta(days=30)  # as in NAV's Jobbsporet: domain facts on the passive period


def within_a_year(today: dt.date) -> Limit:
    return today + AHEAD, "Datoen er mer enn et år fram i tid. Se etter en tastefeil."


def until(today: dt.date) -> Limit:
    return today, "Datoen kan ikke være etter i dag."


class AssignForm(forms.Form):
    specialist = forms.ChoiceField(label="Jobbspesialist", widget=forms.RadioSelect)
    on = fields.DateField(label="Fra", help_text="Den som er jobbspesialist fram til da, slutter samme dag.")

    def __init__(
        self,
        *args: Any,
        specialists: list[tuple[User, str]],
        running: list[Assignment],
        referred_on: dt.date,
        today: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(user.pk): user for user, _ in specialists}
        self.fields["specialist"].choices = [(user.pk, label) for user, label in specialists]
        self.running = running
        self.fields["on"].initial = today
        between(
            self.fields["on"],
            earliest=(referred_on, f"Personen ble henvist {formats.day(referred_on)}. Velg den dagen eller senere."),
            latest=within_a_year(today),
        )

    def clean_specialist(self) -> User:
        return self.users[self.cleaned_data["specialist"]]

    def clean(self) -> dict[str, Any]:
        specialist, on = self.cleaned_data.get("specialist"), self.cleaned_data.get("on")
        for assignment in self.running if specialist and on else []:
            if assignment.starts_on > on:
                name, day = assignment.specialist.name, formats.day(assignment.starts_on)
                self.add_error("on", f"{name} er jobbspesialist fra {day}. Velg den dagen eller senere.")
            elif assignment.specialist == specialist and assignment.ends_on is None:
                self.add_error("specialist", f"{specialist.name} er jobbspesialist for personen allerede.")
        return self.cleaned_data


class StartForm(forms.Form):
    on = fields.DateField(label="Når var oppstartsmøtet?")
    channel = forms.ChoiceField(
        label="Hvordan møttes dere?", choices=Channel.choices, widget=widgets.Chips, initial=Channel.IN_PERSON
    )
    minutes = fields.MinutesField(label="Varighet", required=False, help_text="I minutter, for eksempel 50.")
    in_work_at_start = forms.TypedChoiceField(
        label="Er personen i jobb nå, ved oppstart?",
        choices=[("no", "Nei"), ("yes", "Ja")],
        coerce=lambda value: value == "yes",
        widget=widgets.Chips,
        help_text="Også den som er sykmeldt fra en jobb, er i jobb.",
    )

    def __init__(self, *args: Any, referral: Referral, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        received = referral.received_on
        between(
            self.fields["on"],
            earliest=(received, f"Henvisningen kom {formats.day(received)}. Oppstarten kan ikke være før det."),
            latest=(today, "Oppstartsmøtet kan ikke være etter i dag. Registrer det når det er holdt."),
        )


class PeriodEndForm(VersionedForm):
    """When and why a period ended: asked once, and asked again to correct it."""

    ends_on = fields.DateField(label="Avsluttet", help_text="Fra denne dagen er personen ikke lenger med.")
    end_reason = forms.ChoiceField(label="Hvorfor?", choices=[("", "Velg"), *EndReason.choices])
    end_note = fields.FreeTextField(
        label="Oppsummering",
        max_length=4000,
        required=False,
        help_text="Hva som ble gjort, og hva som hjalp.",
    )
    support_after = line(
        label="Hvilken støtte fortsetter?",
        max_length=500,
        required=False,
        help_text="For eksempel behandler, leder på jobb, NAV. Så ingen blir stående alene.",
    )
    way_back = line(
        label="Hvordan kan personen komme tilbake?",
        max_length=500,
        required=False,
        help_text="Døra er åpen: hvem ringer personen, og hva skal til?",
    )

    class Meta:
        model = Period
        fields = ("ends_on", "end_reason", "end_note", "support_after", "way_back", "version")

    def __init__(self, *args: Any, today: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if today is None:  # built by show_conflict, to be read only
            return
        started = self.instance.starts_on
        if self.instance.ends_on is None:
            self.initial["ends_on"] = today
        between(
            self.fields["ends_on"],
            earliest=(started, f"Oppstarten var {formats.day(started)}. Slutten kan ikke være før det."),
            latest=until(today),
        )

    def clean(self) -> dict[str, Any]:
        """Leave the constraints to the database, which refuses with our own sentences."""
        return self.cleaned_data


class PauseForm(forms.Form):
    starts_on = fields.DateField(label="Fra")
    follow_up_on = fields.DateField(label="Når tar dere det opp igjen?", help_text="Da minner Fotfeste om det.")
    reason = line(label="Grunn, med personens ord", max_length=300)

    def __init__(self, *args: Any, period: Period, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"starts_on": today, "follow_up_on": today + FOLLOW_UP_AFTER}
        between(self.fields["starts_on"], earliest=_since_start(period), latest=within_a_year(today))
        between(self.fields["follow_up_on"], latest=within_a_year(today))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "starts_on" in given and "follow_up_on" in given and given["follow_up_on"] < given["starts_on"]:
            self.add_error("follow_up_on", "Dagen kan ikke være før pausen starter.")
        return given


class EducationForm(forms.Form):
    place = line(label="Skole eller lærested", max_length=160)
    programme = line(label="Utdanning", max_length=160)
    level = forms.ChoiceField(label="Nivå", choices=[("", "Velg"), *EducationLevel.choices], required=False)
    form = forms.ChoiceField(
        label="Form", choices=[("", "Ikke avklart"), *StudyForm.choices], widget=widgets.Chips, required=False
    )
    starts_on = fields.DateField(label="Start", help_text="Er den ikke begynt: dagen som er avtalt eller planlagt.")
    state = forms.ChoiceField(
        label="Hvor langt er det kommet?",
        choices=[(state.value, state.label) for state in (*EDUCATION_AHEAD, EducationState.GOING_ON)],
        widget=widgets.Chips,
        required=False,
        help_text="Bare en utdanning som pågår, gir status «I utdanning».",
    )

    def __init__(self, *args: Any, period: Period, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # a study may have begun before the period
        self.today = today
        self.initial["starts_on"] = today
        between(self.fields["starts_on"], latest=within_a_year(today))

    def clean(self) -> dict[str, Any]:
        """Take what nobody said of the day: what lies ahead is planned."""
        given, starts_on = self.cleaned_data, self.cleaned_data.get("starts_on")
        if starts_on and not given.get("state"):
            given["state"] = EducationState.PLANNED if starts_on > self.today else EducationState.GOING_ON
        if starts_on and starts_on > self.today and given["state"] == EducationState.GOING_ON:
            self.add_error("starts_on", GOES_ON_LATER)
        return given


class StepDownForm(forms.Form):
    starts_on = fields.DateField(label="Fra")
    taker = line(label="Hvem tar over?", max_length=120, help_text="En person med navn, så ingen blir stående alene.")
    taker_role = line(
        label="Rolle",
        max_length=120,
        help_text="Metoden ber om en i helsetjenesten, som behandler eller fastlege. Andre kan komme i tillegg.",
    )
    agreement = fields.FreeTextField(label="Hvilken støtte fortsetter?", max_length=2000, required=False)
    way_back = line(
        label="Hvordan kommer personen tilbake til deg?",
        max_length=500,
        required=False,
        help_text="Hva som skal til, og hvem som ringer hvem.",
    )

    def __init__(self, *args: Any, period: Period, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["starts_on"] = today
        between(self.fields["starts_on"], earliest=_since_start(period), latest=within_a_year(today))


class EndForm(forms.Form):
    """The day that a pause, a study or a step-down ended."""

    ends_on = fields.DateField(label="Sluttet")

    def __init__(self, *args: Any, starts_on: dt.date, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = max(today, starts_on)  # what never began ends on the day it was to begin
        self.initial["ends_on"] = day
        between(
            self.fields["ends_on"],
            earliest=(starts_on, f"Det begynte {formats.day(starts_on)}. Slutten kan ikke være før det."),
            latest=(day, f"Datoen kan ikke være etter {formats.day(day)}."),
        )


class EducationEndForm(EndForm):
    completed = forms.TypedChoiceField(
        label="Ble utdanningen fullført?",
        choices=[("yes", "Ja"), ("no", "Nei")],
        coerce=lambda value: value == "yes",
        widget=widgets.Chips,
    )


def _since_start(period: Period) -> Limit:
    return period.starts_on, f"Oppstarten var {formats.day(period.starts_on)}. Velg den dagen eller senere."
