"""The frame of a search, and a place that was tried."""

from datetime import date, timedelta
from typing import Any

from django import forms

from fotfeste.norway.codes import occupations
from fotfeste_web.caseload.forms.days import between
from fotfeste_web.caseload.forms.employer_field import EmployerField
from fotfeste_web.caseload.models import FoundHow, MadeBy
from fotfeste_web.plans.models import Answer, JobApplication, SearchPlan
from fotfeste_web.ui.fields import DateField, FreeTextField, OccupationField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import Chips, FreeTextLine

A_YEAR = timedelta(days=366)
IN_THE_FUTURE = "Dagen kan ikke ligge fram i tid. Skriv den når det er gjort."


def review_field(what: str) -> DateField:
    return DateField(label="Ses på igjen", required=False, help_text=f"Da minner Fotfeste om å se på {what} sammen.")


def within_a_year(field: DateField, today: date | None) -> None:
    """A plan is looked at again on a day to come. Saved on the day itself it gets a new one."""
    if today:
        between(
            field,
            earliest=(today, "Velg en dag fra i dag og framover."),
            latest=(today + A_YEAR, "Datoen er mer enn et år fram i tid. Se etter en tastefeil."),
        )


class SearchPlanForm(VersionedForm):
    """Nothing is required: a plan with two lines is a plan."""

    employers = FreeTextField(
        label="Hva slags arbeidsgivere eller skoler?",
        max_length=2000,
        required=False,
        help_text="For eksempel små butikker i gangavstand, helst steder personen kjenner.",
    )
    industry = FreeTextField(label="Bransje eller fag", max_length=300, required=False, widget=FreeTextLine)
    tasks = FreeTextField(label="Oppgaver", max_length=2000, required=False)
    hours = FreeTextField(label="Arbeidstid", max_length=160, required=False, widget=FreeTextLine)
    preparation = FreeTextField(
        label="Forberedelser", max_length=2000, required=False, help_text="CV, attester, klær, prøvetur med bussen."
    )
    adaptation = FreeTextField(
        label="Behov for tilrettelegging",
        max_length=2000,
        required=False,
        help_text="Det arbeidsgiveren må kunne gi for at jobben skal gå bra. Ikke diagnose.",
    )
    who_contacts = forms.ChoiceField(
        label="Hvem kontakter arbeidsgivere?",
        choices=[("", "Ikke avklart"), *MadeBy.choices],
        widget=Chips,
        required=False,
        help_text="Se åpenhetsplanen før noen tar kontakt.",
    )
    review_on = review_field("planen")

    class Meta:
        model = SearchPlan
        fields = (
            "employers",
            "industry",
            "tasks",
            "hours",
            "preparation",
            "adaptation",
            "who_contacts",
            "review_on",
            "version",
        )

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within_a_year(self.fields["review_on"], today)


class ApplicationForm(VersionedForm):
    """One place that was tried. Dates come as they come; an answer ends it."""

    employer = EmployerField(
        help_text="Velg fra lista, eller skriv navnet. Et navn du skriver her, står bare hos deltakeren.",
        error_messages={"required": "Skriv hvor personen søker."},
    )
    occupation = OccupationField(
        label="Yrke", help_text="Begynn å skrive og velg fra lista.", error_messages={"required": "Velg et yrke."}
    )
    found_how = forms.ChoiceField(
        label="Hvordan ble stillingen funnet?",
        choices=[("", "Ikke oppgitt"), *FoundHow.choices],
        required=False,
        help_text="Ikke alle jobber er lyst ut.",
    )
    contacted_on = DateField(label="Kontaktet", required=False)
    applied_on = DateField(label="Søknad sendt", required=False)
    interview_on = DateField(label="Intervju", required=False, help_text="Kan ligge fram i tid.")
    answer = forms.ChoiceField(label="Svar", choices=[("", "Venter"), *Answer.choices], widget=Chips, required=False)
    answered_on = DateField(
        label="Når kom svaret?", required=False, help_text="Kom det ikke noe svar: dagen dere ga opp å vente."
    )
    note = FreeTextField(label="Notat", max_length=2000, required=False)

    class Meta:
        model = JobApplication
        fields = (
            "found_how",
            "contacted_on",
            "applied_on",
            "interview_on",
            "answer",
            "answered_on",
            "note",
            "version",
        )

    field_order = ("employer", "occupation")

    def __init__(
        self, *args: Any, instance: JobApplication, service_id: int = 0, today: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.today = today
        employer: EmployerField = self.fields["employer"]
        employer.of_service(service_id or instance.participant.service_id)
        self.initial["employer"] = employer.label_of(instance.employer) or instance.place
        self.initial["occupation"] = occupations().get(instance.styrk08)
        for name in ("contacted_on", "applied_on", "answered_on") if today else ():
            between(self.fields[name], latest=(today, IN_THE_FUTURE))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        answer, on = given.get("answer"), given.get("answered_on")
        if answer and on is None and "answered_on" not in self.errors:
            self.add_error("answered_on", "Skriv dagen svaret kom.")
        if on and not answer:
            self.add_error("answer", "Velg hva svaret ble.")
        for name, what in (("contacted_on", "dere tok kontakt"), ("applied_on", "søknaden ble sendt")):
            if on and given.get(name) and on < given[name]:
                self.add_error("answered_on", f"Svaret kan ikke være kommet før {what}.")
        return given
