"""Karriereprofil: what the person brings to work. Nothing about health or treatment, culture or the law.

Field names follow NAV's Jobbsporet and the US form of the career profile. What the person wishes for stands in
``caseload.Wishes`` and is not repeated here.
"""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import about_participant


class MainGoal(models.TextChoices):
    JOB = "job", "Jobb"
    EDUCATION = "education", "Utdanning"


def _text(label: str) -> models.TextField:
    return models.TextField(label, max_length=4000, blank=True)


@pghistory.track()
class CareerProfile(models.Model):
    """One row a person, filled over sessions; every version is kept."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="profile")
    main_goal = models.CharField("hovedmål", max_length=10, choices=MainGoal, blank=True)
    wished_tasks = _text("ønskede oppgaver")
    wished_career = _text("bransje og vei videre")
    experience = _text("arbeidserfaring samlet")
    former_employers = _text("samtale med tidligere arbeidsgivere")
    informants = _text("hvem har bidratt")
    education = _text("utdanning, også avbrutt")
    licences = _text("førerkort, sertifikater og kurs")
    strengths = _text("styrker")
    qualities = _text("personlige egenskaper")
    interests = _text("interesser")
    daily_rhythm = _text("døgnrytme og hverdag")
    social = _text("sosiale forhold")
    network = _text("nettverk")
    economy = _text("økonomi")
    mobility = _text("hvordan komme seg til jobb")
    geography = _text("hvor det er mulig å jobbe")
    surroundings = _text("omgivelser")
    early_signs = _text("tidlige tegn")
    early_signs_then = _text("hva da")
    other = _text("annet")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.PLAN)


MONTH = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"  # a year or a month: 2015, 2015-03


@pghistory.track()
class HeldJob(models.Model):
    """A job that the person has had before, and what it taught."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="held_jobs")
    title = models.CharField("stilling", max_length=120)
    work_place = models.CharField("arbeidssted", max_length=160, blank=True)
    industry = models.CharField("bransje", max_length=120, blank=True)
    duties = models.TextField("oppgaver", max_length=2000, blank=True)
    started = models.CharField("fra", max_length=7, blank=True)
    ended = models.CharField("til", max_length=7, blank=True)
    hours_per_week = models.DecimalField("timer i uka", max_digits=5, decimal_places=2, null=True, blank=True)
    found_how = models.CharField("hvordan jobben ble funnet", max_length=300, blank=True)
    liked = models.TextField("likte", max_length=2000, blank=True)
    disliked = models.TextField("likte ikke", max_length=2000, blank=True)
    support_used = models.TextField("støtte som ble brukt", max_length=2000, blank=True)
    why_ended = models.TextField("hvorfor den tok slutt", max_length=2000, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.PLAN)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(started__regex=MONTH) | Q(started=""), name="held_job_from_a_year_or_a_month"
            ),
            models.CheckConstraint(
                condition=Q(ended__regex=MONTH) | Q(ended=""), name="held_job_until_a_year_or_a_month"
            ),
            # The same year, once with a month and once without, is in order.
            models.CheckConstraint(
                condition=Q(ended="") | Q(ended__gte=F("started")) | Q(started__startswith=F("ended")),
                name="held_job_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__isnull=True) | Q(hours_per_week__gt=0, hours_per_week__lte=60),
                name="held_job_hours_between_0_and_60",
            ),
        ]
