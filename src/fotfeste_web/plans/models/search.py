"""Plan for jobbsøk: within which frame jobs are looked for; and jobbsøk: the places that were tried."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.caseload.models import Employer, FoundHow, MadeBy, Participant
from fotfeste_web.caseload.models.past import not_ahead
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import about_participant


@pghistory.track()
class SearchPlan(models.Model):
    """The frame of the search for a job or an education. Its steps are the next steps of the caseload."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="search_plan")
    employers = models.TextField("hva slags arbeidsgivere eller skoler", max_length=2000, blank=True)
    industry = models.CharField("bransje eller fag", max_length=300, blank=True)
    tasks = models.TextField("oppgaver", max_length=2000, blank=True)
    hours = models.CharField("arbeidstid", max_length=160, blank=True)
    preparation = models.TextField("forberedelser", max_length=2000, blank=True)
    adaptation = models.TextField("behov for tilrettelegging", max_length=2000, blank=True)
    who_contacts = models.CharField("hvem kontakter arbeidsgivere", max_length=20, choices=MadeBy, blank=True)
    review_on = models.DateField("sees på igjen", null=True, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.PLAN)


class Answer(models.TextChoices):
    OFFER = "offer", "Tilbud"
    REFUSAL = "refusal", "Avslag"
    NONE = "none", "Ikke svart"
    WITHDRAWN = "withdrawn", "Trukket"


@pghistory.track()
class JobApplication(models.Model):
    """One place that was tried: how far it came, and the answer. What the employer may know stands elsewhere."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="applications")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, blank=True, related_name="+")
    # The name of the work place as it was then: those who are only shown the person do not see the employers.
    place = models.CharField("arbeidsgiver", max_length=160)
    styrk08 = models.CharField("yrke", max_length=4)
    found_how = models.CharField("hvordan ble stillingen funnet", max_length=20, choices=FoundHow, blank=True)
    contacted_on = models.DateField("kontaktet", null=True, blank=True)
    applied_on = models.DateField("søknad sendt", null=True, blank=True)
    interview_on = models.DateField("intervju", null=True, blank=True)
    answered_on = models.DateField("svar", null=True, blank=True)
    answer = models.CharField("hva ble svaret", max_length=10, choices=Answer, blank=True)
    note = models.TextField("notat", max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.WORK)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="application_answer_with_day",
            ),
            models.CheckConstraint(
                condition=(
                    Q(applied_on__isnull=True) | Q(answered_on__gte=F("applied_on")) | Q(answered_on__isnull=True)
                )
                & (Q(contacted_on__isnull=True) | Q(answered_on__gte=F("contacted_on")) | Q(answered_on__isnull=True)),
                name="application_answered_after_it_was_sent",
            ),
        ]
        indexes = [models.Index(fields=["participant", "-created_at"], name="application_participant")]
        triggers = [not_ahead("application_in_the_past", "contacted_on", "applied_on", "answered_on")]
