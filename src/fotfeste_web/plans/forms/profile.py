"""The career profile, a form for each section; and a job that the person has held."""

from functools import cache
from typing import Any

from django import forms
from django.db import models
from django.forms import modelform_factory

from fotfeste_web.plans.models import CareerProfile, HeldJob
from fotfeste_web.plans.sections import Section
from fotfeste_web.ui.fields import DecimalField, FreeTextField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import Chips, FreeText, FreeTextLine

from .months import MonthField

HELP = {
    "main_goal": "Målet med egne ord står i kartleggingen.",
    "wished_tasks": "Hva vil personen gjerne gjøre på en vanlig dag på jobb?",
    "wished_career": "Bransje, og hvor det kan føre om noen år.",
    "former_employers": "Hva sier de som har sett personen på jobb?",
    "informants": "For eksempel personen selv, behandler, en i familien. Skriv rolle, ikke navn.",
    "education": "Også det som ikke ble fullført: hva var bra, og hva stoppet det?",
    "licences": "Førerkort, truckførerbevis, kurs. Skriv om noe må fornyes.",
    "strengths": "Hva er personen god til? Ta gjerne med hva andre har sett.",
    "qualities": "Hvordan er personen å ha med å gjøre?",
    "interests": "Det som gir krefter, kan vise vei til en jobb.",
    "daily_rhythm": "Når på dagen er det lettest å få til noe? Hva fyller dagene nå?",
    "social": "Det hjemme som virker inn på jobb: barn, omsorg, bolig. Ikke noe om andres helse.",
    "surroundings": "Lyd, lys, folk, ute eller inne: hva er godt, og hva er slitsomt?",
    "network": "Hvem kan tipse eller hjelpe? Skriv «en venn i byggebransjen», ikke navn på andre.",
    "mobility": "Bil, buss, sykkel, til fots. Hvor lang reise går greit?",
    "geography": "Hvilke steder er aktuelle, og hvilke ikke?",
    "economy": "Det som betyr noe for valg av jobb. Ikke sosiale tjenester. Rådgivning om ytelser føres for seg.",
    "early_signs": "Hva merker personen, og hva kan andre se? Ikke diagnose.",
    "early_signs_then": "Hva gjør personen selv, hva kan andre gjøre, og hvem skal vite det?",
}


@cache
def section_form(section: Section) -> type[VersionedForm]:
    """Make the form of a section. Nothing in it is required: each part is saved as it comes."""
    return modelform_factory(
        CareerProfile, form=VersionedForm, fields=(*section.fields, "version"), formfield_callback=_field
    )


def _field(column: models.Field, **_: Any) -> forms.Field:
    words = {"label": str(column.verbose_name).capitalize(), "required": False, "help_text": HELP.get(column.name, "")}
    if column.choices:
        return forms.ChoiceField(choices=[("", "Ikke avklart"), *column.choices], widget=Chips, **words)
    return FreeTextField(max_length=column.max_length, widget=FreeText({"rows": 3}), **words)


def _line(label: str, length: int, help_text: str = "", **more: Any) -> FreeTextField:
    return FreeTextField(
        label=label, max_length=length, widget=FreeTextLine, help_text=help_text, **{"required": False, **more}
    )


def _text(label: str, help_text: str = "") -> FreeTextField:
    return FreeTextField(
        label=label, max_length=2000, required=False, widget=FreeText({"rows": 3}), help_text=help_text
    )


class HeldJobForm(VersionedForm):
    title = _line("Stilling", 120, required=True, error_messages={"required": "Skriv hva jobben var."})
    work_place = _line("Arbeidssted", 160)
    industry = _line("Bransje", 120)
    duties = _text("Oppgaver", "Det personen faktisk gjorde, er det en ny arbeidsgiver spør om.")
    started = MonthField(label="Fra", required=False, help_text="Året holder: 2015, eller mars 2015.")
    ended = MonthField(label="Til", required=False, help_text="La stå tomt hvis personen er der ennå.")
    hours_per_week = DecimalField(
        label="Timer i uka", required=False, min_value=1, max_value=60, max_digits=5, decimal_places=2
    )
    found_how = _line("Hvordan jobben ble funnet", 300)
    liked = _text("Hva likte personen?")
    disliked = _text("Hva likte personen ikke?")
    support_used = _text("Hva slags støtte ble brukt?", "Fra kolleger, leder, familie eller hjelpeapparat.")
    why_ended = _text("Hvorfor tok den slutt?", "Med personens ord. Det er her neste jobb kan bli bedre.")

    class Meta:
        model = HeldJob
        fields = (
            "title",
            "work_place",
            "industry",
            "duties",
            "started",
            "ended",
            "hours_per_week",
            "found_how",
            "liked",
            "disliked",
            "support_used",
            "why_ended",
            "version",
        )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        started, ended = given.get("started"), given.get("ended")
        if started and ended and ended < started and not started.startswith(ended):
            self.add_error("ended", "Jobben kan ikke slutte før den begynte.")
        return given
