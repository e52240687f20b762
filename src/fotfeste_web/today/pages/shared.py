"""Delt med meg: what a live share covers, for the therapist, the education specialist and the NAV adviser."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import AskedOf, Assignment, NextStep, Participant, Referral, Wishes
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.scope import Scope
from fotfeste_web.sharing.models import ReceiverRole, Share
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import day
from fotfeste_web.ui.rooms import Card, CardLine, rooms

NOT_SHARED = "ikke delt med deg"
ASKS = {
    ReceiverRole.NAV_ADVISER: AskedOf.NAV,
    ReceiverRole.THERAPIST: AskedOf.THERAPIST,
    ReceiverRole.EDUCATION_SPECIALIST: AskedOf.THERAPIST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPerson:
    participant_id: UUID
    name: str
    status: Status | None
    goal: str
    next_step: str
    agreed: tuple[str, ...]
    last_contact: str
    specialist: str
    specialist_phone: str
    shared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPage:
    people: list[SharedPerson]
    asked: Card | None  # what is asked of this person's part of the work, over all the shared
    cards: tuple[Card, ...]  # of other apps
    waiting: list[tuple[UUID, str]]  # those this person referred who are not shared: a short name and a day, no more

    @classmethod
    def of(cls, scope: Scope, user: User, today: date) -> "SharedPage":
        shares = {share.participant_id: share for share in Share.objects.live(today).filter(shared_with=user)}
        people = list(Participant.objects.filter(pk__in=shares).order_by("first_name", "last_name"))
        ids = [person.pk for person in people]
        facts = facts_of(ids)
        goals = dict(Wishes.objects.filter(participant__in=ids).values_list("participant_id", "goal"))
        steps: dict[UUID, list[NextStep]] = {}
        for step in NextStep.objects.filter(participant__in=ids, done_on=None).order_by("due_on", "pk"):
            steps.setdefault(step.participant_id, []).append(step)
        specialists = _specialists(ids, today)

        def shown(person: Participant) -> SharedPerson:
            pk, share = person.pk, shares[person.pk]
            specialist = specialists.get(pk)
            agreed = tuple(_step(step, today) for step in steps.get(pk, ()))
            has_plan, has_contacts = scope.sees(pk, Kind.PLAN), scope.sees(pk, Kind.CONTACTS)
            last = facts[pk].last_contact
            met = day(last, today) if last else "ingen ennå"
            until = f", til og med {day(share.ends_on, today)}" if share.ends_on else ""
            return SharedPerson(
                participant_id=pk,
                name=str(person),
                status=status_on(facts[pk], today),
                goal=goals.get(pk, ""),
                next_step=(agreed[0] if agreed else "ikke avtalt") if has_plan else NOT_SHARED,
                agreed=agreed[1:],
                last_contact=met if has_contacts else NOT_SHARED,
                specialist=specialist.name if specialist else "",
                specialist_phone=specialist.phone if specialist else "",
                shared=f"{share.get_ground_display()}{until}. {share.purpose}",
            )

        return cls(
            people=[shown(person) for person in people],
            asked=_asked(people, steps, scope, today),
            cards=tuple(card for room in rooms() for card in room.shared(user, scope, people, today)),
            waiting=_waiting(user, ids, today),
        )


def _step(step: NextStep, today: date) -> str:
    who = step.get_asked_of_display() or step.who
    return f"{step.text} ({', '.join(filter(None, [day(step.due_on, today), who]))})"


def _specialists(ids: Iterable[UUID], today: date) -> dict[UUID, User]:
    assigned = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), participant__in=ids)
    return {one.participant_id: one.specialist for one in assigned.select_related("specialist")}


def _asked(people: list[Participant], steps: dict[UUID, list[NextStep]], scope: Scope, today: date) -> Card | None:
    mine = {ASKS[ReceiverRole(role.id)] for _, role in scope.roles if role.id in ASKS}
    lines: list[tuple[Any, CardLine]] = []
    for person in people:
        for step in steps.get(person.pk, ()):
            if step.asked_of in mine:
                line = CardLine(
                    text=step.text,
                    detail=f"{person.short_name}, innen {day(step.due_on, today)}",
                    href=address("participant", person.pk),
                    tag="Over tiden" if step.due_on < today else "",
                    tag_color="warning",
                )
                lines.append((step.due_on, line))
    lines.sort(key=lambda pair: pair[0])
    return Card(title="Dette venter på deg", lines=tuple(line for _, line in lines)) if lines else None


def _waiting(user: User, shown: list[UUID], today: date) -> list[tuple[UUID, str]]:
    own = Referral.objects.filter(registered_by=user, outcome="").exclude(participant_id__in=shown)
    return [
        (participant, f"{name}, henvist {day(on, today)}")
        for participant, name, on in own.values_list("participant_id", "short_name", "received_on")
    ]
