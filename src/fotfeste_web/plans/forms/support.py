"""What helps at work: the plan round it, and one measure."""

from datetime import date
from typing import Any

from django import forms

from fotfeste_web.caseload.forms.jobs import yes_no_unknown
from fotfeste_web.plans.models import ByWhom, Moment, SupportPlan
from fotfeste_web.ui.fields import FreeTextField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import Chips, FreeTextLine

from .search import review_field, within_a_year


class SupportPlanForm(VersionedForm):
    early_signs = FreeTextField(
        label="Tidlige tegn",
        max_length=2000,
        required=False,
        help_text="Med personens egne ord: hva sier at det er i ferd med å bli for mye på jobb? Ikke diagnose.",
    )
    early_signs_then = FreeTextField(
        label="Hva gjør vi da?", max_length=2000, required=False, help_text="Hvem gjør hva, og hvem ringer hvem?"
    )
    employer_support_wished = yes_no_unknown(
        "Ønsker personen støtte fra arbeidsgiveren?", help_text="Det er personen som bestemmer."
    )
    review_on = review_field("jobbstøtteplanen")

    class Meta:
        model = SupportPlan
        fields = ("early_signs", "early_signs_then", "employer_support_wished", "review_on", "version")

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within_a_year(self.fields["review_on"], today)


class MeasureForm(forms.Form):
    what = FreeTextField(
        label="Hva hjelper?",
        max_length=300,
        widget=FreeTextLine,
        help_text="Så konkret som mulig: «følge til døra de tre første dagene».",
        error_messages={"required": "Skriv hva som hjelper."},
    )
    moment = forms.ChoiceField(
        label="Når?", choices=Moment.choices, widget=Chips, error_messages={"required": "Velg når."}
    )
    by_whom = forms.ChoiceField(
        label="Av hvem?", choices=ByWhom.choices, widget=Chips, error_messages={"required": "Velg hvem."}
    )
    where = FreeTextField(
        label="Hvor?", max_length=160, required=False, widget=FreeTextLine, help_text="På eller utenfor arbeidsstedet."
    )
    how_often = FreeTextField(label="Hvor ofte?", max_length=160, required=False, widget=FreeTextLine)
