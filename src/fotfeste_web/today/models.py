"""What was put off, until when and why. The items themselves follow from the records and are stored nowhere."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import about_participant


class Postponement(models.Model):
    """A due item that somebody put off: «senere», with a day and a reason."""

    participant = models.ForeignKey("caseload.Participant", models.CASCADE, related_name="postponements")
    rule = models.CharField(max_length=40)
    until = models.DateField("til")
    reason = models.CharField("hvorfor", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    rows = about_participant(Kind.BASIS)

    class Meta:
        indexes = [models.Index(fields=["participant", "rule", "-at"], name="postponement_latest")]
