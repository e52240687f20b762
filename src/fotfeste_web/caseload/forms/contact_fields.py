"""The fields that forms about contacts are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from fotfeste_web.caseload.contact_setting import TRAVELS, Setting
from fotfeste_web.ui import widgets


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How one got there: in a round that is there already, or so many minutes."""

    minutes: int = 0
    joins: int | None = None


class ChipsField(forms.ChoiceField):
    widget = widgets.Chips

    def __init__(self, *, missing: str = "Velg en av mulighetene.", **kwargs: Any) -> None:
        super().__init__(error_messages={"required": missing}, **kwargs)


class MinutesChips(ChipsField):
    """So many minutes; whatever was stored is among the choices."""

    def offer(self, minutes: Iterable[int]) -> None:
        self.choices = [(str(m), f"{m} min") for m in sorted(set(minutes))]

    def clean(self, value: Any) -> int:
        return int(super().clean(value))


class TravelChips(ChipsField):
    """Travel there and back: part of a round, or minutes."""

    def offer(self, setting: Setting) -> str:
        """Take what there is to choose from, and give the default."""
        own = setting.round.travel_minutes if setting.round else setting.usual_travel
        minutes = [(str(m), f"{m} min" if m else "Ingen") for m in sorted({*TRAVELS, own})]
        self.choices = [(f"r{r.id}", r.label) for r in setting.rounds] + minutes
        if setting.round:
            self.label, self.help_text = "Reisetid for hele runden", "Telles én gang, uansett hvor mange du møter."
        return f"r{setting.rounds[0].id}" if setting.rounds and not setting.round else str(own)

    def clean(self, value: Any) -> Travel:
        chosen = super().clean(value)
        return Travel(joins=int(chosen[1:])) if chosen.startswith("r") else Travel(minutes=int(chosen))
