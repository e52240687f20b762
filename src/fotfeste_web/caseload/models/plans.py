"""What the person wants, what may be told, and what comes next."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import about_participant

from .participants import Participant


@pghistory.track()
class Wishes(models.Model):
    """Kartlegging: the goal in the person's own words, and what kind of work. One row a person, versions kept."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="wishes")
    goal = models.TextField("mål, med egne ord", max_length=2000, blank=True)
    hours_per_week = models.DecimalField("timer i uka", max_digits=5, decimal_places=2, null=True, blank=True)
    times_of_day = models.CharField("når på dagen", max_length=160, blank=True)
    place = models.CharField("sted og reisevei", max_length=160, blank=True)
    environment = models.CharField("arbeidsmiljø", max_length=300, blank=True)
    helps_at_work = models.TextField("hva hjelper på jobb", max_length=2000, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.PLAN)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours_per_week__isnull=True)
                | models.Q(hours_per_week__gt=0, hours_per_week__lte=60),
                name="wished_hours_between_0_and_60",
            ),
        ]


@pghistory.track()
class WishedOccupation(models.Model):
    """An occupation (STYRK-08) that the person wishes for, in order, with the version of the wishes it belongs to."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="wished_occupations")
    styrk08 = models.CharField("yrke", max_length=4)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.PLAN, removable=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["participant", "styrk08"], name="occupation_wished_once")]


class MayContact(models.TextChoices):
    YES = "yes", "Ja"
    NO = "no", "Nei"
    ASK_FIRST = "ask_first", "Spør først hver gang"


@pghistory.track()
class Openness(models.Model):
    """Åpenhetsplan: what the employer may be told, and what not. One row a person; every version is kept."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="openness")
    may_contact = models.CharField("kan arbeidsgiver kontaktes?", max_length=10, choices=MayContact)
    advantages = models.TextField("fordeler ved å være åpen", max_length=2000, blank=True)
    drawbacks = models.TextField("ulemper ved å være åpen", max_length=2000, blank=True)
    may_tell = models.TextField("kan fortelles", max_length=2000, blank=True)
    must_not_tell = models.TextField("skal ikke fortelles", max_length=2000, blank=True)
    agreed_on = models.DateField("avtalt")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.OPENNESS)


class AskedOf(models.TextChoices):
    PERSON = "person", "Deltakeren"
    SPECIALIST = "specialist", "Jobbspesialisten"
    THERAPIST = "therapist", "Behandler"
    NAV = "nav", "NAV"


@pghistory.track()
class NextStep(models.Model):
    """Something agreed: what, by when, who."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="next_steps")
    text = models.CharField("hva", max_length=200)
    due_on = models.DateField("når")
    who = models.CharField("hvem", max_length=120, blank=True)
    asked_of = models.CharField("hvem skal gjøre det", max_length=20, choices=AskedOf, blank=True)
    done_on = models.DateField("gjort", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.PLAN)

    class Meta:
        ordering = ["due_on", "id"]
