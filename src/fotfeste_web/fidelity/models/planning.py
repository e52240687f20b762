"""What is to be done before and after a review, and what the reviewers have seen and heard."""

import pghistory
from django.db import models

from fotfeste_web.rows.policies import Rows

from .reviews import MY_REVIEW, PLANNED, Review
from .seals import IS_SIGNED, refused_while

_BY_EITHER = f"{PLANNED} OR {MY_REVIEW}"


class Party(models.TextChoices):
    SERVICE = "service", "Tjenesten"
    REVIEWERS = "reviewers", "De som vurderer"
    BOTH = "both", "Begge"


@pghistory.track()
class ReviewTask(models.Model):
    """Something to do by a day, from two months before until six weeks after (data/tasks.toml)."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="tasks")
    what = models.CharField("hva", max_length=300)
    party = models.CharField("hvem", max_length=12, choices=Party)
    due_on = models.DateField("frist")
    done_on = models.DateField("gjort", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    rows = Rows(seen=_BY_EITHER, added=_BY_EITHER, changed=_BY_EITHER)


class SourceRole(models.TextChoices):
    """Whom one talked to or followed: by role. Nobody is named."""

    PARTICIPANT = "participant", "Deltaker"
    FAMILY = "family", "Pårørende"
    SPECIALIST = "specialist", "Jobbspesialist"
    SUPERVISOR = "supervisor", "Metodeveileder"
    THERAPIST = "therapist", "Behandler eller behandlingsteam"
    NAV = "nav", "NAV-veileder"
    LEADER = "leader", "Leder"
    EMPLOYER = "employer", "Arbeidsgiver"
    OTHER = "other", "Annen eller ingen"


@pghistory.track()
class Source(models.Model):
    """An interview, an observation, a document or a list: planned, then held. What was said of persons is a note."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="sources")
    code = models.CharField("kilde", max_length=4, choices=[
        ("INT", "Intervju"), ("OBS", "Observasjon"), ("DOK", "Dokument"), ("ADM", "Tall fra tjenesten"),
    ])  # fmt: skip
    role = models.CharField("hvem", max_length=12, choices=SourceRole, default=SourceRole.OTHER)
    what = models.CharField("hva", max_length=200)
    on = models.DateField("dato", null=True, blank=True)
    held = models.BooleanField("gjennomført", default=False)
    version = models.PositiveIntegerField(default=1)

    rows = Rows(seen=_BY_EITHER, added=_BY_EITHER, changed=_BY_EITHER)

    class Meta:
        triggers = [refused_while("source_of_a_signed_review", IS_SIGNED)]
