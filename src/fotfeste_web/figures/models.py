"""Numbers without people, worked out in the background: leaders read these, and no row about a person."""

from django.db import models
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import Rows, among


class ServiceFigures(models.Model):
    """The figures of one service on one day. Cells under 5 are hidden before they are stored."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="figures")
    on = models.DateField("per")
    figures = models.JSONField()
    computed_at = models.DateTimeField(default=timezone.now)

    # The worker computes within the scope of a supervisor of the service, one service at a time.
    _TEAM = among("service_id", "my_services")
    rows = Rows(seen=f"{among('service_id', 'my_figures')} OR {_TEAM}", added=_TEAM, changed=_TEAM)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "on"], name="figures_once_a_day")]
        ordering = ["-on"]


class Audience(models.TextChoices):
    READERS = "readers", "Uten personer"
    TEAM = "team", "De som ser deltakerne"


class ServiceResults(models.Model):
    """Every indicator of one service on one day, stored twice: with all counts, and with the small ones hidden."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="results")
    on = models.DateField("per")
    audience = models.CharField("for", max_length=8, choices=Audience)
    results = models.JSONField()
    computed_at = models.DateTimeField(default=timezone.now)

    _TEAM = among("service_id", "my_services")
    rows = Rows(
        seen=f"{_TEAM} OR (audience = 'readers' AND {among('service_id', 'my_figures')})", added=_TEAM, changed=_TEAM
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "on", "audience"], name="results_once_a_day")]
        # The first is the newest and fullest that somebody may see: which that is, the row rule decides.
        ordering = ["-on", "-audience"]
