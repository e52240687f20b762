"""The fields that forms about contacts are made of."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from fotfeste.norway.identity import find_identities
from fotfeste_web.caseload.contact_setting import TRAVELS, Setting
from fotfeste_web.caseload.models import Employer
from fotfeste_web.ui import widgets
from fotfeste_web.ui.fields import without_control_characters


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


class EmployerField(forms.CharField):
    """An employer of the service, picked from the suggestions; or the name of a new one."""

    known: dict[str, Employer] = {}
    default_error_messages = {
        "several": "Flere arbeidsgivere heter dette. Velg den rette fra forslagene.",
        "identity": "Dette er et fødselsnummer eller D-nummer. Skriv navnet på arbeidsgiveren.",
        "required": "Skriv hvem du møtte, eller velg fra forslagene.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=160, widget=widgets.Suggest(), **kwargs)

    def offer(self, employers: Collection[Employer]) -> None:
        """Take the employers to suggest. Those of the same name are told apart by where they are."""
        names = Counter(employer.name.casefold() for employer in employers)
        self.known = {}
        for employer in employers:
            where = employer.address or employer.organisation_number or f"nr. {employer.pk}"
            alone = names[employer.name.casefold()] == 1
            self.known[employer.name if alone else f"{employer.name} · {where}"] = employer
        self.widget.suggestions = list(self.known)

    def prepare_value(self, value: Any) -> Any:
        return next((label for label, employer in self.known.items() if employer.pk == value), value)

    def clean(self, value: Any) -> Employer | str | None:
        text = " ".join(without_control_characters(super().clean(value)).split())
        if not text:
            return None
        if find_identities(text):
            raise ValidationError(self.error_messages["identity"], code="identity")
        sought = text.casefold()
        found = [e for label, e in self.known.items() if label.casefold() == sought]
        found = found or [e for e in self.known.values() if sought in (e.name.casefold(), e.organisation_number)]
        if len(found) > 1:
            raise ValidationError(self.error_messages["several"], code="several")
        return found[0] if found else text
