"""What was taken out of a service for analysis: by whom, when and what for. What it held is kept nowhere."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import USER, Rows, among


class What(models.TextChoices):
    TABLES = "tables", "Alle tabeller, med dataordbok"
    RECORDS = "records", "Registreringene som tall og metodetrohet regnes av"
    PARTICIPANTS = "participants", "Deltakerfil til oppfølging i registre"


class Extract(models.Model):
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    what = models.CharField("hva", max_length=12, choices=What)
    purpose = models.CharField("formål", max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    _LED = among("service_id", "my_services")
    rows = Rows(seen=_LED, added=f"{_LED} AND asked_by_id = {USER}")

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["service", "-asked_at"], name="extract_service")]
