"""Supervision: that it was held is the team's to know, what was said between two people is theirs alone."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.models.past import not_ahead
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import MINE, USER, WRITABLE, Rows, among


class SupervisionKind(models.TextChoices):
    GROUP = "group", "Gruppeveiledning"
    INDIVIDUAL = "individual", "Veiledning"
    FIELD = "field", "Feltveiledning"


_LEADS = f"{among('service_id', 'my_services')} AND supervisor_id = {USER}"
_PAIR = (
    "supervision_id IN (SELECT id FROM teamwork_supervision"
    f" WHERE kind <> 'group' AND (supervisor_id = {USER} OR specialist_id = {USER}))"
)
_GIVEN = f"supervision_id IN (SELECT id FROM teamwork_supervision WHERE supervisor_id = {USER})"
_NOT_PRIVATE = "supervision_id IN (SELECT id FROM teamwork_supervision WHERE kind = 'group')"


@pghistory.track()
class Supervision(models.Model):
    """That supervision was held: when, of which kind, with whom. Counted by the service; names no participant."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    kind = models.CharField("type", max_length=12, choices=SupervisionKind)
    on = models.DateField("dato")
    minutes = models.PositiveSmallIntegerField("varighet")
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="jobbspesialist"
    )
    present = ArrayField(models.BigIntegerField(), verbose_name="hvem var der", default=list)  # of a group
    ideas = models.TextField("ideer", max_length=4000, blank=True)  # of a group
    cover_arranged = models.CharField("vikar avtalt", max_length=300, blank=True)  # of a group
    outcome_talk = models.BooleanField("gikk gjennom resultater", default=False)
    logged_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    rows = Rows(seen=among("service_id", "my_work"), added=_LEADS, changed=_LEADS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="group", specialist__isnull=True)
                | Q(~Q(kind="group"), specialist__isnull=False, present=[], ideas="", cover_arranged=""),
                name="supervision_of_a_group_or_of_one",
            ),
            models.CheckConstraint(
                condition=Q(specialist__isnull=True) | ~Q(specialist=F("supervisor")), name="supervision_by_another"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0, minutes__lte=720), name="supervision_at_most_a_day"),
        ]
        indexes = [
            models.Index(fields=["service", "kind", "-on"], name="supervision_service"),
            models.Index(fields=["specialist", "-on"], name="supervision_specialist"),
        ]
        triggers = [not_ahead("supervision_held_by_today", "on")]


@pghistory.track()
class SupervisionNotes(models.Model):
    """What was seen and agreed between a supervisor and a job specialist. Nobody else reads it."""

    supervision = models.OneToOneField(Supervision, models.CASCADE, related_name="notes")
    goals = models.TextField("mål", max_length=2000, blank=True)
    talked_about = models.TextField("hva vi snakket om", max_length=4000, blank=True)
    employers = models.CharField("arbeidsgivere vi besøkte", max_length=300, blank=True)
    skill_seen = models.TextField("ferdighet jeg så", max_length=2000, blank=True)
    model_shown = models.TextField("hva jeg viste", max_length=2000, blank=True)
    feedback = models.TextField("tilbakemelding", max_length=2000, blank=True)

    rows = Rows(seen=_PAIR, added=_GIVEN, changed=_GIVEN)


@pghistory.track()
class SupervisionParticipant(models.Model):
    """Whom supervision was about. Of a group it is seen with the person, of two only by the two."""

    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="about")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")

    # Of no kind: no share covers it. It is how those who work with the person learn.
    _WORKED_WITH = f"participant_id IN (SELECT id FROM caseload_participant WHERE {MINE})"
    _GIVES = f"{WRITABLE} AND {_GIVEN}"
    rows = Rows(seen=f"{_WORKED_WITH} AND ({_NOT_PRIVATE} OR {_PAIR})", added=_GIVES, removed=_GIVES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "supervision"], name="supervision_about_once"),
        ]
