"""What came in about supervision, and the comment on a week."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.forms.days import between
from fotfeste_web.caseload.models import Participant
from fotfeste_web.teamwork.models import Supervision, SupervisionKind, WeekReview
from fotfeste_web.ui.fields import DateField, FreeTextField, MinutesField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import ChipsMultiple, FreeTextLine

BACK = timedelta(days=180)
NOTES = {
    SupervisionKind.GROUP: (),
    SupervisionKind.INDIVIDUAL: ("talked_about", "goals"),
    SupervisionKind.FIELD: ("employers", "skill_seen", "model_shown", "feedback", "goals"),
}
OF_A_GROUP = ("present", "ideas", "cover_arranged")


class SupervisionForm(VersionedForm):
    """One of the three kinds; each asks what belongs to it."""

    specialist = forms.ModelChoiceField(User.objects.none(), label="Jobbspesialist")
    on = DateField(label="Dato")
    minutes = MinutesField(label="Varighet", help_text="I minutter, for eksempel 60.")
    present = forms.TypedMultipleChoiceField(label="Hvem var der?", coerce=int, widget=ChipsMultiple)
    employers = FreeTextField(
        label="Hvilke arbeidsgivere besøkte dere?", max_length=300, required=False, widget=FreeTextLine
    )
    skill_seen = FreeTextField(label="Hvilken ferdighet så du på?", max_length=2000, required=False)
    model_shown = FreeTextField(label="Hva viste du selv?", max_length=2000, required=False)
    feedback = FreeTextField(label="Tilbakemelding", max_length=2000, required=False)
    outcome_talk = forms.BooleanField(
        label="Vi gikk gjennom resultater",
        required=False,
        help_text="Metoden ber om det minst hvert kvartal, med mål for det neste.",
    )
    talked_about = FreeTextField(label="Hva snakket dere om?", max_length=4000, required=False)
    goals = FreeTextField(label="Neste mål", max_length=2000, required=False)
    ideas = FreeTextField(
        label="Ideer", max_length=4000, required=False, help_text="Skriv uten navn: hele tjenesten kan lese dette."
    )
    cover_arranged = FreeTextField(
        label="Vikar avtalt", max_length=300, required=False, widget=FreeTextLine, help_text="Hvem dekker for hvem."
    )
    participants = forms.MultipleChoiceField(
        label="Hvem snakket dere om?", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Supervision
        fields = ("specialist", "on", "minutes", "present", "outcome_talk", "ideas", "cover_arranged", "version")

    def __init__(
        self,
        *args: Any,
        specialists: Any,
        members: Sequence[User],
        participants: Sequence[tuple[Participant, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.extras = {"specialists": specialists, "members": members, "participants": participants, "today": today}
        kind = SupervisionKind(self.instance.kind)
        of_a_group = kind == SupervisionKind.GROUP
        for name in (*(n for names in NOTES.values() for n in names), *OF_A_GROUP):
            if name in self.fields and name not in NOTES[kind] and not (of_a_group and name in OF_A_GROUP):
                del self.fields[name]
        for name in ("specialist", "outcome_talk") if of_a_group else ():
            del self.fields[name]
        if kind == SupervisionKind.FIELD:
            del self.fields["outcome_talk"]
        self.people = {str(participant.pk): participant for participant, _ in participants}
        self.fields["participants"].choices = [(str(person.pk), label) for person, label in participants]
        if of_a_group:
            self.fields["present"].choices = [(user.pk, user.name) for user in members]
            self.fields["participants"].help_text = "Det står på tidslinja til hver av dem at de ble drøftet."
        else:
            self.fields["specialist"].queryset = specialists
            self.fields["participants"].help_text = "Bare dere to ser dette."
        between(
            self.fields["on"],
            earliest=(today - BACK, "Datoen er mer enn et halvt år tilbake. Se etter en tastefeil."),
            latest=(today, "Datoen kan ikke være etter i dag."),
        )
        self._fill(NOTES[kind])

    def _fill(self, notes: Sequence[str]) -> None:
        """What is stored beside the supervision: whom it was about, and what was said."""
        stored = self.instance
        if stored.pk is None:
            self.initial["on"] = self.extras["today"]
            return
        self.fields["participants"].initial = [str(pk) for pk in stored.about.values_list("participant_id", flat=True)]
        for name in notes:
            self.fields[name].initial = getattr(stored.notes, name)

    def filled_from(self, record: Supervision) -> "SupervisionForm":
        return type(self)(instance=record, **self.extras)

    def clean_participants(self) -> list[Participant]:
        return [self.people[key] for key in self.cleaned_data["participants"]]

    def values(self) -> dict[str, Any]:
        values = super().values()
        notes = NOTES[SupervisionKind(self.instance.kind)]
        return {name: value for name, value in values.items() if name not in notes} | {
            "notes": {name: values[name] for name in notes}
        }


class ReviewForm(VersionedForm):
    comment = FreeTextField(
        label="Kommentar",
        max_length=2000,
        required=False,
        help_text="Jobbspesialisten leser den. Hva var bra, og hva prøver dere neste uke?",
    )

    class Meta:
        model = WeekReview
        fields = ("comment", "version")
