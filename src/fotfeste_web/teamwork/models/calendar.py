"""The secret address of a person's calendar. Only its hash is kept."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from fotfeste_web.rows.policies import USER, Rows


@pghistory.track(exclude=["link_hash"])
class CalendarLink(models.Model):
    """One person's calendar address. Withdrawn it is gone; a new one is another address."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    link_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    _MINE = f"user_id = {USER}"
    rows = Rows(seen=_MINE, added=_MINE, changed=_MINE, removed=_MINE)
