"""Ukens gjennomgang: the supervisor has gone through a job specialist's employer contacts of one week."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import USER, Rows, among


@pghistory.track()
class WeekReview(models.Model):
    """The stamp on one week (IPS-25 item 17 asks that the contacts are reviewed weekly by the supervisor)."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    specialist = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    monday = models.DateField("uke fra")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(default=timezone.now)
    comment = models.TextField("kommentar", max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)

    _STAMPS = f"{among('service_id', 'my_services')} AND reviewed_by_id = {USER} AND specialist_id <> {USER}"
    rows = Rows(seen=f"specialist_id = {USER} OR {among('service_id', 'my_services')}", added=_STAMPS, changed=_STAMPS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["specialist", "monday", "service"], name="week_reviewed_once"),
            models.CheckConstraint(condition=~Q(specialist=F("reviewed_by")), name="week_reviewed_by_another"),
            models.CheckConstraint(condition=Q(monday__iso_week_day=1), name="week_begins_on_monday"),
        ]
