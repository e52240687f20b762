"""Work that takes long: what was asked for, how far it has come, and what came of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from fotfeste_web.rows.policies import USER, Rows


class State(models.TextChoices):
    WAITING = "waiting", "Venter"
    DOING = "doing", "Arbeider"
    DONE = "done", "Ferdig"
    FAILED = "failed", "Stoppet"


class Work(models.Model):
    """Seen by the one who asked, and by nobody else. What it made is kept encrypted, and for a week."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)
    about = models.JSONField(default=dict)  # numbers of rows and codes, never what somebody wrote
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    sentence = models.CharField(max_length=500, blank=True)
    link = models.CharField(max_length=200, blank=True)
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=100, blank=True)
    media_type = models.CharField(max_length=100, blank=True)

    _MINE = f"asked_by_id = {USER}"
    rows = Rows(seen=_MINE, added=_MINE, changed=_MINE)

    class Meta:
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="work_newest_first")]
        ordering = ["-asked_at"]

    @property
    def ended(self) -> bool:
        return self.state in (State.DONE, State.FAILED)
