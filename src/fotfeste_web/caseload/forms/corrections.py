"""What was written wrongly about the way through the service, asked again. The earlier version is kept."""

import datetime as dt
from typing import Any

from django import forms

from fotfeste_web.caseload.models import AskedOf, Assignment, NextStep, Pause, Period, Referral, StepDown, Term
from fotfeste_web.ui import fields, formats, widgets
from fotfeste_web.ui.versioned import VersionedForm

from .days import between
from .jobs import TermsForm
from .phases import until, within_a_year
from .referrals import line

STILL_GOING_ON = "Tomt betyr at det fortsatt gjelder."


class Correction(VersionedForm):
    """A form on one record. Between which days it lies, the database knows too."""

    def __init__(self, *args: Any, today: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if today:  # without: built by show_conflict, to be read only
            self.limit(today)

    def limit(self, today: dt.date) -> None:
        """Say between which days the dates of this record may lie."""

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its start; the rest is left to the database, which refuses with our own sentences."""
        given = self.cleaned_data
        for name in ("ends_on", "follow_up_on"):
            if given.get("starts_on") and given.get(name) and given[name] < given["starts_on"]:
                self.add_error(name, "Dagen kan ikke være før starten.")
        return given


class ReferralCorrection(Correction):
    received_on = fields.DateField(label="Mottatt")
    referrer = line(label="Navn på den som henviser", max_length=120, required=False)
    wish = fields.FreeTextField(label="Ønsket om jobb, med personens egne ord", max_length=2000)

    class Meta:
        model = Referral
        fields = ("received_on", "source", "referrer", "wish", "version")

    def limit(self, today: dt.date) -> None:
        ended = self.instance.concluded_on
        latest = (ended, f"Henvisningen ble avsluttet {formats.day(ended)}. Den kan ikke være kommet etter det.")
        between(self.fields["received_on"], latest=latest if ended else until(today))


class StartCorrection(Correction):
    starts_on = fields.DateField(label="Når var oppstartsmøtet?", help_text="Møtet i tidslinja flyttes med.")

    class Meta:
        model = Period
        fields = ("starts_on", "in_work_at_start", "version")
        labels = {"in_work_at_start": "Personen var i jobb ved oppstart"}

    def limit(self, today: dt.date) -> None:
        received, ended = self.instance.referral.received_on, self.instance.ends_on
        between(
            self.fields["starts_on"],
            earliest=(received, f"Henvisningen kom {formats.day(received)}. Oppstarten kan ikke være før det."),
            latest=(ended, f"Perioden ble avsluttet {formats.day(ended)}.") if ended else until(today),
        )


class AssignmentCorrection(Correction):
    starts_on = fields.DateField(label="Fra")
    ends_on = fields.DateField(label="Til", required=False, help_text=f"Første dag uten. {STILL_GOING_ON}")

    class Meta:
        model = Assignment
        fields = ("starts_on", "ends_on", "version")

    def limit(self, today: dt.date) -> None:
        for name in ("starts_on", "ends_on"):
            between(self.fields[name], latest=within_a_year(today))


class PauseCorrection(Correction):
    starts_on = fields.DateField(label="Fra")
    follow_up_on = fields.DateField(label="Når tar dere det opp igjen?")
    ends_on = fields.DateField(label="Til", required=False, help_text=STILL_GOING_ON)
    reason = line(label="Grunn, med personens ord", max_length=300)

    class Meta:
        model = Pause
        fields = ("starts_on", "follow_up_on", "ends_on", "reason", "version")

    def limit(self, today: dt.date) -> None:
        for name in ("starts_on", "follow_up_on"):
            between(self.fields[name], latest=within_a_year(today))
        between(self.fields["ends_on"], latest=until(max(today, self.instance.starts_on)))


class StepDownCorrection(Correction):
    starts_on = fields.DateField(label="Fra")
    ends_on = fields.DateField(label="Avbrutt", required=False, help_text=STILL_GOING_ON)
    taker = line(label="Hvem tar over?", max_length=120)
    taker_role = line(label="Rolle", max_length=120)
    agreement = fields.FreeTextField(label="Hvilken støtte fortsetter?", max_length=2000, required=False)
    way_back = line(label="Hvordan kommer personen tilbake til deg?", max_length=500, required=False)

    class Meta:
        model = StepDown
        fields = ("starts_on", "ends_on", "taker", "taker_role", "agreement", "way_back", "version")

    def limit(self, today: dt.date) -> None:
        between(self.fields["starts_on"], latest=within_a_year(today))
        between(self.fields["ends_on"], latest=until(max(today, self.instance.starts_on)))


class NextStepCorrection(Correction):
    text = line(label="Hva", max_length=200)
    due_on = fields.DateField(label="Når")
    asked_of = forms.ChoiceField(
        label="Hvem skal gjøre det?", choices=AskedOf.choices, required=False, widget=widgets.Chips
    )
    who = line(label="Navn", max_length=120, required=False)
    done_on = fields.DateField(label="Gjort", required=False, help_text="Tomt betyr at det ikke er gjort.")

    class Meta:
        model = NextStep
        fields = ("text", "due_on", "asked_of", "who", "done_on", "version")

    def limit(self, today: dt.date) -> None:
        between(self.fields["done_on"], latest=until(today))


class TermCorrection(Correction, TermsForm):
    """Terms of a job, other than the day they began: that hangs on the job and on the terms before."""

    starts_on = None

    class Meta:
        model = Term
        fields = ("hours_per_week", "form", "ordinary_rate", "open_to_anyone", "support", "version")
