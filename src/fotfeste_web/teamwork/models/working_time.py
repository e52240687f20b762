"""Who is at work, how much, and on what: without it nobody can tell a quiet week from a week away."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.caseload.models.phases import ends_after_start
from fotfeste_web.caseload.models.ranges import IntRange, no_overlap
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import USER, Rows, among
from fotfeste_web.sharing.models import Cover

_OWN = f"specialist_id = {USER} AND {among('service_id', 'my_work')}"
OWN_OR_LED = f"{among('service_id', 'my_services')} OR ({_OWN})"


@pghistory.track()
class WeeklyHours(models.Model):
    """Agreed hours a week from a day, where they are not the share of a full post."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    specialist = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    hours = models.DecimalField("timer i uka", max_digits=4, decimal_places=2)
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til", null=True, blank=True)

    rows = Rows(seen=among("service_id", "my_work"), added=OWN_OR_LED, changed=OWN_OR_LED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=48), name="weekly_hours_between_0_and_48"),
            ends_after_start("weekly_hours_end_after_start"),
            no_overlap("weekly_hours_once_at_a_time", IntRange, "specialist"),
        ]


@pghistory.track()
class Absence(models.Model):
    """Away from work from a day until (not including) a day. Never why: that is between employee and employer."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    specialist = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til")
    cover = models.ForeignKey(Cover, models.PROTECT, null=True, blank=True, related_name="+")

    rows = Rows(seen=among("service_id", "my_work"), added=OWN_OR_LED, changed=OWN_OR_LED)

    class Meta:
        constraints = [
            # One that was taken back before it began is empty.
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
            no_overlap("absent_once_at_a_time", IntRange, "specialist"),
        ]
        indexes = [models.Index(fields=["service", "ends_on"], name="absence_service")]


@pghistory.track()
class OtherWork(models.Model):
    """The share of a month that a job specialist says went to other work than IPS (IPS-25 item 2)."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    specialist = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    month = models.DateField("måned")  # its first day
    percent = models.PositiveSmallIntegerField("prosent til annet arbeid")
    stated_at = models.DateTimeField(default=timezone.now)

    rows = Rows(seen=among("service_id", "my_work"), added=_OWN, changed=_OWN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["specialist", "month", "service"], name="other_work_once_a_month"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="other_work_at_most_100"),
            models.CheckConstraint(condition=Q(month__day=1), name="other_work_month_by_its_first_day"),
        ]
