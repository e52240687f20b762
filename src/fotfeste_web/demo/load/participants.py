"""Participants and their referrals."""

from fotfeste.norway.identity import parse_identity
from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.identity import encrypt, hash_in_service
from fotfeste_web.caseload.models import Participant, Referral
from fotfeste_web.demo.story import world as told

from .loaded import ROWS_AT_A_TIME, Loaded, has_begun


def load(loaded: Loaded) -> None:
    accounts = {person.participant: loaded.users[person.key] for person in loaded.world.people if person.participant}
    rows = [_participant(loaded, one, accounts.get(one.key)) for one in loaded.world.participants]
    Participant.objects.bulk_create(rows)
    loaded.participants = {one.key: row for one, row in zip(loaded.world.participants, rows, strict=True)}
    Referral.objects.bulk_create((_referral(loaded, *one) for one in loaded.periods()), batch_size=ROWS_AT_A_TIME)


def _participant(loaded: Loaded, one: told.Participant, account: User | None) -> Participant:
    first_name, last_name = one.name.split(" ", 1)
    last = one.periods[-1].referral
    therapist, service = loaded.user(last.therapist), loaded.services[one.service]
    row = Participant(
        service=service,
        first_name=first_name,
        last_name=last_name,
        birth_year=one.born_on.year,
        treatment_team=loaded.teams[last.team] if last.team else None,
        therapist=therapist.name if therapist else "",
        nav_office=loaded.offices[last.nav_office],
        nav_adviser=loaded.users[last.nav_adviser].name,
        user=account,
        registered_by=_registers(loaded, one.periods[0], one.service),
        registered_at=loaded.at_work(one.periods[0].referral.referred_on),
    )
    if one.identity_number:
        identity = parse_identity(one.identity_number)
        row.identity_encrypted = encrypt(identity, row.pk)
        row.identity_hash = hash_in_service(identity, service.pk)
    return row


def _referral(loaded: Loaded, one: told.Participant, period: told.Period) -> Referral:
    given, participant = period.referral, loaded.participants[one.key]
    by = _registers(loaded, period, one.service)
    # Who has a job specialist and no start-up meeting yet is still waiting.
    outcome = given.outcome if given.outcome != "started" or has_begun(period) else None
    consent = given.consent
    return Referral(
        participant=participant,
        service=participant.service,
        received_on=given.referred_on,
        source=given.source,
        referrer=by.name if given.source in ("therapist", "nav") else "",
        wish=given.wish,
        short_name=participant.short_name,
        registered_by=by,
        registered_at=loaded.at_work(given.referred_on),
        under_18=consent is not None,
        consent_by=consent.given_by if consent else "",
        consent_to=consent.covers if consent else "",
        consent_until=consent.until if consent else None,
        outcome=outcome or "",
        not_offered_reason=given.not_offered_reason or "",
        concluded_on=given.decided_on if outcome else None,
        conclusion_note=given.text if outcome else "",
    )


def _registers(loaded: Loaded, period: told.Period, service: str) -> User:
    """The therapist or the NAV adviser who refers; else the one who was called: a job specialist, or the supervisor."""
    referral = period.referral
    by = {"therapist": referral.therapist, "nav": referral.nav_adviser}
    if referral.source == "person" and period.assignments:
        by["person"] = period.assignments[0].specialist
    return loaded.user(by.get(referral.source)) or loaded.supervisor(service)
