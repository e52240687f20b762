"""What a form about a contact can choose among: for whom, which employers, which round of the day."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from fotfeste_web.rows.scope import Scope
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.ui.formats import clock

from .alphabet import norwegian
from .figures_of_contacts import IS_VISIT
from .models import Contact, ContactKind, Employer, Participant, Period, Place, Purpose, Round

DURATIONS = (5, 15, 30, 45, 60, 90, 120)
TRAVELS = (0, 10, 20, 30, 45, 60, 90)
USUAL_MINUTES = 30
USUAL_PLACE = {
    ContactKind.EMPLOYER: Place.EMPLOYER,
    ContactKind.NAV: Place.NAV,
    ContactKind.TREATMENT_TEAM: Place.TREATMENT_TEAM,
    # Where one meets a participant is chosen each time: a guess would count as time out in the field, or not.
}
CUPS_OF_TEA = (Purpose.GET_TO_KNOW, Purpose.LEARN_NEEDS, Purpose.PROPOSE_PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A participant that the contact may be for."""

    id: UUID
    name: str
    own: bool  # assigned to this person, or covered for; the others are the team's


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOfDay:
    id: int
    on: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    candidates: tuple[Candidate, ...] = ()
    rounds: tuple[RoundOfDay, ...] = ()  # other rounds of the day that the contact may join
    round: Round | None = None  # the round that the contact belongs to
    usual_travel: int = 0
    usual_purpose: str = ""
    travels: bool = True  # the round is one's own to change


def candidates(scope: Scope, service_id: int) -> tuple[Candidate, ...]:
    """Name those in a service whom this person may write for: own first, then, for who leads it, the team's."""
    own = {participant for participant, (_, writes) in scope.grounds.items() if writes}
    query = Q(pk__in=own)
    if scope.leads(service_id):
        query |= Q(pk__in=Period.objects.filter(ends_on=None).values("participant_id"))
    people = Participant.objects.filter(query, service_id=service_id).only("first_name", "last_name")
    rows = people.order_by(norwegian("first_name"), norwegian("last_name"), "pk")
    named = [Candidate(id=row.pk, name=row.short_name, own=row.pk in own) for row in rows]
    return tuple(sorted(named, key=lambda candidate: not candidate.own))


def rounds_of_day(specialist_id: int, on: date, but: Round | None = None) -> tuple[RoundOfDay, ...]:
    """Name the rounds of one job specialist on one day by their first meeting, the latest round first."""
    rounds, contacts = _day(specialist_id, on)
    return tuple(
        RoundOfDay(id=round_.pk, on=on, label=_named(round_, [c for c in contacts if c.round_id == round_.pk]))
        for round_ in rounds
        if round_ != but
    )


@together
def _day(specialist: Any, on: Any) -> Lists:
    return (
        Round.objects.filter(specialist_id=specialist, on=on).order_by("-pk"),
        Contact.objects.filter(round__specialist_id=specialist, round__on=on)
        .select_related("employer")
        .only("round_id", "starts_at", "employer__name"),
    )


def _named(round_: Round, contacts: list[Contact]) -> str:
    first = min(contacts, key=lambda c: (c.starts_at is None, c.starts_at, c.pk), default=None)
    place = "tidligere i dag"
    if first is not None:
        place = str(first.employer) if first.employer else f"kl. {clock(first.starts_at)}" if first.starts_at else place
    return f"Samme runde som {place} ({round_.travel_minutes} min)"


def lines_of(contact: Contact) -> dict[UUID, str]:
    """For whom a contact is, with the line about each: those that may be seen."""
    return dict(contact.for_participants.values_list("participant_id", "note")) if contact.pk else {}


def usual_travel(specialist_id: int, employer_id: int | None) -> int:
    """Give the travel of the last round that this job specialist had to the employer; 0 where there is none."""
    if employer_id is None:
        return 0
    last = (
        Round.objects.filter(specialist_id=specialist_id, contacts__employer_id=employer_id)
        .order_by("-on", "-pk")
        .first()
    )
    return last.travel_minutes if last else 0


def usual_purpose(employer: Employer | None) -> str:
    """Give the purpose of the next cup of tea: get to know, learn what they need, propose a person."""
    visits = employer.contacts.filter(IS_VISIT).count() if employer else 0
    return CUPS_OF_TEA[min(visits, len(CUPS_OF_TEA) - 1)]
