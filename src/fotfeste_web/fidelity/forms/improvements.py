"""What came in about the action plan."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from fotfeste.fidelity import Scale
from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.forms.days import between
from fotfeste_web.fidelity.models import Improvement, ImprovementState
from fotfeste_web.ui.fields import DateField, FreeTextField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import Chips, FreeTextLine

AHEAD = timedelta(days=2 * 366)


class ImprovementForm(VersionedForm):
    item = forms.ChoiceField(label="Punkt")
    what = FreeTextField(
        label="Tiltak", max_length=500, widget=FreeTextLine, help_text="Hva skal gjøres, så alle ser når det er gjort?"
    )
    owner = forms.ModelChoiceField(User.objects.none(), label="Ansvarlig")
    due_on = DateField(label="Frist")
    state = forms.ChoiceField(label="Status", choices=ImprovementState, widget=Chips)
    reason = FreeTextField(
        label="Hvorfor droppet?", max_length=300, required=False, widget=FreeTextLine,
        help_text="Bare når tiltaket droppes. Neste vurdering leser det.",
    )  # fmt: skip

    class Meta:
        model = Improvement
        fields = ("item", "what", "owner", "due_on", "state", "reason", "version")

    def __init__(self, *args: Any, scale: Scale, owners: Sequence[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extras = {"scale": scale, "owners": owners, "today": today}
        self.fields["item"].choices = [("", "Velg"), *((i.id, f"{i.number} {i.name_nb}") for i in scale.items)]
        ids = [user.pk for user in owners] + ([self.instance.owner_id] if self.instance.owner_id else [])
        self.fields["owner"].queryset = User.objects.filter(pk__in=ids).order_by("name")
        between(
            self.fields["due_on"],
            latest=(today + AHEAD, "Fristen er mer enn to år fram. Se etter en tastefeil."),
            earliest=None if self.instance.pk else (today, "Fristen kan ikke være før i dag."),
        )
        if not self.instance.pk:
            del self.fields["state"], self.fields["reason"]

    def filled_from(self, record: Improvement) -> "ImprovementForm":
        return type(self)(instance=record, **self.extras)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        dropped = values.get("state") == ImprovementState.DROPPED
        if dropped and not values.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Si hvorfor tiltaket droppes.")
        if not dropped:
            values["reason"] = ""
        return values
