"""The person. No diagnosis, no treatment: who it is, how to reach them, who else is round them."""

from uuid import uuid4

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from fotfeste_web.organisations.models import NavOffice, Service, TreatmentTeam
from fotfeste_web.rows.policies import MINE, Rows, among


@pghistory.track()
class Participant(models.Model):
    """A person in one service. Who sees this row sees the person: every child table asks it.

    The key is made by the site, so that one who registers a referral need not see the row to have it stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="participants")
    first_name = models.CharField("fornavn", max_length=80)
    last_name = models.CharField("etternavn", max_length=80)
    birth_year = models.PositiveSmallIntegerField("fødselsår", null=True, blank=True)
    phone = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("e-postadresse", blank=True)
    treatment_team = models.ForeignKey(
        TreatmentTeam,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="behandlingsteam",
        related_name="participants",
    )
    therapist = models.CharField("behandler", max_length=120, blank=True)
    nav_office = models.ForeignKey(
        NavOffice,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="NAV-kontor",
        related_name="participants",
    )
    nav_adviser = models.CharField("NAV-veileder", max_length=120, blank=True)
    # Optional; encrypted with a key outside the database, found by a keyed hash that is unique within the service only.
    identity_encrypted = models.BinaryField(null=True, editable=False)
    identity_hash = models.BinaryField(max_length=32, null=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="participant"
    )
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField(default=timezone.now)
    # Closed so long that nothing more is written; a new referral opens it again.
    locked_on = models.DateField("låst", null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    rows = Rows(
        seen=f"{MINE} OR {among('id', 'shown_participants', 'uuid')}",
        added=among("service_id", "my_intake"),
        changed=MINE,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "identity_hash"], name="identity_once_in_service"),
            models.CheckConstraint(
                condition=models.Q(identity_hash__isnull=True, identity_encrypted__isnull=True)
                | models.Q(identity_hash__isnull=False, identity_encrypted__isnull=False),
                name="identity_with_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def short_name(self) -> str:
        """The name as lists show it: «Vakker B.»."""
        return f"{self.first_name} {self.last_name[:1]}."
