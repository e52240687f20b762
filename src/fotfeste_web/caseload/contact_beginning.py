"""From where a new contact is begun: the address says which kind, with whom, and in which round."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.roles import Permission

from .contact_setting import (
    USUAL_MINUTES,
    USUAL_PLACE,
    Setting,
    candidates,
    rounds_of_day,
    usual_purpose,
    usual_travel,
)
from .models import Contact, ContactKind, Employer, Participant, Round
from .reach import participant_for

KINDS = {
    "arbeidsgiver": ContactKind.EMPLOYER,
    "deltaker": ContactKind.PARTICIPANT,
    "nav": ContactKind.NAV,
    "team": ContactKind.TREATMENT_TEAM,
    "annet": ContactKind.OTHER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    service: Service
    kind: ContactKind
    participant: Participant | None
    employer: Employer | None
    round: Round | None

    @classmethod
    def of(cls, request: HttpRequest, *, page: str) -> "Beginning":
        """Read the address. What it names must be there for this person: else 404, or 403 where it is only shown."""
        asked = request.GET
        participant = _participant(request, asked.get("deltaker"), page)
        employer = _named(Employer, asked.get("arbeidsgiver"))
        round_ = _named(Round, asked.get("runde"), specialist=request.user)
        usual = "deltaker" if participant and not employer else "arbeidsgiver"
        try:
            kind = KINDS[asked.get("type") or usual]
        except KeyError:
            raise Http404 from None
        belongs = next((row.service_id for row in (participant, employer, round_) if row), asked.get("tjeneste"))
        service = working_in(request, Permission.LOG_CONTACT, belongs)
        if any(row and row.service_id != service.pk for row in (participant, employer, round_)):
            raise Http404
        return cls(service=service, kind=kind, participant=participant, employer=employer, round=round_)

    def contact(self, *, on: date, at: time | None, **facts: Any) -> Contact:
        """Make a contact with what is usual for its kind, not stored."""
        with_employer = self.kind == ContactKind.EMPLOYER
        return Contact(
            service=self.service,
            kind=self.kind,
            on=self.round.on if self.round else on,
            starts_at=at,
            minutes=USUAL_MINUTES,
            place=USUAL_PLACE.get(self.kind, ""),
            employer=self.employer if with_employer else None,
            purpose=usual_purpose(self.employer) if with_employer else "",
            **facts,
        )

    def setting(self, request: HttpRequest, on: date) -> Setting:
        return Setting(
            candidates=candidates(request.scope, self.service.pk),
            rounds=rounds_of_day(request.user.pk, on, but=self.round) if self.round is None else (),
            round=self.round,
            usual_travel=usual_travel(request.user.pk, self.employer.pk if self.employer else None),
        )

    @property
    def lines(self) -> dict[UUID, str]:
        return {self.participant.pk: ""} if self.participant else {}


def working_in(request: HttpRequest, permission: Permission, service_id: object = None) -> Service:
    """Give the service that a new record belongs to: the one named, or the first where this person may."""
    services = request.scope.services(permission)
    if service_id is not None:
        services = [pk for pk in services if str(pk) == str(service_id)]
    if not services:
        raise Http404
    return get_object_or_404(Service, pk=services[0])


def rounded(now: datetime) -> time:
    """Give the time of day to the nearest five minutes before: as one says it."""
    return (now - timedelta(minutes=now.minute % 5)).time().replace(second=0, microsecond=0)


def _participant(request: HttpRequest, text: str | None, page: str) -> Participant | None:
    if not text:
        return None
    try:
        participant_id = UUID(text)
    except ValueError:
        raise Http404 from None
    return participant_for(request, participant_id, page=page, write=True)


def _named(model: Any, text: str | None, **also: Any) -> Any:
    if not text:
        return None
    if not text.isdecimal():
        raise Http404
    return get_object_or_404(model, pk=text, **also)
