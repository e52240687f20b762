"""What a text for another system is to be about: chosen in the address, so that the text is made anew."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.pages.homes import homes_of
from fotfeste_web.rows.kinds import NAMES, Kind
from fotfeste_web.sharing.models import Destination, Home
from fotfeste_web.ui.fields import DateField

BACK = timedelta(days=90)
PROPOSED = (Kind.BASIS, Kind.PLAN, Kind.WORK)


class ChosenForm(forms.Form):
    """Destination, kinds and period; and beside the fields, which of the records that were shown are ticked."""

    til = forms.ChoiceField(label="Hvor skal teksten?", choices=Destination, widget=forms.RadioSelect)
    om = forms.MultipleChoiceField(
        label="Hva skal den handle om?",
        choices=[(kind.value, name) for kind, name in NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Velg minst én."},
    )
    fra = DateField(label="Fra")
    til_og_med = DateField(label="Til og med")

    @classmethod
    def of(cls, query: QueryDict, participant: Participant, *, by: User, today: date) -> "ChosenForm":
        """Read the address. Without a choice the text goes to where the writer's own records belong."""
        if "til" in query:
            return cls(query)
        own = homes_of(participant.service_id, [by.pk]).get(by.pk)
        return cls(
            {
                "til": Destination.PATIENT_RECORD if own == Home.HEALTH else Destination.NAV_FILE,
                "om": [kind.value for kind in PROPOSED],
                "fra": today - BACK,
                "til_og_med": today,
            }
        )

    @property
    def answered(self) -> tuple[set[str], set[str]]:
        """Give the records that were shown for this destination, and those of them that were left ticked."""
        if self.data.get("vist_for") != self.data.get("til"):
            return set(), set()
        return set(self.data.getlist("vist")), set(self.data.getlist("valgt"))

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("fra") and values.get("til_og_med") and values["til_og_med"] < values["fra"]:
            self.add_error("til_og_med", "Siste dag kan ikke være før første dag.")
        return values
