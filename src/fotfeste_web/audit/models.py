"""Two logs that the site can add to and never change, and the memory of forms that were sent."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

from fotfeste_web.rows.policies import USER, WHOLE, Rows, among

ABOUT = (
    f"user_id = {USER} OR {among('service_id', 'my_services')}"
    f" OR {WHOLE}"  # not to those it is shared with
)


class WriteEvent(models.Model):
    """One action: who did what to which record. What was written stands in the history of the record."""

    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    service_id = models.BigIntegerField(null=True)
    participant_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    details = models.JSONField(default=dict)

    # What nobody did, such as a failed sign-in, is written by one who is nobody, and seen by nobody else.
    rows = Rows(seen=f"{ABOUT} OR user_id IS NOT DISTINCT FROM {USER}", added=f"user_id IS NOT DISTINCT FROM {USER}")

    class Meta:
        indexes = [
            models.Index(fields=["participant_id", "-at"], name="write_participant"),
            models.Index(fields=["user", "-at"], name="write_user"),
        ]


class ReadEvent(models.Model):
    """One look: who saw what of whom, on what ground. A list leaves one event with the participants on it."""

    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    service_id = models.BigIntegerField(null=True)
    participant_id = models.UUIDField(null=True)
    participants = ArrayField(models.UUIDField(), default=list)
    page = models.CharField(max_length=60)
    ground = models.CharField(max_length=60)

    # A list is seen by those who see somebody on it.
    _ON_LIST = (
        "participants &&"
        " (SELECT coalesce(my_participants(), '{}') || coalesce(shown_participants('whole'), '{}'))::uuid[]"
    )
    rows = Rows(seen=f"{ABOUT} OR {_ON_LIST}", added=f"user_id = {USER}")

    class Meta:
        indexes = [
            GinIndex(fields=["participants"], name="read_list_participants"),
            models.Index(fields=["participant_id", "-at"], name="read_participant"),
            models.Index(fields=["user", "-at"], name="read_user"),
        ]


class SentForm(models.Model):
    """A form that was sent and saved, so that the same form sent twice is stored once."""

    key = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    location = models.CharField(max_length=500, default="")

    rows = Rows(
        seen=f"user_id = {USER}",
        added=f"user_id = {USER}",
        changed=f"user_id = {USER}",
        removed=f"user_id = {USER}",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_sent_once")]
