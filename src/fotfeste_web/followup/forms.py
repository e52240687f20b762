"""What is asked about advice, outreach, follow-up and notes. What is refused here, the database refuses too."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fotfeste_web.caseload.forms.days import between
from fotfeste_web.caseload.forms.phases import within_a_year
from fotfeste_web.caseload.forms.referrals import line
from fotfeste_web.ui.fields import DateField, FreeTextField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import Chips, ChipsMultiple, FreeText

from .models import (
    MAX_DAYS_BEFORE_CONTACT,
    Benefit,
    BenefitsAdvice,
    FollowUpDeclined,
    How,
    MadeBy,
    NoShowPlan,
    Note,
    NoteKind,
    Occasion,
    OutreachAttempt,
)

DAY_MISSING = {"required": "Velg en dag."}
HAS_BEEN = "Datoen kan ikke være etter i dag. Skriv det ned når det har vært."
ASK_AGAIN_AFTER = dt.timedelta(days=30)  # as for a pause
SOCIAL_SERVICES = re.compile(
    r"\b(?:sosial(?:hjelp|stønad|tjeneste|kontor|støtte|lån)\w*|økonomisk (?:sosialhjelp|stønad)\w*"
    r"|kvalifiserings(?:program|stønad)\w*|gjeldsrådgiv\w*)",
    re.IGNORECASE,
)
# Constraint: the field it is about, and the sentence.
SENTENCES = {
    "advice_was_given": ("on", HAS_BEEN),
    "next_advice_after_this": ("next_on", "Neste gang må være etter denne samtalen."),
    "outreach_was_tried": ("on", HAS_BEEN),
    "family_with_agreement": ("family_agreed", "Familie og nettverk kontaktes bare når personen har sagt ja til det."),
    "outreach_step_with_day": ("next_on", "Skriv både neste steg og dagen for det."),
    "outreach_step_after_attempt": ("next_on", "Neste steg kan ikke være før forsøket."),
    "declined_once_at_a_time": ("starts_on", "Personen har sagt nei til oppfølging i den tida fra før."),
    "declined_ends_after_start": ("ends_on", "Dagen kan ikke være før personen sa nei."),
    "note_of_what_was": ("on", HAS_BEEN),
}


class EconomyText(FreeTextField):
    """Words about money. The social services' are told to nobody but them: a warning, as for a diagnosis."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = dict.fromkeys(match.group() for match in SOCIAL_SERVICES.finditer(text))
        if found and not value.anyway:
            raise ValidationError(
                f"Teksten ser ut til å nevne sosiale tjenester: {', '.join(found)}. Slike opplysninger hører ikke "
                "hjemme her. Ta dem ut, eller kryss av for «Lagre likevel».",
                code="health_words",  # the code that offers the box
            )
        return text


def yes_no(label: str, missing: str, **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("True", "Ja"), ("False", "Nei")],
        coerce=lambda value: value == "True",
        widget=Chips,
        error_messages={"required": missing},
        **more,
    )


def chips(label: str, choices: Any, missing: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=Chips, error_messages={"required": missing}, **more)


