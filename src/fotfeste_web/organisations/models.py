"""Services, the teams and offices round them, and who has which role where."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.rows.policies import USER, Rows, among, of_place
from fotfeste_web.rows.roles import Role, roles


class BodyKind(models.TextChoices):
    NAV = "nav", "NAV"
    HEALTH_TRUST = "health_trust", "Helseforetak"
    MUNICIPALITY = "municipality", "Kommune"
    FOUNDATION = "foundation", "Stiftelse"
    OTHER = "other", "Annen"


class Body(models.Model):
    """An employer of those who work in the services: NAV, a health trust, a municipality, a foundation."""

    kind = models.CharField("type", max_length=20, choices=BodyKind)
    name = models.CharField("navn", max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class Collaboration(models.TextChoices):
    """On what the service shares with treatment and NAV: what its own people have agreed on with their lawyers."""

    CONSENT = "consent", "Samtykke fra deltakeren"
    HEALTH_25 = "health_25", "Samarbeidende personell (helsepersonelloven § 25)"
    NAV_ALONE = "nav_alone", "NAV alene (NAV-loven § 7)"


@pghistory.track()
class Service(models.Model):
    """One IPS service. Its settings are the limits that its own people have agreed on."""

    name = models.CharField("navn", max_length=120, unique=True)
    catchment = models.CharField("opptaksområde", max_length=200, blank=True)
    quiet_days = models.PositiveSmallIntegerField("dager uten kontakt før det minnes om", default=14)
    first_employer_days = models.PositiveSmallIntegerField("dager til første arbeidsgivermøte", default=30)
    collaboration = models.CharField(
        "samarbeidsmodell", max_length=20, choices=Collaboration, default=Collaboration.CONSENT
    )
    created_at = models.DateTimeField(default=timezone.now)

    rows = Rows(
        seen=f"{among('id', 'my_places')} OR {among('id', 'my_managed')} OR (SELECT my_installation())",
        added="(SELECT my_installation())",
        changed=f"{among('id', 'my_managed')} OR {among('id', 'my_services')}",
    )

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class TreatmentTeam(models.Model):
    """A treatment team that the service works with: FACT, DPS, TSB, municipal."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="teams")
    name = models.CharField("navn", max_length=120)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField("nedlagt", null=True, blank=True)

    rows = of_place(written_by="my_managed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="team_name_in_service")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class NavOffice(models.Model):
    """A NAV office that the service works with."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="nav_offices")
    name = models.CharField("navn", max_length=120)
    closed_on = models.DateField("nedlagt", null=True, blank=True)

    rows = of_place(written_by="my_managed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "name"], name="office_name_in_service")]

    def __str__(self) -> str:
        return self.name


def role_choices() -> list[tuple[str, str]]:
    return [(role.id, role.name) for role in roles().values()]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self, today: "object") -> "MembershipQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)


# A participant's own account is no colleague: only the account itself and those who see the participant know of it.
_COLLEAGUES = (
    f"role <> 'deltaker' AND ({among('service_id', 'my_places')} OR {among('service_id', 'my_managed')}"
    " OR (service_id IS NULL AND (SELECT my_installation())))"
)
_MANAGED = f"{among('service_id', 'my_managed')} OR (SELECT my_installation())"


@pghistory.track()
class Membership(models.Model):
    """One person in one role in one service, from a day to a day. No service: administrator of the installation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="memberships")
    role = models.CharField("rolle", max_length=30, choices=role_choices)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, verbose_name="arbeidsgiver", related_name="+")
    team = models.ForeignKey(
        TreatmentTeam,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="behandlingsteam",
        related_name="members",
    )
    post_share = models.PositiveSmallIntegerField("stillingsprosent", default=100)
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til og med", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    rows = Rows(
        seen=f"user_id = {USER} OR ({_COLLEAGUES}) OR (role = 'deltaker' AND {among('service_id', 'my_services')})",
        added=_MANAGED,
        changed=_MANAGED,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(post_share__lte=100), name="post_share_at_most_100"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(service__isnull=False) | Q(role="administrator"),
                name="only_administrators_without_service",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="membership_user")]

    def as_role(self) -> Role:
        return Role.named(self.role)


class Invitation(models.Model):
    """A link that lets one person in, once. Only the hash of the link is kept."""

    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="invitations")
    email = models.EmailField("e-postadresse")
    name = models.CharField("navn", max_length=120)
    role = models.CharField("rolle", max_length=30, choices=role_choices)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, verbose_name="arbeidsgiver", related_name="+")
    team = models.ForeignKey(
        TreatmentTeam, models.PROTECT, null=True, blank=True, verbose_name="behandlingsteam", related_name="+"
    )
    post_share = models.PositiveSmallIntegerField("stillingsprosent", default=100)
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til og med", null=True, blank=True)
    link_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    rows = Rows(seen=_MANAGED, added=f"({_MANAGED}) AND invited_by_id = {USER}", changed=_MANAGED)
