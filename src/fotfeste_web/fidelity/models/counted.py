"""The figures that daily records give each item: worked out in the background, never a rating."""

from django.db import models
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import Rows, among


class CountedItem(models.Model):
    """One item in one period of one service, twice: as it is, and with small cells hidden and nobody by themselves."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    period = models.CharField("navn på perioden", max_length=20)  # counting/periods.py: now, 2026-3, review-7
    starts_on = models.DateField("fra")  # of the period; an item may look back on a time of its own
    ends_on = models.DateField("til")
    scale_id = models.CharField("skala", max_length=40)
    scale_version = models.PositiveSmallIntegerField("utgave")
    item = models.CharField("punkt", max_length=8)
    whole = models.BooleanField("med små tall og den enkelte jobbspesialist")
    rating = models.PositiveSmallIntegerField("verdien tallet peker mot", null=True)
    number = models.DecimalField("tall", max_digits=14, decimal_places=4, null=True)
    numerator = models.DecimalField("teller", max_digits=14, decimal_places=4, null=True)
    denominator = models.DecimalField("nevner", max_digits=14, decimal_places=4, null=True)
    told = models.JSONField("det andre")  # counting/counted.py
    counted_at = models.DateTimeField(default=timezone.now)

    # The worker counts within the scope of a supervisor of the service, one service at a time.
    _TEAM = among("service_id", "my_services")
    _WITHOUT_PEOPLE = f"NOT whole AND ({among('service_id', 'my_figures')} OR {among('service_id', 'my_work')})"
    rows = Rows(seen=f"{_TEAM} OR ({_WITHOUT_PEOPLE})", added=_TEAM, changed=_TEAM)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "period", "item", "whole"], name="counted_once_a_period")
        ]
