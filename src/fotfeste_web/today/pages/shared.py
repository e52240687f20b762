"""Delt med meg: what a live share covers, for the therapist and the NAV adviser."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from fotfeste_web.caseload.due import last_contacts
from fotfeste_web.caseload.models import Assignment, NextStep, Participant
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.sharing.models import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPerson:
    participant_id: UUID
    name: str
    status: Status | None
    goal: str
    next_step: NextStep | None
    last_contact: date | None
    specialist: str
    specialist_phone: str
    share: Share


@dataclass(frozen=True, slots=True)
class SharedPage:
    people: list[SharedPerson]

    @classmethod
    def of(cls, shown: list[UUID], user_id: int, today: date) -> "SharedPage":
        participants = list(Participant.objects.filter(pk__in=shown).select_related("wishes").order_by("first_name"))
        ids = [participant.pk for participant in participants]
        facts, last = facts_of(ids), last_contacts(ids, today)
        steps = {}
        for step in NextStep.objects.filter(participant__in=ids, done_on=None).order_by("-due_on"):
            steps[step.participant_id] = step
        assigned = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), participant__in=ids)
        specialists = {a.participant_id: a.specialist for a in assigned.select_related("specialist")}
        shares = {
            share.participant_id: share
            for share in Share.objects.filter(participant__in=ids, shared_with=user_id, withdrawn_at=None)
        }
        return cls(
            [
                SharedPerson(
                    participant_id=p.pk,
                    name=str(p),
                    status=status_on(facts[p.pk], today),
                    goal=p.wishes.goal if hasattr(p, "wishes") else "",
                    next_step=steps.get(p.pk),
                    last_contact=last.get(p.pk),
                    specialist=specialists[p.pk].name if p.pk in specialists else "",
                    specialist_phone=specialists[p.pk].phone if p.pk in specialists else "",
                    share=shares[p.pk],
                )
                for p in participants
                if p.pk in shares
            ]
        )
