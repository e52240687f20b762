"""Meetings with a treatment team. The meeting names no participant; what was said of one is seen with that person."""

from dataclasses import replace

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fotfeste_web.caseload.models import NextStep, Participant
from fotfeste_web.caseload.models.past import not_ahead
from fotfeste_web.organisations.models import Service, TreatmentTeam
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import WRITABLE, Rows, about_participant, among, shown

_WORK = among("service_id", "my_work")


@pghistory.track()
class TeamMeeting(models.Model):
    """One meeting: its time counts once, however many participants were discussed."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    team = models.ForeignKey(TreatmentTeam, models.PROTECT, related_name="meetings", verbose_name="behandlingsteam")
    on = models.DateField("dato")
    minutes = models.PositiveSmallIntegerField("varighet", null=True, blank=True)
    present = ArrayField(models.BigIntegerField(), verbose_name="fra tjenesten", default=list, blank=True)
    others_present = models.CharField("andre som var der", max_length=200, blank=True)
    about_people = models.BooleanField("handlet om enkeltpersoner", default=True)
    others_raised = models.PositiveSmallIntegerField("andre der jobb ble tatt opp", default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField("avsluttet", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    # Two job specialists may sit in the same meeting: each writes the lines of their own.
    # Who is only shown a person finds the meeting through them, as an array for the planner: see the contacts.
    _SHOWN = f"id = ANY (ARRAY(SELECT meeting_id FROM teamwork_teammeetingline WHERE {shown(Kind.CONTACTS)}))"
    rows = Rows(seen=f"{_WORK} OR {_SHOWN}", added=_WORK, changed=_WORK, kind=Kind.CONTACTS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "on"], name="team_meeting_once_a_day"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=720), name="team_meeting_at_most_a_day"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(minutes__isnull=False), name="team_meeting_ends_with_minutes"
            ),
            models.CheckConstraint(condition=Q(others_raised__lte=200), name="others_raised_at_most_200"),
        ]
        indexes = [models.Index(fields=["service", "-on"], name="team_meeting_service")]
        triggers = [not_ahead("team_meeting_held_by_today", "on", when="NEW.finished_at IS NOT NULL")]


@pghistory.track()
class TeamMeetingLine(models.Model):
    """What was said of one participant, and what was decided."""

    meeting = models.ForeignKey(TeamMeeting, models.CASCADE, related_name="lines")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    text = models.CharField("kort om", max_length=500, blank=True)
    decision = models.CharField("bestemt", max_length=500, blank=True)
    next_step = models.ForeignKey(NextStep, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    # A line lets one see the meeting, so it can only be tied to one of one's own place of work.
    _TIED = f"{WRITABLE} AND is_team_meeting_of_my_work(meeting_id)"
    rows = replace(about_participant(Kind.CONTACTS), added=_TIED, changed=_TIED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "meeting"], name="team_meeting_line_once"),
        ]
