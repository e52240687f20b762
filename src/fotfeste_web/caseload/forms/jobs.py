"""A job, its terms, its beginning and its end. What is refused here, the database refuses too."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from fotfeste.norway.codes import occupations
from fotfeste_web.caseload.forms.employer_field import EmployerField
from fotfeste_web.caseload.models import FoundHow, Job, JobEndedBy, OpennessUsed, Support, Term, TermForm
from fotfeste_web.ui.fields import DateField, DecimalField, FreeTextField, OccupationField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import Chips, ChipsMultiple, FreeTextLine

STARTS_LATER = "En jobb som har begynt, kan ikke ha start fram i tid. La den stå som avtalt til den har begynt."
DAY_MISSING = {"required": "Velg en dag."}
ENDS_BEFORE = "Siste dag kan ikke være før jobben begynte."
# The constraint that stopped it in a race, and the sentence that the form would have given.
REFUSALS = {
    "begun_job_has_started": STARTS_LATER,
    "job_ends_after_start": ENDS_BEFORE,
    "terms_one_at_a_time": "Det gjelder allerede andre vilkår i denne tiden.",
    "term_ends_after_start": "Nye vilkår må gjelde fra en dag etter de forrige.",
    "term_within_job": "Vilkårene må ligge mellom jobbens første og siste dag.",
}
YES_NO_UNKNOWN = [("", "Ikke snakket om ennå"), ("True", "Ja"), ("False", "Nei")]


def refusal(error: IntegrityError) -> str:
    """Give the sentence for a constraint that refused; anything else is a fault of ours."""
    constraint = error.__cause__.diag.constraint_name if error.__cause__ else None  # type: ignore[attr-defined]
    if constraint not in REFUSALS:
        raise error
    return REFUSALS[constraint]


def yes_no_unknown(label: str, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO_UNKNOWN,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        widget=Chips,
        **more,
    )


def employer_field() -> EmployerField:
    return EmployerField(
        help_text="Velg fra lista, eller skriv navnet på en ny.",
        error_messages={"required": "Skriv hvor jobben er."},
    )


def occupation_field() -> OccupationField:
    return OccupationField(
        label="Yrke",
        help_text="Begynn å skrive og velg fra lista.",
        error_messages={"required": "Velg et yrke."},
    )


def title_field() -> FreeTextField:
    return FreeTextField(
        label="Stilling", max_length=120, required=False, widget=FreeTextLine, help_text="Det de kaller jobben der."
    )


class TermsForm(forms.Form):
    """Terms from a day. The first come with the job."""

    starts_on = DateField(label="Gjelder fra", error_messages=DAY_MISSING)
    hours_per_week = DecimalField(
        label="Timer i uka",
        min_value=1,
        max_value=60,
        max_digits=5,
        decimal_places=2,
        error_messages={"required": "Skriv hvor mange timer i uka som er avtalt."},
    )
    form = forms.ChoiceField(
        label="Ansettelse",
        choices=TermForm.choices,
        widget=Chips,
        error_messages={"required": "Velg hvordan hen er ansatt."},
    )
    ordinary_rate = forms.BooleanField(
        label="Vanlig lønn", required=False, initial=True, help_text="Som andre får for samme arbeid."
    )
    open_to_anyone = forms.BooleanField(
        label="Stillingen er åpen for alle",
        required=False,
        initial=True,
        help_text="Ikke holdt av til folk med sykdom eller nedsatt funksjonsevne.",
    )
    support = forms.MultipleChoiceField(
        label="Støtte fra NAV", choices=Support.choices, widget=ChipsMultiple, required=False
    )


class JobForm(TermsForm):
    """A new job with its first terms."""

    employer = employer_field()
    occupation = occupation_field()
    title = title_field()
    begun = forms.BooleanField(
        label="Jobben har begynt", required=False, help_text="Ellers står den som avtalt til du sier at den har begynt."
    )
    found_how = forms.ChoiceField(
        label="Hvordan ble jobben funnet?",
        choices=FoundHow.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Velg hvordan jobben ble funnet."},
    )
    matches_wishes = yes_no_unknown("Passer jobben med ønskene?")
    openness_used = forms.ChoiceField(
        label="Hvor åpen er hen overfor arbeidsgiveren?",
        choices=[("", "Ikke avklart"), *OpennessUsed.choices],
        widget=Chips,
        required=False,
    )
    field_order = ("employer", "occupation", "title", "starts_on", "begun", "hours_per_week", "form")

    def __init__(self, *args: Any, service_id: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["starts_on"].label = "Første dag"
        self.fields["employer"].of_service(service_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("begun") and cleaned.get("starts_on") and cleaned["starts_on"] > self.today:
            self.add_error("starts_on", STARTS_LATER)
        return cleaned


class NewTermsForm(TermsForm):
    """New terms of a job: filled in with those that hold now, so that only what is new is written."""

    def __init__(self, *args: Any, job: Job, today: date, **kwargs: Any) -> None:
        self.job = job
        self.last = job.terms.last()
        kept = ("hours_per_week", "form", "ordinary_rate", "open_to_anyone", "support")
        initial = {name: getattr(self.last, name) for name in kept} if self.last else {}
        super().__init__(*args, initial=initial | {"starts_on": today}, **kwargs)
        self.fields[
            "starts_on"
        ].help_text = "De forrige vilkårene slutter samme dag. Skriv dagen de forrige begynte for å rette dem."

    def clean_starts_on(self) -> date:
        starts_on = self.cleaned_data["starts_on"]
        if starts_on < self.job.starts_on:
            raise ValidationError("Vilkårene kan ikke gjelde fra før jobben begynner.")
        if self.job.ends_on and starts_on >= self.job.ends_on:
            raise ValidationError("Vilkårene kan ikke gjelde fra etter jobbens siste dag.")
        if self.last and starts_on < self.last.starts_on:
            raise ValidationError(REFUSALS["term_ends_after_start"])
        return starts_on


class JobEditForm(VersionedForm):
    """Mend what was written about a job. Hours and terms have a form of their own."""

    employer = employer_field()
    occupation = occupation_field()
    title = title_field()
    starts_on = DateField(label="Første dag", error_messages=DAY_MISSING)
    found_how = forms.ChoiceField(
        label="Hvordan ble jobben funnet?", choices=FoundHow.choices, widget=forms.RadioSelect
    )
    matches_wishes = yes_no_unknown("Passer jobben med ønskene?")
    openness_used = forms.ChoiceField(
        label="Hvor åpen er hen overfor arbeidsgiveren?",
        choices=[("", "Ikke avklart"), *OpennessUsed.choices],
        widget=Chips,
        required=False,
    )

    class Meta:
        model = Job
        fields = ("title", "starts_on", "found_how", "matches_wishes", "openness_used", "version")

    field_order = ("employer", "occupation", "title", "starts_on")

    def __init__(self, *args: Any, instance: Job, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.today = today
        self.first: Term | None = instance.terms.first()
        employer: EmployerField = self.fields["employer"]
        employer.of_service(instance.participant.service_id)
        self.initial["employer"] = employer.label_of(instance.employer)
        self.initial["occupation"] = occupations().get(instance.styrk08)

    def clean_starts_on(self) -> date:
        starts_on = self.cleaned_data["starts_on"]
        if self.instance.begun and self.today and starts_on > self.today:
            raise ValidationError(STARTS_LATER)
        if self.first and self.first.ends_on and starts_on >= self.first.ends_on:
            raise ValidationError("Første dag må være før de første vilkårene slutter.")
        return starts_on


class JobBeginForm(VersionedForm):
    """An agreed job has begun."""

    starts_on = DateField(label="Første dag på jobb", error_messages=DAY_MISSING)

    class Meta:
        model = Job
        fields = ("starts_on", "version")

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if today:
            self.initial["starts_on"] = min(self.instance.starts_on, today)

    def clean_starts_on(self) -> date:
        starts_on = self.cleaned_data["starts_on"]
        if self.today and starts_on > self.today:
            raise ValidationError("Første dag kan ikke ligge fram i tid. Vent med å melde at jobben har begynt.")
        return starts_on


class JobEndForm(VersionedForm):
    """A job ended, or one that was agreed never began. Filled in again, it mends what was written."""

    last_day = DateField(label="Siste dag i jobben", error_messages=DAY_MISSING)
    end_known_on = DateField(
        label="Når fikk du vite det?",
        help_text="Et møte innen tre dager hjelper å finne neste jobb.",
        error_messages=DAY_MISSING,
    )
    ended_by = forms.ChoiceField(
        label="Hvem avsluttet?",
        choices=JobEndedBy.choices,
        widget=Chips,
        error_messages={"required": "Velg hvem som avsluttet."},
    )
    end_reason = FreeTextField(
        label="Hvorfor, og hva lærte dere?",
        max_length=500,
        required=False,
        help_text="Hva gikk bra, hva ble vanskelig, og hva skal neste jobb ha? Ikke diagnose eller behandling.",
    )
    new_search_wished = yes_no_unknown("Ønsker hen en ny jobb?")

    class Meta:
        model = Job
        fields = ("end_known_on", "ended_by", "end_reason", "new_search_wished", "version")

    field_order = ("last_day",)

    def __init__(self, *args: Any, instance: Job, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.today = today
        if instance.ends_on:
            self.initial["last_day"] = instance.ends_on - timedelta(days=1)
        else:
            self.initial["end_known_on"] = today
        if not instance.begun:
            del self.fields["last_day"]

    def clean_last_day(self) -> date:
        last_day = self.cleaned_data["last_day"]
        if last_day < self.instance.starts_on:
            raise ValidationError(ENDS_BEFORE)
        last = self.instance.terms.last()
        if last and last_day < last.starts_on:
            raise ValidationError("Det er skrevet vilkår som gjelder fra en senere dag. Rett dem først.")
        return last_day

    def clean_end_known_on(self) -> date:
        known_on = self.cleaned_data["end_known_on"]
        if self.today and known_on > self.today:
            raise ValidationError("Dagen kan ikke ligge fram i tid.")
        return known_on
