"""What came in from a meeting with a treatment team."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.forms.days import between
from fotfeste_web.organisations.models import TreatmentTeam
from fotfeste_web.teamwork.models import TeamMeeting, TeamMeetingLine
from fotfeste_web.ui.fields import DateField, FreeTextField, MinutesField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import ChipsMultiple, FreeTextLine

AHEAD = timedelta(days=60)
BACK = timedelta(days=60)


class BeginForm(forms.Form):
    team = forms.ModelChoiceField(TreatmentTeam.objects.none(), label="Behandlingsteam")
    on = DateField(label="Dato")

    def __init__(self, *args: Any, teams: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams
        self.fields["on"].initial = today
        between(
            self.fields["on"],
            earliest=(today - BACK, "Datoen er mer enn to måneder tilbake. Se etter en tastefeil."),
            latest=(today + AHEAD, "Datoen er mer enn to måneder fram. Se etter en tastefeil."),
        )


class SavedAsItGoes(VersionedForm):
    """A form that a script saves too: what was sent by both at once is no conflict."""

    def differs_from(self, current: Any) -> bool:
        """Tell whether somebody saved something else than what was typed here; then show both."""
        stored = (name for name in self._meta.fields if name not in (*self.errors, "version"))
        if all(getattr(current, name) == self.cleaned_data[name] for name in stored):
            return False
        self.show_conflict(current)
        return True


class MeetingForm(SavedAsItGoes):
    """The meeting itself. Nothing in it is about one participant."""

    on = DateField(label="Dato")
    minutes = MinutesField(
        label="Varighet", required=False, help_text="Telles én gang, hvor mange dere enn snakker om. Trengs til slutt."
    )
    present = forms.TypedMultipleChoiceField(
        label="Hvem fra tjenesten er her?", coerce=int, required=False, widget=ChipsMultiple
    )
    others_present = FreeTextField(
        label="Hvem andre?",
        max_length=200,
        required=False,
        widget=FreeTextLine,
        help_text="Skriv roller, ikke navn: «overlege, to sykepleiere».",
    )
    about_people = forms.BooleanField(
        label="Møtet handler om enkeltpersoner",
        required=False,
        help_text="Et møte om drift teller ikke som behandlingsteammøte i metoden.",
    )
    others_raised = forms.IntegerField(
        label="Hvor mange andre ble jobb tatt opp for?",
        min_value=0,
        max_value=200,
        help_text="Personer som ikke er henvist. Bare antallet, aldri navn.",
    )

    class Meta:
        model = TeamMeeting
        fields = ("on", "minutes", "present", "others_present", "about_people", "others_raised", "version")

    def __init__(
        self, *args: Any, members: Sequence[User], today: date, finishing: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.extras = {"members": members, "today": today}
        here = {*self.instance.present}
        self.fields["present"].choices = [(user.pk, user.name) for user in members]
        gone = here - {user.pk for user in members}  # a colleague who was there and has left since
        self.fields["present"].choices += list(User.objects.filter(pk__in=gone).values_list("pk", "name"))
        self.fields["minutes"].required = finishing
        latest = (today, "Møtet er ikke holdt ennå. Avslutt det den dagen det er.")
        between(self.fields["on"], latest=latest if finishing else (today + AHEAD, "Se etter en tastefeil i datoen."))

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if TeamMeeting.objects.filter(team=self.instance.team_id, on=on).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Teamet har et annet møte den dagen.")
        return on

    def filled_from(self, record: TeamMeeting) -> "MeetingForm":
        return type(self)(instance=record, **self.extras)

    @property
    def is_changed(self) -> bool:
        return bool(set(self.changed_data) - {"version"})


class LineForm(SavedAsItGoes):
    """One participant on the agenda. What this person opened comes along, so that only what was written is saved."""

    text = FreeTextField(label="Kort om", max_length=500, required=False, widget=FreeTextLine, show_hidden_initial=True)
    decision = FreeTextField(
        label="Bestemt", max_length=500, required=False, widget=FreeTextLine, show_hidden_initial=True
    )
    next_step = FreeTextField(label="Neste steg", max_length=200, required=False, widget=FreeTextLine)
    due_on = DateField(label="Når", required=False)

    class Meta:
        model = TeamMeetingLine
        fields = ("text", "decision", "version")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["due_on"].initial = today + timedelta(days=7)
        between(
            self.fields["due_on"],
            earliest=(today, "Velg i dag eller en senere dag."),
            latest=(today + timedelta(days=366), "Datoen er mer enn et år fram. Se etter en tastefeil."),
        )
        if self.instance.next_step_id:  # made already, and changed where it stands
            del self.fields["next_step"], self.fields["due_on"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("next_step") and not values.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Når skal det være gjort?")
        return values

    def filled_from(self, record: TeamMeetingLine) -> "LineForm":
        return type(self)(instance=record, prefix=self.prefix, today=self.today)

    def is_changed(self, *, in_full: bool) -> bool:
        """Tell whether something was written. A next step is made by the button alone: its day may not be set yet."""
        return bool({"text", "decision", *(("next_step",) if in_full else ())} & set(self.changed_data))

    def line(self, *, in_full: bool) -> dict[str, Any]:
        """What to hand to the action."""
        values = {"next_step": "", "due_on": None} | self.cleaned_data
        return values if in_full else values | {"next_step": "", "due_on": None}
