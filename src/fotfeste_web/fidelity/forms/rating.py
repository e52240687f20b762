"""What a reviewer gave an item, alone; and the last word before handing in."""

from typing import Any

from django import forms

from fotfeste.fidelity import Item
from fotfeste_web.fidelity.models import Consensus, Rating
from fotfeste_web.fidelity.words import EVIDENCE, WITHOUT_NAMES
from fotfeste_web.ui.fields import FreeTextField
from fotfeste_web.ui.versioned import VersionedForm
from fotfeste_web.ui.widgets import ChipsMultiple


def anchors_of(item: Item) -> list[tuple[int, str]]:
    return [(a.rating, f"{a.rating}: {a.nb}{' *' if a.awaits_check else ''}") for a in item.anchors]


class RatingForm(VersionedForm):
    """One item on a phone: a choice, where it was seen, and a few words. The words may come before the choice."""

    value = forms.TypedChoiceField(
        label="Vurdering",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="Kan settes senere. Alle punktene må ha en før du leverer.",
    )
    evidence = forms.MultipleChoiceField(
        label="Hva bygger du på?", required=False, choices=list(EVIDENCE.items()), widget=ChipsMultiple
    )
    comment = FreeTextField(label="Hva så og hørte du?", max_length=4000, required=False, help_text=WITHOUT_NAMES)

    class Meta:
        model = Rating
        fields = ("value", "evidence", "comment", "version")

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["value"].choices = anchors_of(item)

    def filled_from(self, record: Rating) -> "RatingForm":
        return type(self)(instance=record, item=self.item)


class HandInForm(forms.Form):
    sure = forms.BooleanField(
        label="Jeg er ferdig, og vet at det ikke kan gjøres om",
        error_messages={"required": "Kryss av for at du vet at det ikke kan gjøres om."},
    )


class ConsensusForm(VersionedForm):
    value = forms.TypedChoiceField(label="Felles vurdering", coerce=int, widget=forms.RadioSelect)
    comment = FreeTextField(
        label="Begrunnelse", max_length=4000, required=False, help_text=f"Tjenesten leser den. {WITHOUT_NAMES}"
    )
    recommendation = FreeTextField(
        label="Anbefaling", max_length=4000, required=False, help_text="Hva kan løfte punktet ett trinn?"
    )

    class Meta:
        model = Consensus
        fields = ("value", "comment", "recommendation", "version")

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["value"].choices = anchors_of(item)

    def filled_from(self, record: Consensus) -> "ConsensusForm":
        return type(self)(instance=record, item=self.item)


class SignForm(forms.Form):
    """``seen`` numbers what stood there when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label="Jeg står inne for vurderingen slik den er",
        error_messages={"required": "Kryss av for at du står inne for vurderingen."},
    )
