"""What others are told of advice and notes: another system's file, the NAV adviser, and the person's own plan."""

from collections.abc import Collection, Iterator
from datetime import date

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import day
from fotfeste_web.ui.rooms import Card, CardLine, Passage

from .models import Benefit, BenefitsAdvice, Note, NoteState


def passages(participant: Participant, kinds: Collection[str], starts_on: date, ends_on: date) -> Iterator[Passage]:
    """Give advice, and the notes that are shared; a draft is its writer's alone and goes nowhere."""
    then = {"participant": participant, "on__range": (starts_on, ends_on)}
    if Kind.ECONOMY in kinds:
        for given in BenefitsAdvice.objects.filter(**then).order_by("on", "pk"):
            yield Passage(
                key=f"advice-{given.pk}",
                kind=Kind.ECONOMY,
                heading="Økonomisk rådgivning",
                text=f"{day(given.on)}: {_in_words(given)}",
                on=given.on,
                author=given.created_by_id,
            )
    if Kind.CONTACTS in kinds:
        for note in Note.objects.filter(**then).exclude(state=NoteState.DRAFT).order_by("on", "pk"):
            yield Passage(
                key=f"note-{note.pk}",
                kind=Kind.CONTACTS,
                heading="Notater og referater",
                text=f"{day(note.on)}: {note.text}",
                on=note.on,
                author=note.author_id,
            )


def shared(participants: Collection[Participant], today: date) -> Iterator[Card]:
    """Give the latest advice of each, for those whom a person's money is shared with."""
    names = {person.pk: person.short_name for person in participants}
    latest = BenefitsAdvice.objects.filter(participant__in=names).order_by("participant", "-on", "-pk")
    lines = tuple(
        CardLine(
            text=names[given.participant_id],
            detail=f"Sist {day(given.on, today)}. {_in_words(given)}{_again(given, today)}",
            href=address("participant", given.participant_id),
        )
        for given in latest.distinct("participant")
    )
    if lines:
        yield Card(title="Økonomisk rådgivning", lines=lines)


def own_plan(participant: Participant, today: date) -> Iterator[Card]:
    given = BenefitsAdvice.objects.filter(participant=participant).order_by("-on", "-pk").first()
    if given is not None:
        detail = " ".join(filter(None, (given.effect, given.plan))) or _in_words(given)
        line = CardLine(text=f"Dere snakket om økonomien {day(given.on, today)}", detail=detail + _again(given, today))
        yield Card(title="Økonomi og jobb", lines=(line,))


def _in_words(given: BenefitsAdvice) -> str:
    about = ", ".join(Benefit(benefit).label for benefit in given.benefits)
    sentences = (
        f"{given.get_occasion_display()}, ved {given.adviser}.",
        f"Gjelder {about}." if about else "",
        given.effect,
        f"Plan: {given.plan}" if given.plan else "",
        "Skriftlig oppsummering er gitt." if given.written_summary else "",
        "Meldeplikten er forklart." if given.reporting_explained else "",
    )
    return " ".join(filter(None, sentences))


def _again(given: BenefitsAdvice, today: date) -> str:
    return f" Neste gang {day(given.next_on, today)}." if given.next_on and given.next_on >= today else ""
