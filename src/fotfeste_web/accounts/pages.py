"""What is shown about an account."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q

from fotfeste_web.rows.roles import Role

from .models import RecoveryRequest, User


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRole:
    role: Role
    service: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """A request to take away the second factor, as its person, the one who asked and the one who answers see it."""

    id: int
    name: str
    asked_by: str
    asked_at: datetime
    reason: str
    answer: str

    @classmethod
    def of(cls, recovery: RecoveryRequest) -> "Recovery":
        answer = "Godkjent" if recovery.agreed_at else "Avslått" if recovery.refused_at else ""
        return cls(
            id=recovery.pk,
            name=recovery.user.name,
            asked_by=recovery.asked_by.name,
            asked_at=recovery.asked_at,
            reason=recovery.reason,
            answer=answer,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    email: str
    may_change_email: bool  # the new address is proved by a letter to it
    roles: list[OwnRole]
    second_factors: list[str]
    recoveries: list[Recovery]

    @classmethod
    def of(cls, user: User, today: date) -> "AccountPage":
        held = user.memberships.filter(Q(ends_on=None) | Q(ends_on__gte=today)).select_related("service")  # type: ignore[attr-defined]
        kinds = Authenticator.objects.filter(user=user).values_list("type", flat=True)
        return cls(
            email=user.email,
            may_change_email=settings.MAIL_IS_SET_UP,
            roles=[
                OwnRole(
                    role=membership.as_role(),
                    service=membership.service.name if membership.service else "Hele installasjonen",
                    starts_on=membership.starts_on,
                    ends_on=membership.ends_on,
                )
                for membership in held.order_by("starts_on", "pk")
            ],
            second_factors=[
                label
                for kind, label in (("webauthn", "Passnøkkel"), ("totp", "Kode fra app"), ("recovery_codes", "Kodeark"))
                if kind in kinds
            ],
            recoveries=[
                Recovery.of(recovery)
                for recovery in user.recoveries.select_related("user", "asked_by").order_by("-asked_at")[:3]
            ],
        )
