"""A form on a record that others may edit at the same time."""

from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.forms.boundfield import BoundField


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    mine: str
    theirs: str


class VersionedForm(forms.ModelForm):
    """Carries the version that was opened. On a conflict it keeps what was typed and shows both texts."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    differences: list[Difference] = []

    def values(self) -> dict[str, Any]:
        """What to hand to the action: every field but the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def filled_from(self, record: Any) -> Self:
        """Give the same form with what a record says. A form that is made of more than a record says how."""
        return type(self)(instance=record)

    def show_conflict(self, current: Any) -> None:
        """Show what somebody else saved beside what was typed. Sent again, the typed text replaces it."""
        theirs = self.filled_from(current)
        self.differences = [
            Difference(str(mine.label), _shown(mine, mine.value()), _shown(other, other.value()))
            for mine, other in ((field, theirs[field.name]) for field in self.visible_fields())
            # «20» and «20,0», or a code and its name, are the same once they are read.
            if _shown(other, other.value())
            not in (_shown(mine, mine.value()), _shown(mine, mine.field.prepare_value(self.cleaned_data[mine.name])))
        ]
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(current.version)
        self.add_error(
            None,
            "Noen andre har lagret endringer mens du skrev. Begge tekstene står under. "
            "Lagre igjen for å bruke din, eller gå tilbake for å beholde den andres.",
        )


def _shown(field: BoundField, value: Any) -> str:
    """A value as its reader knows it: of a choice the label."""
    text = str("" if value is None else value)
    labels = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    return labels.get(text, text)
