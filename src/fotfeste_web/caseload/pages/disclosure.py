"""Text ready to copy into another system: which records it is made of, where each belongs, and the text itself."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from fotfeste_web.caseload.forms.disclosure import ChosenForm
from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.scope import Scope
from fotfeste_web.sharing.defaults import defaults
from fotfeste_web.sharing.models import Destination, Home, ReceiverRole
from fotfeste_web.ui.formats import day
from fotfeste_web.ui.rooms import Passage, rooms

from .homes import homes_of

OWN = {Destination.PATIENT_RECORD: Home.HEALTH, Destination.NAV_FILE: Home.NAV}
ROLES = {Destination.PATIENT_RECORD: ReceiverRole.THERAPIST, Destination.NAV_FILE: ReceiverRole.NAV_ADVISER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A record that can go into the text, with where it belongs."""

    key: str
    heading: str
    text: str
    home: Home
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosePage:
    participant_id: UUID
    name: str
    chosen: ChosenForm
    lines: tuple[Line, ...] = ()
    proposal: dict[str, Any] = field(default_factory=dict)  # of the form that keeps what was given

    @classmethod
    def of(cls, participant: Participant, chosen: ChosenForm, scope: Scope, today: date) -> "DisclosePage":
        person = {"participant_id": participant.pk, "name": str(participant), "chosen": chosen}
        if not chosen.is_valid():
            return cls(**person)
        values = chosen.cleaned_data
        destination = Destination(values["til"])
        lines = _lines(participant, chosen, destination)
        proposed = defaults(participant.service.collaboration, ROLES[destination], today)
        return cls(
            **person,
            lines=lines,
            proposal={
                "text": _text(participant, lines, values["fra"], values["til_og_med"]),
                "receiver": _receiver(participant, destination),
                "ground": proposed.ground,
                "destination": destination,
                "kinds": values["om"],
                "starts_on": values["fra"],
                "ends_on": values["til_og_med"],
            },
        )


def _lines(participant: Participant, chosen: ChosenForm, destination: Destination) -> tuple[Line, ...]:
    values = chosen.cleaned_data
    found = [
        passage
        for room in rooms()
        for passage in room.passages(participant, values["om"], values["fra"], values["til_og_med"])
        if passage.kind in values["om"]
    ]
    homes = homes_of(participant.service_id, {passage.author for passage in found if passage.author})
    shown, ticked = chosen.answered
    return tuple(
        _line(passage, homes, destination, (passage.key in ticked) if passage.key in shown else None)
        for passage in found
    )


def _line(passage: Passage, homes: dict[int, Home], destination: Destination, ticked: bool | None) -> Line:
    """What belongs to the receiver, or to both, is ticked; what is the other's is given by choice alone."""
    home = homes.get(passage.author or 0, Home.COMMON)
    own = home in (Home.COMMON, OWN[destination])
    return Line(
        key=passage.key,
        heading=passage.heading,
        text=passage.text,
        home=home,
        ticked=own if ticked is None else ticked,
    )


def _text(participant: Participant, lines: tuple[Line, ...], starts_on: date, ends_on: date) -> str:
    """Write what is ticked, under its headings, as plain text."""
    under: dict[str, list[str]] = {}
    for line in lines:
        if line.ticked:
            under.setdefault(line.heading, []).append(line.text)
    head = (
        f"Fra {participant.service.name}, individuell jobbstøtte (IPS).\n"
        f"Gjelder {participant}. Perioden {day(starts_on)} til og med {day(ends_on)}."
    )
    return "\n\n".join([head, *(f"{heading}\n" + "\n".join(texts) for heading, texts in under.items())])


def _receiver(participant: Participant, destination: Destination) -> str:
    if destination is Destination.NAV_FILE:
        parts = [participant.nav_office.name if participant.nav_office else "NAV", participant.nav_adviser]
    else:
        parts = [participant.treatment_team.name if participant.treatment_team else "", participant.therapist]
    return ", ".join(filter(None, parts))
