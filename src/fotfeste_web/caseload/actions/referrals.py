"""A referral is received, and concluded."""

from datetime import date
from typing import Any

from fotfeste.norway.identity import Identity
from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.caseload.identity import encrypt, hashes_in_service
from fotfeste_web.caseload.models import Participant, Referral, ReferralOutcome, ReferralSource
from fotfeste_web.organisations.models import Service, TreatmentTeam
from fotfeste_web.rows.scope import let_in

from .endings import NoLongerOpen, close_after_death, end_running, lock


class AlreadyStarted(Exception):
    """The participant is in a period now, and cannot be referred again until it has ended."""


@action
def refer(
    service: Service,
    *,
    first_name: str,
    last_name: str,
    birth_year: int | None,
    phone: str,
    treatment_team: TreatmentTeam | None,
    identity: Identity | None,
    by: User,
    **referral: Any,
) -> Referral:
    """Register a person and the referral in one. The one who refers need not see the person afterwards."""
    participant = Participant(
        service=service,
        first_name=first_name,
        last_name=last_name,
        birth_year=birth_year,
        phone=phone,
        treatment_team=treatment_team,
        therapist=referral["referrer"] if referral["source"] == ReferralSource.THERAPIST else "",
        registered_by=by,
    )
    newer: list[bytes] = []
    if identity is not None:
        participant.identity_encrypted = encrypt(identity, participant.pk)
        *newer, participant.identity_hash = hashes_in_service(identity.digits, service.pk)
    participant.save(force_insert=True)
    let_in(participant.pk)
    if newer:  # while a key takes over: the number is taken when it is, by either key
        Participant.objects.filter(pk=participant.pk).update(identity_hash=newer[0])
    return _receive(participant, returning=False, by=by, **referral)


@action
def refer_again(participant: Participant, *, by: User, **referral: Any) -> Referral:
    """Register a return: a new referral on the same history, which is written in again if it was locked."""
    lock(participant)
    if participant.periods.filter(ends_on=None).exists():
        raise AlreadyStarted
    Participant.objects.filter(pk=participant.pk).exclude(locked_on=None).update(locked_on=None)
    return _receive(participant, returning=True, by=by, **referral)


def _receive(
    participant: Participant,
    *,
    received_on: date,
    source: str,
    referrer: str,
    wish: str,
    under_18: bool,
    consent_by: str,
    consent_to: str,
    consent_until: date | None,
    returning: bool,
    by: User,
) -> Referral:
    referral = Referral.objects.create(
        participant=participant,
        service_id=participant.service_id,
        short_name=participant.short_name,
        received_on=received_on,
        source=source,
        referrer=referrer,
        wish=wish,
        under_18=under_18,
        consent_by=consent_by,
        consent_to=consent_to,
        consent_until=consent_until,
        registered_by=by,
    )
    record("referral.received", subject=referral, by=by, source=source, returning=returning)
    return referral


@action
def conclude(referral: Referral, *, outcome: str, reason: str, on: date, note: str, by: User) -> Referral:
    """End a referral that did not lead to a start, and the assignment that waited for it."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if referral.outcome:
        raise NoLongerOpen
    referral.outcome, referral.not_offered_reason = outcome, reason
    referral.concluded_on, referral.conclusion_note = on, note
    referral.version += 1
    referral.save()
    end_running(referral.participant.assignments.all(), on)
    if outcome == ReferralOutcome.DIED:
        close_after_death(referral.participant, on)
    record("referral.concluded", subject=referral, by=by, outcome=outcome, reason=reason)
    return referral
