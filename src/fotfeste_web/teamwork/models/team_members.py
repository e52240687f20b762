"""Which treatment teams a job specialist belongs to (IPS-25 item 4): a place in the team, not a patient of it."""

import pghistory
from django.conf import settings
from django.db import models

from fotfeste_web.caseload.models.phases import ends_after_start
from fotfeste_web.caseload.models.ranges import IntRange, no_overlap
from fotfeste_web.organisations.models import Service, TreatmentTeam
from fotfeste_web.rows.policies import Rows, among

from .working_time import OWN_OR_LED


@pghistory.track()
class TeamMember(models.Model):
    """A job specialist is a member of a treatment team from a day until (not including) a day."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    specialist = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    team = models.ForeignKey(TreatmentTeam, models.PROTECT, related_name="+")
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til", null=True, blank=True)

    rows = Rows(seen=among("service_id", "my_work"), added=OWN_OR_LED, changed=OWN_OR_LED)

    class Meta:
        constraints = [
            ends_after_start("team_member_ends_after_start"),
            no_overlap("member_of_a_team_once_at_a_time", IntRange, "specialist", "team"),
        ]
        indexes = [models.Index(fields=["service"], name="team_member_service")]
