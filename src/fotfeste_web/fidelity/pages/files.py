"""The drawn files. Who it is stands here for those who may see the person, and for nobody else."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant
from fotfeste_web.fidelity.forms.files import FOUND
from fotfeste_web.fidelity.lists import questions
from fotfeste_web.fidelity.models import Answer, PersonNote, Review, ReviewKind, SampledFile

COLORS = {Answer.WAITS: "warning", Answer.YES: "success", Answer.NO: "neutral", Answer.FORM: "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    id: int
    place: int
    group: str
    answer: str
    color: str
    participant_id: UUID | None  # of one whom this person sees
    name: str
    may_note: bool
    has_form: bool  # somebody fills it in


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesPage:
    id: int
    service: str
    drawn_on: date | None
    seed: int | None
    rows: list[FileRow]
    outside: bool  # an independent review: those who rate read after a yes
    in_days: bool  # the days of the review are now
    signed: bool
    closes_on: date
    people: list[UUID]

    @classmethod
    def of(cls, review: Review, *, leads: bool, rates: bool, today: date) -> "FilesPage":
        files = list(review.files.order_by("place"))
        people = {p.pk: p for p in Participant.objects.filter(pk__in=[one.participant_id for one in files])}
        rows = [
            FileRow(
                id=one.pk,
                place=one.place,
                group=one.get_group_display(),
                answer=one.get_answer_display(),
                color=COLORS[Answer(one.answer)],
                participant_id=one.participant_id if one.participant_id in people else None,
                name=str(people[one.participant_id]) if one.participant_id in people else "",
                may_note=may_note(review, one, sees=one.participant_id in people, leads=leads, rates=rates),
                has_form=one.answer in (Answer.YES, Answer.FORM),
            )
            for one in files
        ]
        return cls(
            id=review.pk,
            service=review.service.name,
            drawn_on=review.drawn_on,
            seed=review.seed,
            rows=rows,
            outside=review.kind == ReviewKind.INDEPENDENT,
            in_days=review.starts_on <= today < review.ends_on,
            signed=review.locked_at is not None,
            closes_on=review.closes_on,
            people=list(people),
        )


def may_note(review: Review, file: SampledFile, *, sees: bool, leads: bool, rates: bool) -> bool:
    """Tell who fills in the form of a file: the service where that was chosen, else one who rates and may read it."""
    if review.locked_at or file.answer == Answer.NO:
        return False
    return leads if file.answer == Answer.FORM else rates and sees


@dataclass(frozen=True, slots=True)
class Noted:
    by: str
    found: list[tuple[str, str]]
    text: str


def noted(file: SampledFile, user: User) -> list[Noted]:
    """Give what others have found in a file, as far as this person may see it."""
    labels, asked = dict(FOUND), {question.id: question.text for question in questions()}
    return [
        Noted(
            note.author.name,
            [(asked[key], labels[value]) for key, value in note.answers.items() if key in asked],
            note.text,
        )
        for note in PersonNote.objects.filter(file=file).exclude(author=user).select_related("author").order_by("pk")
    ]
