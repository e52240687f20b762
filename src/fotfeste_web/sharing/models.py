"""Why somebody who is not the person's own job specialist may see them: cover, an opening with a reason, a share."""

from datetime import date

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.organisations.models import Body, Service
from fotfeste_web.rows.kinds import NAMES, Kind
from fotfeste_web.rows.policies import USER, WHOLE, WRITABLE, Rows, among


@pghistory.track()
class Cover(models.Model):
    """One job specialist covers for another, from a day to a day."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="covers")
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="covered_by", verbose_name="borte"
    )
    covering = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="covers_for", verbose_name="vikarierer"
    )
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til og med")

    # Only the one who goes away, or the supervisor, gives cover: nobody takes it.
    _GIVES = f"{among('service_id', 'my_services')} OR (absent_id = {USER} AND {among('service_id', 'my_work')})"
    rows = Rows(seen=among("service_id", "my_work"), added=_GIVES, changed=_GIVES)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_start"),
            models.CheckConstraint(condition=~Q(absent=F("covering")), name="cover_by_somebody_else"),
        ]
        indexes = [models.Index(fields=["covering", "ends_on"], name="cover_covering")]


class OpeningReason(models.TextChoices):
    COVER = "cover", "Jeg vikarierer"
    SUPERVISION = "supervision", "Veiledning i teamet"
    SHARED_EMPLOYER = "shared_employer", "Felles arbeidsgiver"


class Opening(models.Model):
    """A job specialist opened a colleague's participant, with a reason, for a limited time."""

    participant = models.ForeignKey("caseload.Participant", models.CASCADE, related_name="openings")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="openings")
    reason = models.CharField("grunn", max_length=20, choices=OpeningReason)
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()

    rows = Rows(
        seen=f"user_id = {USER} OR {WHOLE}",
        added=f"user_id = {USER} AND {among('service_id', 'my_work')} AND is_colleagues_participant(participant_id)",
    )

    class Meta:
        indexes = [models.Index(fields=["user", "ends_at"], name="opening_user")]


class Ground(models.TextChoices):
    CONSENT = "consent", "Samtykke"
    HEALTH_25 = "health_25", "Samarbeidende personell (helsepersonelloven § 25)"
    NAV_7 = "nav_7", "NAV-loven § 7 / forvaltningsloven § 13 b"
    OWN = "own", "Deltakeren har selv delt"


class ShareQuerySet(models.QuerySet["Share"]):
    def live(self, today: date) -> "ShareQuerySet":
        not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        return self.filter(not_over, starts_on__lte=today, withdrawn_at__isnull=True)


class ReceiverRole(models.TextChoices):
    THERAPIST = "behandler", "Behandler"
    EDUCATION_SPECIALIST = "arbeidsspesialist", "Arbeids- og utdanningsspesialist"
    NAV_ADVISER = "nav_veileder", "NAV-veileder"
    OTHER = "other", "Annen"


class GivenBy(models.TextChoices):
    """By whose statement it is shared."""

    PERSON = "person", "Deltakeren"
    GUARDIAN = "guardian", "Foresatt eller verge"
    PROFESSIONAL = "professional", "Den som deler, etter loven"


KINDS = [(kind.value, name) for kind, name in NAMES.items()]


def basis_alone() -> list[str]:
    return [Kind.BASIS.value]


