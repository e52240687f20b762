"""What the person wants, what may be told, and what comes next."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fotfeste.norway.codes import occupations
from fotfeste_web.caseload.models import AskedOf, MayContact, Openness, WishedOccupation, Wishes
from fotfeste_web.ui.fields import DateField, DecimalField, FreeTextField, OccupationField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import Chips, FreeTextLine

OCCUPATIONS = 5


class WishesForm(VersionedForm):
    """Nothing is required: kartlegging takes two or three talks, and each part is saved as it comes."""

    goal = FreeTextField(
        label="Mål, med egne ord",
        max_length=2000,
        required=False,
        help_text="Skriv det slik personen sier det. Det er dette jobbsøket går etter.",
    )
    hours_per_week = DecimalField(
        label="Timer i uka", required=False, min_value=1, max_value=60, max_digits=5, decimal_places=2
    )
    times_of_day = FreeTextField(
        label="Når på dagen",
        max_length=160,
        required=False,
        widget=FreeTextLine,
        help_text="For eksempel formiddag, ikke tidlige morgener.",
    )
    place = FreeTextField(label="Sted og reisevei", max_length=160, required=False, widget=FreeTextLine)
    environment = FreeTextField(
        label="Arbeidsmiljø",
        max_length=300,
        required=False,
        widget=FreeTextLine,
        help_text="For eksempel ute, lite sted, faste kolleger.",
    )
    helps_at_work = FreeTextField(
        label="Hva hjelper på jobb",
        max_length=2000,
        required=False,
        help_text="Det som gjør en arbeidsdag god. Ikke diagnose eller behandling.",
    )

    class Meta:
        model = Wishes
        fields = ("goal", "hours_per_week", "times_of_day", "place", "environment", "helps_at_work", "version")

    field_order = ("goal", *(f"occupation_{n}" for n in range(1, OCCUPATIONS + 1)))

    def __init__(self, *args: Any, instance: Wishes, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        wished = WishedOccupation.objects.filter(participant_id=instance.participant_id).values_list(
            "styrk08", flat=True
        )
        known = [occupations().get(code) for code in wished]
        for number, code in zip(range(1, OCCUPATIONS + 1), [*known, *[None] * OCCUPATIONS], strict=False):
            field = OccupationField(label=f"Ønsket yrke {number}", required=False, initial=code)
            if number == 1:
                field.help_text = "Begynn å skrive og velg fra lista. Det viktigste først."
            else:  # the same list of suggestions as the first: it is long
                field.widget = forms.TextInput(attrs={"list": "id_occupation_1_list", "autocomplete": "off"})
            self.fields[f"occupation_{number}"] = field
        self.order_fields(self.field_order)

    def values(self) -> dict[str, Any]:
        values = super().values()
        wished = [values.pop(f"occupation_{number}") for number in range(1, OCCUPATIONS + 1)]
        return values | {"occupations": list(dict.fromkeys(code.code for code in wished if code))}


class OpennessForm(VersionedForm):
    may_contact = forms.ChoiceField(
        label="Kan arbeidsgivere kontaktes på vegne av deltakeren?",
        choices=MayContact.choices,
        widget=Chips,
        error_messages={"required": "Velg ett av svarene."},
    )
    advantages = FreeTextField(
        label="Fordeler ved å være åpen",
        max_length=2000,
        required=False,
        help_text="Hva kan personen få igjen for det? For eksempel tilrettelegging, eller at noen vet hva som hjelper.",
    )
    drawbacks = FreeTextField(
        label="Ulemper ved å være åpen",
        max_length=2000,
        required=False,
        help_text="Hva er personen redd for? Å ha snakket om begge deler gjør valget tryggere.",
    )
    may_tell = FreeTextField(
        label="Kan fortelles",
        max_length=2000,
        required=False,
        help_text="Det arbeidsgiveren kan få vite, helst med ordene som skal brukes. Behov betyr mer enn diagnose.",
    )
    must_not_tell = FreeTextField(
        label="Skal ikke fortelles", max_length=2000, required=False, help_text="Det er personen selv som bestemmer."
    )
    agreed_on = DateField(label="Avtalt", help_text="Dagen dere snakket om det.")

    class Meta:
        model = Openness
        fields = ("may_contact", "advantages", "drawbacks", "may_tell", "must_not_tell", "agreed_on", "version")

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.pk is None and today:
            self.initial["agreed_on"] = today

    def clean_agreed_on(self) -> date:
        agreed_on = self.cleaned_data["agreed_on"]
        if self.today and agreed_on > self.today:
            raise ValidationError("Dagen kan ikke ligge fram i tid.")
        return agreed_on


class NextStepForm(forms.Form):
    text = FreeTextField(
        label="Hva",
        max_length=200,
        widget=FreeTextLine,
        help_text="For eksempel: oppdatere CV sammen.",
        error_messages={"required": "Skriv hva som er avtalt."},
    )
    due_on = DateField(label="Når", error_messages={"required": "Velg en dag."})
    asked_of = forms.ChoiceField(
        label="Hvem skal gjøre det?",
        choices=AskedOf.choices,
        required=False,
        widget=Chips,
        help_text="Det som er NAVs eller behandlerens, står hos dem hvis planen er delt med dem.",
    )
    who = FreeTextField(label="Navn", max_length=120, required=False, widget=FreeTextLine)
