"""A referral: the wish to work is the only criterion, and nothing here could exclude."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import USER, VISIBLE, WRITABLE, Rows, among

from .participants import Participant


class ReferralSource(models.TextChoices):
    PERSON = "person", "Personen selv"
    THERAPIST = "therapist", "Behandler"
    FAMILY = "family", "Pårørende"
    GP = "gp", "Fastlege"
    MUNICIPALITY = "municipality", "Kommunen"
    NAV = "nav", "NAV"


class ReferralOutcome(models.TextChoices):
    STARTED = "started", "Startet"
    WITHDRAWN = "withdrawn", "Trukket av personen"
    WISH_CHANGED = "wish_changed", "Ønsket er endret"
    MOVED = "moved", "Flyttet"
    DIED = "died", "Død"
    NOT_OFFERED = "not_offered", "Fikk ikke tilbud"


class NotOfferedReason(models.TextChoices):
    FULL = "full", "Ingen ledig plass"
    OUTSIDE_CATCHMENT = "outside_catchment", "Utenfor opptaksområdet"
    NOT_IN_TREATMENT = "not_in_treatment", "Ikke i behandling"
    JUDGED_NOT_READY = "judged_not_ready", "Vurdert som ikke klar"
    OTHER = "other", "Annet"


@pghistory.track()
class Referral(models.Model):
    """One referral of one person; a return is a new one."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="referrals")
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals")
    received_on = models.DateField("mottatt")
    source = models.CharField("hvem henviser", max_length=20, choices=ReferralSource)
    referrer = models.CharField("navn på den som henviser", max_length=120, blank=True)
    wish = models.TextField("ønsket om jobb, med personens egne ord", max_length=2000)
    # What the one who referred may see of it later, without seeing the participant.
    short_name = models.CharField(max_length=90)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField(default=timezone.now)
    under_18 = models.BooleanField("personen er under 18 år", default=False)
    consent_by = models.CharField("hvem samtykket", max_length=120, blank=True)
    consent_to = models.CharField("samtykket til", max_length=300, blank=True)
    consent_until = models.DateField("samtykket gjelder til", null=True, blank=True)
    outcome = models.CharField("utfall", max_length=20, choices=ReferralOutcome, blank=True)
    not_offered_reason = models.CharField("grunn", max_length=20, choices=NotOfferedReason, blank=True)
    concluded_on = models.DateField("avsluttet", null=True, blank=True)
    conclusion_note = models.CharField("merknad", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    rows = Rows(
        seen=f"registered_by_id = {USER} OR {VISIBLE}",
        added=f"{WRITABLE} AND {among('service_id', 'my_intake')}",
        changed=WRITABLE,
        kind=Kind.BASIS,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", concluded_on__isnull=True) | (~Q(outcome="") & Q(concluded_on__isnull=False)),
                name="referral_outcome_with_date",
            ),
            models.CheckConstraint(
                condition=Q(outcome="not_offered") & ~Q(not_offered_reason="")
                | ~Q(outcome="not_offered") & Q(not_offered_reason=""),
                name="not_offered_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("received_on")),
                name="referral_ends_after_received",
            ),
            models.CheckConstraint(
                condition=Q(under_18=False) | (~Q(consent_by="") & ~Q(consent_to="") & Q(consent_until__isnull=False)),
                name="under_18_with_consent",
            ),
            models.UniqueConstraint(
                fields=["participant"], condition=Q(outcome=""), name="one_open_referral_a_participant"
            ),
        ]
        indexes = [
            models.Index(fields=["service", "outcome", "received_on"], name="referral_service"),
            models.Index(fields=["registered_by"], name="referral_registered_by"),
        ]
