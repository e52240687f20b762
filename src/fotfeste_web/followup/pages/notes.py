"""A note: what it says, who sees it, and how it moves on."""

from dataclasses import dataclass
from datetime import date

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant
from fotfeste_web.followup.models import Note, NoteKind, NoteState
from fotfeste_web.ui.formats import day

SEEN_BY = {
    NoteState.DRAFT: "Utkast: bare du ser det.",
    NoteState.SERVICE: "Delt i tjenesten: de som følger opp, og de notater er delt med, ser det.",
    NoteState.PARTICIPANT: "Delt med deltakeren, og med dem som følger opp.",
}
COLORS = {NoteState.DRAFT: "warning", NoteState.SERVICE: "info", NoteState.PARTICIPANT: "success"}


@dataclass(frozen=True, slots=True)
class Move:
    to: NoteState
    label: str


def moves_of(state: str) -> tuple[Move, ...]:
    """Where a note can go from here. What was shared is never a draft again."""
    service = Move(NoteState.SERVICE, "Del i tjenesten")
    participant = Move(NoteState.PARTICIPANT, "Del med deltakeren")
    back = Move(NoteState.SERVICE, "Ikke del med deltakeren lenger")
    return {
        NoteState.DRAFT: (service, participant),
        NoteState.SERVICE: (participant,),
        NoteState.PARTICIPANT: (back,),
    }[NoteState(state)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage:
    id: int
    title: str
    text: str
    who: str
    when: str
    state: str
    color: str
    seen_by: str
    moves: tuple[Move, ...]

    @classmethod
    def of(cls, note: Note, *, may_write: bool, today: date) -> "NotePage":
        author = User.objects.filter(pk=note.author_id).first()
        state = NoteState(note.state)
        return cls(
            id=note.pk,
            title=note.get_kind_display(),
            text=note.text,
            who=author.name if author else "",
            when=day(note.on, today),
            state=state.label,
            color=COLORS[state],
            seen_by=SEEN_BY[state],
            moves=moves_of(note.state) if may_write else (),
        )


@dataclass(frozen=True, slots=True)
class SharedNote:
    on: date
    kind: str
    text: str


def notes_shared_with(participant: Participant) -> list[SharedNote]:
    """What the participant may read of what was written, the newest first: that alone which was shared with them."""
    notes = Note.objects.filter(participant=participant, state=NoteState.PARTICIPANT).order_by("-on", "-pk")
    return [SharedNote(note.on, NoteKind(note.kind).label, note.text) for note in notes]
