"""Jobbstøtteplan: what helps at work, when and by whom; and what to do when early signs show."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import about_participant


@pghistory.track()
class SupportPlan(models.Model):
    """One row a person, for the job or jobs that the person has; every version is kept."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="support_plan")
    early_signs = models.TextField("tidlige tegn", max_length=2000, blank=True)
    early_signs_then = models.TextField("hva gjør vi da", max_length=2000, blank=True)
    employer_support_wished = models.BooleanField("støtte fra arbeidsgiver ønskes", null=True, blank=True)
    review_on = models.DateField("sees på igjen", null=True, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.WORK)


class Moment(models.TextChoices):
    BEFORE_START = "before_start", "Før start"
    FIRST_DAY = "first_day", "Første dag"
    FIRST_WEEK = "first_week", "Første uke"
    FIRST_MONTH = "first_month", "Første måned"
    LATER = "later", "Senere"


class ByWhom(models.TextChoices):
    SPECIALIST = "specialist", "Jobbspesialist"
    TREATMENT_TEAM = "treatment_team", "Behandlingsteam"
    FAMILY = "family", "Familie"
    COLLEAGUES = "colleagues", "Kolleger"
    EMPLOYER = "employer", "Arbeidsgiver"
    OTHER = "other", "Annet"


@pghistory.track()
class SupportMeasure(models.Model):
    """One thing that helps: of the plan from one version until (not including) another.

    A measure that is changed ends and a new one begins, so that any version of the plan can be read as it was.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="support_measures")
    what = models.CharField("hva hjelper", max_length=300)
    moment = models.CharField("når", max_length=20, choices=Moment)
    by_whom = models.CharField("av hvem", max_length=20, choices=ByWhom)
    where = models.CharField("hvor", max_length=160, blank=True)
    how_often = models.CharField("hvor ofte", max_length=160, blank=True)
    from_version = models.PositiveIntegerField()
    until_version = models.PositiveIntegerField(null=True, blank=True)

    rows = about_participant(Kind.WORK)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_version__isnull=True) | Q(until_version__gt=F("from_version")),
                name="support_measure_ends_after_start",
            )
        ]