@pghistory.track()
class Share(models.Model):
    """What a named person outside the caseload may see of a participant, on what ground, for what, how long."""

    participant = models.ForeignKey("caseload.Participant", models.CASCADE, related_name="shares")
    shared_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="shared_with_me", verbose_name="delt med"
    )
    # As they were when it was shared: the statement names them, and people change posts.
    receiver_role = models.CharField("rolle", max_length=20, choices=ReceiverRole, default=ReceiverRole.OTHER)
    receiver_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="virksomhet"
    )
    kinds = ArrayField(
        models.CharField(max_length=20, choices=KINDS), verbose_name="hva som deles", default=basis_alone
    )
    ground = models.CharField("grunnlag", max_length=20, choices=Ground)
    given_by = models.CharField("hvem har sagt det", max_length=20, choices=GivenBy, default=GivenBy.PERSON)
    guardian = models.CharField("foresatt eller verge", max_length=120, blank=True)
    purpose = models.CharField("formål", max_length=200)
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til og med", null=True, blank=True)
    told_how = models.CharField("hvordan deltakeren fikk vite det", max_length=200)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField("trukket tilbake", null=True)
    withdrawn_why = models.CharField("hvorfor", max_length=200, blank=True)

    objects = ShareQuerySet.as_manager()

    # Not to others it is shared with: with whom a person works is their own to tell.
    rows = Rows(
        seen=f"shared_with_id = {USER} OR {WHOLE}",
        added=f"shared_by_id = {USER} AND {WRITABLE}",
        changed=WRITABLE,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="share_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kinds__contains=basis_alone()) & Q(kinds__contained_by=[kind for kind, _ in KINDS]),
                name="share_covers_known_kinds",
            ),
            models.CheckConstraint(
                condition=Q(given_by=GivenBy.GUARDIAN) & ~Q(guardian="")
                | ~Q(given_by=GivenBy.GUARDIAN) & Q(guardian=""),
                name="share_by_a_named_guardian",
            ),
            models.CheckConstraint(
                condition=~Q(ground__in=["consent", "own"], given_by=GivenBy.PROFESSIONAL),
                name="share_consent_is_the_persons",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_why=""), name="share_withdrawn_with_its_reason"
            ),
        ]
        indexes = [models.Index(fields=["shared_with"], name="share_shared_with")]


class Home(models.TextChoices):
    """Where a record belongs: the archive of those who employ its author."""

    NAV = "nav", "NAV"
    HEALTH = "health", "Helse"
    COMMON = "common", "Felles"


class Destination(models.TextChoices):
    """The system that a disclosed text is put into."""

    PATIENT_RECORD = "patient_record", "Pasientjournalen"
    NAV_FILE = "nav_file", "Saken hos NAV"


@pghistory.track()
class Disclosure(models.Model):
    """Text that was given to another system: to whom, on what ground, what exactly. Given is given: never changed."""

    participant = models.ForeignKey("caseload.Participant", models.CASCADE, related_name="disclosures")
    destination = models.CharField("hvor teksten skal", max_length=20, choices=Destination)
    receiver = models.CharField("mottaker", max_length=160)
    ground = models.CharField("grunnlag", max_length=20, choices=Ground)
    purpose = models.CharField("formål", max_length=200)
    kinds = ArrayField(models.CharField(max_length=20, choices=KINDS), verbose_name="hva det handler om")
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til og med")
    text = models.TextField("teksten som ble gitt", max_length=20000)
    told_how = models.CharField("hvordan deltakeren fikk vite det", max_length=200)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    rows = Rows(seen=WHOLE, added=f"given_by_id = {USER} AND {WRITABLE}")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="disclosure_ends_after_start"),
            models.CheckConstraint(
                condition=Q(kinds__len__gt=0) & Q(kinds__contained_by=[kind for kind, _ in KINDS]),
                name="disclosure_of_known_kinds",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="disclosure_has_text"),
        ]


class LookupCheck(models.Model):
    """A leader has gone through the look-ups of a month that stood out, and signed. Once a service and month."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    month = models.DateField("måned")  # its first day
    stood_out = models.PositiveIntegerField("antall som skilte seg ut")
    comment = models.TextField("hva som er gjort", max_length=2000, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)

    _CHECKS = among("service_id", "my_checks")
    rows = Rows(seen=_CHECKS, added=f"{_CHECKS} AND signed_by_id = {USER}")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "month"], name="lookups_checked_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="lookups_checked_for_a_whole_month"),
        ]
