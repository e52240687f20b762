"""What came in about moving participants."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.forms.days import between
from fotfeste_web.caseload.models import Assignment, Participant
from fotfeste_web.ui.fields import DateField
from fotfeste_web.ui.formats import day

STAYS = "stays"


class MoveForm(forms.Form):
    """One taker for all, and for each participant another, or none."""

    on = DateField(label="Fra og med", help_text="Den som er jobbspesialist fram til da, slutter samme dag.")
    everybody = forms.ChoiceField(
        label="Flytt alle til", required=False, help_text="Under kan du velge noe annet for hver enkelt."
    )

    def __init__(
        self,
        *args: Any,
        assignments: Sequence[Assignment],
        planned: dict[Any, date],
        takers: Sequence[tuple[User, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.planned = planned
        self.users = {str(user.pk): user for user, _ in takers}
        self.people: dict[str, Participant] = {f"to_{a.participant_id}": a.participant for a in assignments}
        names = [(str(user.pk), label) for user, label in takers]
        self.fields["on"].initial = today
        self.fields["everybody"].choices = [("", "Velg for hver enkelt"), *names]
        plain = [(str(user.pk), user.name) for user, _ in takers]
        for name, participant in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=participant.short_name,
                required=False,
                choices=[("", "Som valgt over"), (STAYS, "Flyttes ikke"), *plain],
            )
        started = max((a.starts_on for a in assignments), default=today)
        between(
            self.fields["on"],
            earliest=(min(started, today) - timedelta(days=60), "Datoen er for langt tilbake. Se etter en tastefeil."),
            latest=(today + timedelta(days=366), "Datoen er mer enn et år fram i tid. Se etter en tastefeil."),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not self.takers:
            self.add_error("everybody", "Velg hvem som tar over, for alle eller for noen.")
        on = values.get("on")
        for participant in self.takers if on and not self.errors else ():
            later = self.planned.get(participant.pk)
            if later and later > on:
                name = participant.short_name
                sentence = f"{name} har en annen jobbspesialist fra {day(later)}. Velg den dagen eller senere."
                self.add_error("on", sentence)
        return values

    @property
    def takers(self) -> dict[Participant, User]:
        """Who takes over whom."""
        chosen = {
            participant: self.cleaned_data.get(name) or self.cleaned_data.get("everybody")
            for name, participant in self.people.items()
        }
        return {participant: self.users[to] for participant, to in chosen.items() if to and to != STAYS}
