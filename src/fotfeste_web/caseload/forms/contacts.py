"""Forms about a contact. Choices are chips with their default visible; nothing but an employer must be typed."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Self
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField

from fotfeste_web.caseload.contact_setting import DURATIONS, Candidate, Setting, lines_of
from fotfeste_web.caseload.figures_of_contacts import TOOK_PLACE
from fotfeste_web.caseload.models import Channel, Contact, ContactKind, ContactStatus, MadeBy, Place, Purpose
from fotfeste_web.ui import fields, widgets
from fotfeste_web.ui.versioned import VersionedForm

from .contact_fields import ChipsField, MinutesChips, TravelChips
from .employer_field import EmployerField

DECIDES = [("True", "Ja"), ("False", "Nei"), ("", "Ikke svart")]
OF_EMPLOYER = {"employer", "met", "decision_maker", "purpose", "made_by"}
NOTE = "note_"


class ContactForm(VersionedForm):
    """Every field that a form about a contact may have; each form names those it takes, in its order."""

    takes: tuple[str, ...] = ()
    takes_notes = True

    status = ChipsField(label="Hvordan gikk det?", choices=ContactStatus.choices)
    on = fields.DateField(label="Dato")
    starts_at = fields.TimeField(label="Klokka", required=False)
    minutes = MinutesChips(label="Varighet", missing="Velg hvor lenge det varte.")
    channel = ChipsField(label="Hvordan?", choices=Channel.choices)
    place = ChipsField(
        label="Hvor?", choices=Place.choices, missing="Velg hvor dere møttes. Det avgjør om tiden er ute i felt."
    )
    employer = EmployerField()
    met = fields.FreeTextField(
        label="Hvem hos arbeidsgiveren?", max_length=120, required=False, widget=widgets.FreeTextLine
    )
    decision_maker = forms.TypedChoiceField(
        label="Var en som bestemmer med?",
        help_text="Daglig leder, eller den som ansetter.",
        choices=DECIDES,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        widget=widgets.Chips,
    )
    purpose = ChipsField(label="Formål", choices=Purpose.choices, missing="Velg formålet. Det avgjør om møtet teller.")
    made_by = ChipsField(label="Hvem tok kontakten?", choices=MadeBy.choices)
    travel = TravelChips(label="Reisetid, fram og tilbake")
    participants = forms.MultipleChoiceField(
        label="For hvem?",
        required=False,
        widget=widgets.ChipsMultiple,
        error_messages={"invalid_choice": "Du kan bare velge deltakere som du selv skriver for."},
    )
    summary = fields.FreeTextField(
        label="Kort om møtet",
        help_text="Uten personopplysninger: alle i tjenesten kan lese dette.",
        max_length=2000,
        required=False,
        widget=widgets.FreeText({"rows": 2}),
    )

    class Meta:
        model = Contact
        fields = [
            "status", "on", "starts_at", "minutes", "channel", "place",
            "met", "decision_maker", "purpose", "made_by", "summary", "version",
        ]  # fmt: skip

    def __init__(self, *args: Any, setting: Setting, today: date, lines: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting, self.today, self.lines = setting, today, lines
        self.with_employer = self.instance.kind == ContactKind.EMPLOYER
        self.asks_for_whom = self.instance.kind == ContactKind.PARTICIPANT
        left_out = (set() if self.with_employer else OF_EMPLOYER) | (set() if setting.travels else {"travel"})
        self.fields = {name: self.fields[name] for name in (*self.takes, "version") if name not in left_out}
        if self.data.get("channel", Channel.IN_PERSON) != Channel.IN_PERSON and "place" in self.fields:
            self.fields["place"].required = False
        self._offer()

    def _offer(self) -> None:
        setting, offered = self.setting, self.fields
        if "minutes" in offered:
            offered["minutes"].offer({*DURATIONS, *({self.instance.minutes} - {None})})
        if "travel" in offered:
            self.initial["travel"] = offered["travel"].offer(setting)
        if "employer" in offered:
            offered["employer"].of_service(self.instance.service_id)
            self.initial["employer"] = offered["employer"].label_of(self.instance.employer)
        if "participants" in offered:
            offered["participants"].choices = [(str(c.id), c.name) for c in setting.candidates]
            self.initial["participants"] = [str(participant) for participant in self.lines]
        for candidate in self.noted():
            # A line of each one's own: what is said about one is not seen by those who see another.
            offered[f"{NOTE}{candidate.id}"] = fields.FreeTextField(
                label=f"Om {candidate.name}", max_length=4000, required=False, widget=widgets.FreeTextLine
            )
            self.initial[f"{NOTE}{candidate.id}"] = self.lines.get(candidate.id, "")

    def noted(self) -> list[Candidate]:
        """Name those whom one may write a line about here: those to choose among, or those already chosen."""
        if not self.takes_notes:
            return []
        return [c for c in self.setting.candidates if "participants" in self.fields or c.id in self.lines]

    def own_choices(self) -> list[Any]:
        return [option for option, c in zip(self["participants"], self.setting.candidates, strict=True) if c.own]

    def team_choices(self) -> list[Any]:
        return [option for option, c in zip(self["participants"], self.setting.candidates, strict=True) if not c.own]

    def note_fields(self) -> Iterator[tuple[UUID, BoundField]]:
        for candidate in self.noted():
            yield candidate.id, self[f"{NOTE}{candidate.id}"]

    def filled_from(self, record: Contact) -> Self:
        return type(self)(instance=record, setting=self.setting, today=self.today, lines=lines_of(record))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        status, on = cleaned.get("status", self.instance.status), cleaned.get("on", self.instance.on)
        if status in TOOK_PLACE and on and on > self.today:
            self._refuse("on", "Datoen ligger fram i tid. Det som ikke har vært ennå, kan du planlegge.")
        if (travel := cleaned.get("travel")) and travel.joins and on != self.setting.rounds[0].on:
            self._refuse("travel", "Runden var en annen dag. Velg hvor lang reisen var.")
        self._check_for_whom(cleaned)
        return cleaned

    def _check_for_whom(self, cleaned: dict[str, Any]) -> None:
        if "participants" not in self.fields or "participants" not in cleaned:
            return
        chosen = cleaned["participants"]
        if not chosen and self.asks_for_whom:
            self._refuse("participants", "Velg hvem møtet var med.")
        if not chosen and cleaned.get("made_by", MadeBy.SPECIALIST) != MadeBy.SPECIALIST:
            self._refuse("participants", "Velg deltakeren som tok kontakten.")
        for candidate in self.noted():
            name = f"{NOTE}{candidate.id}"
            if cleaned.get(name) and str(candidate.id) not in chosen:
                self._refuse(name, "Velg deltakeren også, eller ta bort teksten.")

    def _refuse(self, name: str, sentence: str) -> None:
        """Say what is wrong beside the field, or above the form that has no such field."""
        self.add_error(name if name in self.fields else None, sentence)

    def facts(self) -> dict[str, Any]:
        """What the contact itself says: nothing here names a participant."""
        said = {name: value for name, value in self.values().items() if name in self.Meta.fields}
        if said.get("channel", Channel.IN_PERSON) != Channel.IN_PERSON:
            said["place"] = ""
        return said

    def notes(self) -> dict[UUID, str]:
        """For whom the contact was, each with the line about that person."""
        offered = [str(candidate.id) for candidate in self.noted()]
        chosen = self.cleaned_data.get("participants", offered)
        return {UUID(one): self.cleaned_data.get(f"{NOTE}{one}", "") for one in chosen}


class LogForm(ContactForm):
    """Something that has happened, not planned beforehand."""

    takes = (
        "employer", "decision_maker", "purpose", "participants", "summary", "travel",
        "status", "on", "starts_at", "minutes", "channel", "place", "met", "made_by",
    )  # fmt: skip

    def _offer(self) -> None:
        super()._offer()
        self.fields["status"].choices = [(s.value, s.label) for s in TOOK_PLACE]


class PlanForm(ContactForm):
    """Something that is to happen."""

    takes_notes = False
    takes = ("employer", "on", "starts_at", "participants", "purpose", "minutes", "channel", "place", "met")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (on := cleaned.get("on")) and on < self.today:
            self.add_error("on", "Datoen er passert. Det som har vært, kan du logge.")
        return cleaned


class ResultForm(ContactForm):
    """How a planned meeting went: four taps."""

    takes = (
        "status", "channel", "decision_maker", "purpose", "travel", "minutes", "place", "summary",
    )  # fmt: skip

    def _offer(self) -> None:
        super()._offer()
        ends = [
            s for s in (*TOOK_PLACE, ContactStatus.CANCELLED) if self.lines or s != ContactStatus.PARTICIPANT_ABSENT
        ]
        self.fields["status"].choices = [(s.value, s.label) for s in ends]
        self.initial["status"] = ContactStatus.HELD
        if not self.instance.purpose:
            self.initial["purpose"] = self.setting.usual_purpose


class EditForm(ContactForm):
    """Everything that can be corrected about a contact."""

    takes = (
        "status", "on", "starts_at", "minutes", "employer", "met", "decision_maker", "purpose", "made_by",
        "channel", "place", "travel", "participants", "summary",
    )  # fmt: skip
