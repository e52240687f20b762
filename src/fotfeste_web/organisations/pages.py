"""What is shown about people, roles and places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.accounts.models import RecoveryRequest, User
from fotfeste_web.accounts.pages import Recovery
from fotfeste_web.rows.roles import Role
from fotfeste_web.rows.scope import Scope

from . import managed
from .invitations import Opened
from .models import Invitation, Membership, NavOffice, Service, TreatmentTeam

EVERYWHERE = "Hele installasjonen"
FORMER_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One role of one person, now, to come, or before."""

    id: int
    name: str
    email: str
    role: str
    service: str
    employer: str
    team: str
    post_share: int
    starts_on: date
    ends_on: date | None
    href: str

    @classmethod
    def of(cls, membership: Membership) -> "Member":
        return cls(
            id=membership.pk,
            name=membership.user.name,
            email=membership.user.email,
            role=membership.as_role().name,
            service=membership.service.name if membership.service else EVERYWHERE,
            employer=membership.body.name if membership.body else "",
            team=membership.team.name if membership.team else "",
            post_share=membership.post_share,
            starts_on=membership.starts_on,
            ends_on=membership.ends_on,
            href=reverse("membership", args=[membership.pk]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An invitation without an answer."""

    id: int
    name: str
    email: str
    role: str
    service: str
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    expired: bool
    href: str

    @classmethod
    def of(cls, invitation: Invitation, now: datetime) -> "Waiting":
        return cls(
            id=invitation.pk,
            name=invitation.name,
            email=invitation.email,
            role=Role.named(invitation.role).name,
            service=invitation.service.name if invitation.service else EVERYWHERE,
            invited_by=invitation.invited_by.name if invitation.invited_by else "",
            invited_at=invitation.invited_at,
            expires_at=invitation.expires_at,
            expired=invitation.expires_at <= now,
            href=reverse("invitation", args=[invitation.pk]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    services: list[Service]
    filters: list[Filter]
    may_add_service: bool
    members: list[Member]
    waiting: list[Waiting]
    former: list[Member]
    recoveries: list[Recovery]

    @classmethod
    def of(cls, scope: Scope, today: date, chosen: int | None) -> "PeoplePage":
        services = list(managed.services(scope))
        memberships, invitations = managed.memberships(scope), managed.invitations(scope)
        if chosen is not None:
            memberships, invitations = memberships.filter(service=chosen), invitations.filter(service=chosen)
        by_name = memberships.order_by("user__name", "starts_on", "pk")
        recoveries = RecoveryRequest.objects.waiting(timezone.now()).exclude(user=scope.user_id)
        return cls(
            services=services,
            filters=_filters(services, chosen) if len(services) > 1 else [],
            may_add_service=scope.installs,
            members=[Member.of(membership) for membership in by_name.exclude(ends_on__lt=today)],
            waiting=[Waiting.of(invitation, timezone.now()) for invitation in invitations.order_by("-invited_at")],
            former=[
                Member.of(membership)
                for membership in memberships.filter(ends_on__lt=today).order_by("-ends_on", "pk")[:FORMER_SHOWN]
            ],
            recoveries=[
                Recovery.of(recovery)
                for recovery in recoveries.select_related("user", "asked_by").order_by("asked_at", "pk")
            ],
        )


def _filters(services: Iterable[Service], chosen: int | None) -> list[Filter]:
    return [
        Filter(label="Alle", href=reverse("people"), current=chosen is None),
        *(Filter(label=s.name, href=f"{reverse('people')}?tjeneste={s.pk}", current=s.pk == chosen) for s in services),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipPage:
    member: Member
    sees: str
    ended: bool
    others: list[Member]  # the same person's other roles and earlier terms, as far as this administrator manages them

    @classmethod
    def of(cls, membership: Membership, scope: Scope, today: date) -> "MembershipPage":
        others = managed.memberships(scope).filter(user=membership.user_id).exclude(pk=membership.pk)
        return cls(
            member=Member.of(membership),
            sees=membership.as_role().sees,
            ended=membership.ends_on is not None and membership.ends_on < today,
            others=[Member.of(other) for other in others.order_by("-starts_on", "-pk")],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage:
    """What somebody else must take over when this person leaves: how many, for an administrator sees nobody."""

    member: Member
    participants: int
    covers: int

    @classmethod
    def of(cls, membership: Membership, today: date) -> "EndPage":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT participants, covers FROM left_behind(%s, %s, %s)",
                [membership.user_id, membership.service_id, today],
            )
            participants, covers = cursor.fetchone() or (0, 0)
        return cls(member=Member.of(membership), participants=participants, covers=covers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    name: str
    body: str
    closed_on: date | None
    close_href: str

    @classmethod
    def of(cls, place: TreatmentTeam | NavOffice) -> "Place":
        is_team = isinstance(place, TreatmentTeam)
        return cls(
            name=place.name,
            body=place.body.name if is_team and place.body else "",
            closed_on=place.closed_on,
            close_href=reverse("team_close" if is_team else "office_close", args=[place.pk]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    id: int
    name: str
    teams: list[Place]
    offices: list[Place]

    @classmethod
    def of(cls, service: Service, scope: Scope) -> "ServicePage":
        return cls(
            id=service.pk,
            name=service.name,
            teams=[Place.of(team) for team in managed.teams(scope).filter(service=service)],
            offices=[Place.of(office) for office in managed.offices(scope).filter(service=service)],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptPage:
    """What one is invited to, and what stands between: an account to make, to sign in to, or somebody else's."""

    role: Role
    service: str
    invited_by: str
    employer: str
    starts_on: date
    ends_on: date | None
    email: str
    asks: str  # "account", "sign_in", "yes", or "other" when another person is signed in here

    @classmethod
    def of(cls, opened: Opened, user: User | None, today: date) -> "AcceptPage":
        invitation = opened.invitation or Invitation(role="administrator", starts_on=today)
        if user is not None:
            asks = "yes" if not opened.email or user.email == opened.email else "other"
        else:
            asks = "sign_in" if opened.email and User.objects.filter(email=opened.email).exists() else "account"
        return cls(
            role=Role.named(invitation.role),
            service=invitation.service.name if invitation.service else EVERYWHERE,
            invited_by=invitation.invited_by.name if invitation.invited_by else "",
            employer=invitation.body.name if invitation.body else "",
            starts_on=invitation.starts_on,
            ends_on=invitation.ends_on,
            email=opened.email,
            asks=asks,
        )
