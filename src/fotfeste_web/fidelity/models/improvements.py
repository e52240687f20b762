"""Tiltaksplan: what a service does about what a review found."""

from datetime import date

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import Rows, among

from .reviews import Review


class ImprovementState(models.TextChoices):
    OPEN = "open", "Åpen"
    DONE = "done", "Gjort"
    DROPPED = "dropped", "Droppet"


class ImprovementQuerySet(models.QuerySet["Improvement"]):
    def overdue(self, today: date) -> "ImprovementQuerySet":
        return self.filter(state=ImprovementState.OPEN, due_on__lt=today)


@pghistory.track()
class Improvement(models.Model):
    """One thing to do about one item, by somebody, by a day."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="improvements")
    item = models.CharField("punkt", max_length=8)
    what = models.CharField("tiltak", max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ansvarlig")
    due_on = models.DateField("frist")
    state = models.CharField("status", max_length=8, choices=ImprovementState, default=ImprovementState.OPEN)
    reason = models.CharField("hvorfor droppet", max_length=300, blank=True)
    closed_on = models.DateField("avsluttet", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = ImprovementQuerySet.as_manager()

    # Who sees a review of the service sees what became of the earlier ones.
    _LEADS = among("service_id", "my_services")
    rows = Rows(seen="service_id IN (SELECT service_id FROM fidelity_review)", added=_LEADS, changed=_LEADS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="dropped") & ~Q(reason="") | ~Q(state="dropped") & Q(reason=""),
                name="dropped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True) | ~Q(state="open") & Q(closed_on__isnull=False),
                name="improvement_closed_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["service", "state", "due_on"], name="improvement_service")]
