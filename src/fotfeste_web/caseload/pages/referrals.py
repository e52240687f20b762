"""The waiting list, one referral, and those who did not get an offer."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Assignment, NotOfferedReason, Referral, ReferralOutcome, ReferralSource

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Filter:
    label: str
    href: str
    current: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    id: int
    participant_id: UUID
    name: str
    service: str
    received_on: date
    days: int  # waited, until concluded or today
    specialist: str
    outcome: str
    reason: str
    source: str
    concluded_on: date | None

    @classmethod
    def of(cls, referral: Referral, today: date, *, name: str, specialist: str = "") -> "ReferralRow":
        return cls(
            id=referral.pk,
            participant_id=referral.participant_id,
            name=name,
            service=referral.service.name,
            received_on=referral.received_on,
            days=((referral.concluded_on or today) - referral.received_on).days,
            specialist=specialist,
            outcome=referral.get_outcome_display(),
            reason=referral.get_not_offered_reason_display(),
            source=referral.get_source_display(),
            concluded_on=referral.concluded_on,
        )


LISTS = {
    "venter": ("Venter", Q(outcome="")),
    "tildelt": ("Tildelt, ikke startet", Q(outcome="", is_assigned=True)),
    "avsluttet": ("Avsluttet", ~Q(outcome="")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamReferrals:
    """The waiting list of those who assign."""

    shown: str
    filters: list[Filter]
    rows: list[ReferralRow]
    pages: Page[Any]
    several_services: bool

    @classmethod
    def of(cls, services: list[int], *, shown: str, number: str | None, today: date) -> "TeamReferrals":
        shown = shown if shown in LISTS else "venter"
        live = _live(today).filter(participant=OuterRef("participant"))
        found = Referral.objects.filter(service__in=services).annotate(is_assigned=Exists(live))
        filters = [
            Filter(label, f"?vis={key}", key == shown, found.filter(condition).count())
            for key, (label, condition) in LISTS.items()
        ]
        order = ("-concluded_on", "-pk") if shown == "avsluttet" else ("received_on", "pk")
        chosen = found.filter(LISTS[shown][1]).select_related("participant", "service").order_by(*order)
        pages = Paginator(chosen, A_PAGE).get_page(number)
        referrals = list(pages.object_list)
        about = _live(today).filter(participant__in=[referral.participant_id for referral in referrals])
        specialist = {a.participant_id: a.specialist.name for a in about.select_related("specialist")}
        rows = [
            ReferralRow.of(
                referral, today, name=str(referral.participant), specialist=specialist.get(referral.participant_id, "")
            )
            for referral in referrals
        ]
        return cls(shown=shown, filters=filters, rows=rows, pages=pages, several_services=len(services) > 1)


def own_referrals(user: User, *, but_not_in: list[int], today: date) -> list[ReferralRow]:
    """What a person has registered: how it goes, and no more. The longest waiting first, then the concluded."""
    own = Referral.objects.filter(registered_by=user).exclude(service__in=but_not_in).select_related("service")
    waiting, concluded = (
        own.filter(outcome="").order_by("received_on"),
        own.exclude(outcome="").order_by("-concluded_on"),
    )
    return [ReferralRow.of(referral, today, name=referral.short_name) for referral in (*waiting, *concluded)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """One referral, for those who see the person."""

    row: ReferralRow
    participant_name: str
    is_open: bool
    wish: str
    referrer: str
    registered_by: str
    treatment_team: str
    under_18: bool
    consent_by: str
    consent_to: str
    consent_until: date | None
    note: str

    @classmethod
    def of(cls, referral: Referral, today: date) -> "ReferralPage":
        participant = referral.participant
        assignment = _live(today).filter(participant=participant).select_related("specialist").first()
        specialist = assignment.specialist.name if assignment else ""
        return cls(
            row=ReferralRow.of(referral, today, name=str(participant), specialist=specialist),
            participant_name=str(participant),
            is_open=not referral.outcome,
            wish=referral.wish,
            referrer=referral.referrer,
            registered_by=referral.registered_by.name if referral.registered_by else "",
            treatment_team=participant.treatment_team.name if participant.treatment_team else "",
            under_18=referral.under_18,
            consent_by=referral.consent_by,
            consent_to=referral.consent_to,
            consent_until=referral.consent_until,
            note=referral.conclusion_note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOfferedPage:
    """The zero-exclusion list: who wished for work and got no offer, why, and how long they waited."""

    total: int
    reasons: list[Filter]
    sources: list[tuple[str, int]]
    rows: list[ReferralRow]
    pages: Page[Any]

    @classmethod
    def of(cls, services: list[int], *, reason: str, number: str | None, today: date) -> "NotOfferedPage":
        found = Referral.objects.filter(service__in=services, outcome=ReferralOutcome.NOT_OFFERED)
        counted = list(found.values_list("not_offered_reason", "source"))
        by_reason, by_source = Counter(r for r, _ in counted), Counter(s for _, s in counted)
        chosen = found.filter(not_offered_reason=reason) if reason in NotOfferedReason.values else found
        ordered = chosen.select_related("participant", "service").order_by("-concluded_on", "-pk")
        pages = Paginator(ordered, A_PAGE).get_page(number)
        return cls(
            total=len(counted),
            reasons=[
                Filter("Alle", "?", reason not in NotOfferedReason.values, len(counted)),
                *(
                    Filter(label, f"?grunn={key}", key == reason, by_reason[key])
                    for key, label in NotOfferedReason.choices
                ),
            ],
            sources=[(label, by_source[key]) for key, label in ReferralSource.choices if by_source[key]],
            rows=[ReferralRow.of(r, today, name=str(r.participant)) for r in pages.object_list],
            pages=pages,
        )


def _live(today: date) -> QuerySet[Assignment]:
    """The assignments that run now or are agreed to begin."""
    return Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today)).order_by("-starts_on")