class RecordForm(VersionedForm):
    """A record of a day. The first time it asks for no version; the constraints are left to the database."""

    def __init__(self, *args: Any, today: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.pk is None:
            self.fields["version"].required = False
        if today is None:  # built by show_conflict, to be read only
            return
        if "on" in self.fields:
            if self.instance.pk is None:
                self.initial["on"] = today
            between(self.fields["on"], latest=(today, HAS_BEEN))
        if "next_on" in self.fields:
            between(self.fields["next_on"], latest=within_a_year(today))

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data

    def refuse(self, constraint: str) -> None:
        self.add_error(*SENTENCES[constraint])


class AdviceForm(RecordForm):
    on = DateField(label="Når var samtalen?", error_messages=DAY_MISSING)
    adviser = line(
        label="Hvem ga rådene?", max_length=120, error_messages={"required": "Skriv navnet på den som ga rådene."}
    )
    trained = yes_no(
        "Er rådgiveren opplært i økonomi og ytelser?",
        "Svar ja eller nei.",
        help_text="Metoden ber om individuell rådgivning av en som er opplært. Bare den teller.",
    )
    occasion = chips("Hvorfor nå?", Occasion.choices, "Velg anledningen.")
    about = forms.ChoiceField(
        label="Hvilken jobb gjelder det?",
        required=False,
        help_text="Velg jobben eller de nye vilkårene, så vet dere at økonomien er gjennomgått for akkurat den.",
    )
    benefits = forms.MultipleChoiceField(
        label="Hvilke ytelser kan jobben endre?", choices=Benefit.choices, widget=ChipsMultiple, required=False
    )
    effect = EconomyText(
        label="Hva betyr jobben for økonomien?",
        max_length=2000,
        required=False,
        help_text="For personen og familien, med tida fra siste ytelse til første lønn.",
    )
    plan = EconomyText(label="Plan for overgangen", max_length=2000, required=False)
    written_summary = forms.BooleanField(label="Personen har fått en skriftlig oppsummering", required=False)
    reporting_explained = forms.BooleanField(
        label="Meldeplikten er forklart", required=False, help_text="Hva personen selv må melde fra om til NAV, og når."
    )
    next_on = DateField(
        label="Når ser dere på det igjen?", required=False, help_text="Da minner Fotfeste om det. Kan stå tomt."
    )

    class Meta:
        model = BenefitsAdvice
        fields = (
            "on", "adviser", "trained", "occasion", "benefits", "effect", "plan",
            "written_summary", "reporting_explained", "next_on", "version",
        )  # fmt: skip

    field_order = ("on", "adviser", "trained", "occasion", "about")

    def __init__(self, *args: Any, about: list[tuple[str, str]], chosen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = about
        self.fields["about"].choices = [("", "Ingen bestemt jobb"), *about]
        advice = self.instance
        stored = f"vilkar-{advice.term_id}" if advice.term_id else f"jobb-{advice.job_id}" if advice.job_id else chosen
        self.initial["about"] = stored if stored in dict(about) else ""
        if advice.pk is None and chosen:
            self.initial["occasion"] = Occasion.CHANGE if chosen.startswith("vilkar") else Occasion.BEFORE_START
        self.order_fields(self.field_order)

    def filled_from(self, record: BenefitsAdvice) -> "AdviceForm":
        return type(self)(instance=record, about=self.offered)

    def clean(self) -> dict[str, Any]:
        on, next_on = self.cleaned_data.get("on"), self.cleaned_data.get("next_on")
        if on and next_on and next_on <= on:
            self.refuse("next_advice_after_this")
        benefits = self.cleaned_data.get("benefits", [])
        if Benefit.NONE in benefits and len(benefits) > 1:
            self.add_error("benefits", "Velg enten «Ingen ytelse» eller de ytelsene det gjelder.")
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The job and the terms as their numbers: those offered are the participant's own."""
        values = super().values()
        what, _, number = values.pop("about").partition("-")
        return values | {"job_id": int(number) if what == "jobb" else None,
                         "term_id": int(number) if what == "vilkar" else None}  # fmt: skip


class OutreachForm(RecordForm):
    on = DateField(label="Når?", error_messages=DAY_MISSING)
    made_by = chips("Hvem forsøkte?", MadeBy.choices, "Velg hvem som forsøkte.")
    how = chips("Hvordan?", How.choices, "Velg hvordan dere forsøkte.")
    reached = yes_no("Fikk dere kontakt?", "Svar ja eller nei.")
    family_contacted = forms.BooleanField(
        label="Snakket med familie eller andre personen har rundt seg", required=False
    )
    family_agreed = forms.BooleanField(
        label="Personen har sagt ja til det", required=False, help_text="Se kontaktplanen. Muntlig er nok."
    )
    note = FreeTextField(
        label="Kort om forsøket",
        max_length=1000,
        required=False,
        help_text="Skriv ikke navn på dem du snakket med: «en venn», «søsteren».",
    )
    next_step = line(
        label="Neste steg", max_length=200, required=False, help_text="For eksempel: gå innom sammen med behandler."
    )
    next_on = DateField(label="Når tar dere neste steg?", required=False, help_text="Da minner Fotfeste om det.")

    class Meta:
        model = OutreachAttempt
        fields = (
            "on", "made_by", "how", "reached", "family_contacted", "family_agreed", "note", "next_step", "next_on",
            "version",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("family_contacted") and not given.get("family_agreed"):
            self.refuse("family_with_agreement")
        on, next_on = given.get("on"), given.get("next_on")
        if "next_step" in given and "next_on" in given and bool(given["next_step"]) is not bool(next_on):
            self.add_error("next_on" if given["next_step"] else "next_step", SENTENCES["outreach_step_with_day"][1])
        elif on and next_on and next_on < on:
            self.refuse("outreach_step_after_attempt")
        return given


class NoShowPlanForm(VersionedForm):
    phone = line(
        label="Telefon når noe skjærer seg",
        max_length=20,
        required=False,
        help_text="Et nummer personen selv vil bli ringt på, om det er et annet enn det vanlige.",
    )
    who = FreeTextField(
        label="Hvem kan kontaktes?",
        max_length=1000,
        required=False,
        help_text="De personen selv sier ja til: behandler, en søster, en venn. Skriv rollen, ikke navn på private.",
    )
    how = FreeTextField(
        label="Hvordan?",
        max_length=1000,
        required=False,
        help_text="Ringe først, sende melding, stikke innom hjemme? Og hva som ikke skal gjøres.",
    )
    after_days = forms.IntegerField(
        label="Etter hvor mange dager?",
        min_value=0,
        max_value=MAX_DAYS_BEFORE_CONTACT,
        help_text="Fra personen ikke kom, til andre kan kontaktes. 0 er samme dag.",
    )
    agreed_on = DateField(label="Avtalt", help_text="Dagen dere snakket om det.", error_messages=DAY_MISSING)

    class Meta:
        model = NoShowPlan
        fields = ("phone", "who", "how", "after_days", "agreed_on", "version")

    def __init__(self, *args: Any, today: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if today is not None:
            if self.instance.pk is None:
                self.initial["agreed_on"] = today
            between(self.fields["agreed_on"], latest=(today, "Dagen kan ikke ligge fram i tid."))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not any(given.get(name) for name in ("phone", "who", "how")) and not self.errors:
            self.add_error("who", "Skriv minst ett av dette: telefon, hvem som kan kontaktes, eller hvordan.")
        return given


class FollowUpDeclinedForm(RecordForm):
    starts_on = DateField(label="Fra", error_messages=DAY_MISSING)
    ends_on = DateField(
        label="Når kan vi spørre igjen?",
        error_messages={"required": "Velg dagen dere tar det opp igjen, så ingen blir glemt."},
        help_text="Fra denne dagen minner Fotfeste om oppfølgingen igjen.",
    )
    words = line(
        label="Med personens ord",
        max_length=300,
        error_messages={"required": "Skriv hva personen sa."},
        help_text="Det er personens eget nei, ikke vårt.",
    )

    class Meta:
        model = FollowUpDeclined
        fields = ("starts_on", "ends_on", "words", "version")

    def __init__(self, *args: Any, today: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        if today is not None:
            if self.instance.pk is None:
                self.initial |= {"starts_on": today, "ends_on": today + ASK_AGAIN_AFTER}
            between(self.fields["starts_on"], latest=(today, "Datoen kan ikke være etter i dag."))
            between(self.fields["ends_on"], latest=within_a_year(today))

    def clean(self) -> dict[str, Any]:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.refuse("declined_ends_after_start")
        return self.cleaned_data


class NoteForm(RecordForm):
    kind = chips("Hva er det?", NoteKind.choices, "Velg notat eller referat.")
    on = DateField(label="Dato", error_messages=DAY_MISSING)
    text = FreeTextField(
        label="Tekst",
        widget=FreeText(attrs={"rows": 10}),
        help_text="Det personen selv kan lese. Ikke diagnose, legemidler eller navn på andre.",
        error_messages={"required": "Skriv noe først."},
    )

    class Meta:
        model = Note
        fields = ("kind", "on", "text", "version")
