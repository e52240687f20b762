"""The end of a record: two people who take away what was wrongly entered, what went to the owner's archive, and the
sealed line that stays."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import MINE, USER, Rows, among

_OF_MINE = f"participant_id IN (SELECT id FROM caseload_participant WHERE {MINE})"
_LEADS = among("service_id", "my_services")


class RemovalReason(models.TextChoices):
    WRONG_PERSON = "wrong_person", "Skrevet på feil person"
    TWICE = "twice", "Ført to ganger"
    NOT_OURS = "not_ours", "Personen skulle ikke vært registrert her"


class Removal(models.Model):
    """One person says that a record was wrongly entered; it goes when a second one agrees, and this request with it."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    participant = models.ForeignKey("caseload.Participant", models.CASCADE, related_name="+")
    kind = models.CharField("hva", max_length=40)  # the word in policies/retention.yaml
    subject_id = models.CharField(max_length=40)
    reason = models.CharField("grunn", max_length=20, choices=RemovalReason)
    explanation = models.TextField("hvordan det ble oppdaget", max_length=500, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField("hvorfor ikke", max_length=300, blank=True)

    # Also of a locked record. Who refuses is the one who is signed in: one who leads, or takes the own request back.
    rows = Rows(
        seen=_OF_MINE,
        added=f"asked_by_id = {USER} AND {_OF_MINE}",
        changed=f"({_LEADS} OR asked_by_id = {USER}) AND {_OF_MINE}"
        f" AND (refused_by_id IS NULL OR refused_by_id = {USER})",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=Q(refused_at__isnull=True), name="removal_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_by__isnull=True, refusal="")
                | Q(refused_at__isnull=False, refused_by__isnull=False) & ~Q(refusal=""),
                name="removal_refused_with_reason",
            ),
        ]


class SealedReason(models.TextChoices):
    WRONG_PERSON = RemovalReason.WRONG_PERSON.value, RemovalReason.WRONG_PERSON.label
    TWICE = RemovalReason.TWICE.value, RemovalReason.TWICE.label
    NOT_OURS = RemovalReason.NOT_OURS.value, RemovalReason.NOT_OURS.label
    TIME_OUT = "time_out", "Oppbevaringstiden er ute"


class Sealed(models.Model):
    """That something was erased: what kind, when, why, by which two. Only the functions that erase write it."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    reason = models.CharField(max_length=20, choices=SealedReason)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    rows = Rows(seen=f"{_LEADS} OR asked_by_id = {USER}")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason="time_out", asked_by__isnull=True, confirmed_by__isnull=True)
                | ~Q(reason="time_out")
                & Q(asked_by__isnull=False, confirmed_by__isnull=False, asked_at__isnull=False)
                & ~Q(asked_by=F("confirmed_by")),
                name="sealed_by_two_people",
            ),
        ]
        indexes = [models.Index(fields=["service", "-at"], name="sealed_service")]


class Export(models.Model):
    """That the record of a closed participant was written to the owner's archive: when, and a hash of the file."""

    participant = models.ForeignKey("caseload.Participant", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sha256 = models.CharField(max_length=64)

    # Written by the night's work, within a service: no one person exports, and a locked record can be.
    rows = Rows(seen=_OF_MINE, added=f"participant_id IN (SELECT id FROM caseload_participant WHERE {_LEADS})")
