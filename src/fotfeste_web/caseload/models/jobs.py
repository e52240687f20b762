"""Jobs with dated terms. Whether a job is ordinary work is computed from the terms, never stored."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import WRITABLE, Rows, about_participant

from .employers import Employer
from .participants import Participant
from .past import not_ahead
from .phases import ends_after_start
from .ranges import IntRange, no_overlap


class FoundHow(models.TextChoices):
    SPECIALIST_CONTACT = "specialist_contact", "Jobbspesialistens arbeidsgiverkontakt"
    OWN_SEARCH = "own_search", "Eget jobbsøk"
    NETWORK = "network", "Nettverk"
    ADVERTISED = "advertised", "Utlyst stilling"
    NAV = "nav", "NAV"
    FORMER_EMPLOYER = "former_employer", "Tidligere arbeidsgiver"


class OpennessUsed(models.TextChoices):
    OPEN = "open", "Åpen om behov for støtte"
    PARTLY = "partly", "Delvis åpen"
    NOT_OPEN = "not_open", "Ikke åpen"


class JobEndedBy(models.TextChoices):
    PERSON = "person", "Deltakeren"
    EMPLOYER = "employer", "Arbeidsgiveren"
    TERM_ENDED = "term_ended", "Avtalt tid var ute"
    SEASON_ENDED = "season_ended", "Sesongen var over"
    OTHER = "other", "Annet"


class TermForm(models.TextChoices):
    PERMANENT = "permanent", "Fast"
    FIXED_TERM = "fixed_term", "Midlertidig"
    SUBSTITUTE = "substitute", "Vikariat"
    SEASONAL = "seasonal", "Sesong"
    ON_CALL = "on_call", "Tilkalling"
    APPRENTICE = "apprentice", "Lærling"
    SELF_EMPLOYED = "self_employed", "Selvstendig"


class Support(models.TextChoices):
    WAGE_SUBSIDY = "wage_subsidy", "Lønnstilskudd"
    INCLUSION_SUBSIDY = "inclusion_subsidy", "Inkluderingstilskudd"
    MENTOR = "mentor", "Mentor"
    SET_ASIDE = "set_aside", "Varig tilrettelagt arbeid (VTA)"
    WORK_PRACTICE = "work_practice", "Arbeidstrening"


def _terms_within_job(job: str) -> pgtrigger.Trigger:
    """Refuse a term outside its job. Checked when an action ends, so that a job and its terms may change in turn."""
    return pgtrigger.Trigger(
        name="term_within_job",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        func="IF EXISTS (SELECT FROM caseload_job j JOIN caseload_term t ON t.job_id = j.id"
        f" WHERE j.id = NEW.{job} AND (t.starts_on < j.starts_on OR coalesce(t.ends_on > j.ends_on, t.ends_on IS NULL"
        " AND j.ends_on IS NOT NULL))) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation',"
        " CONSTRAINT = 'term_within_job', MESSAGE = 'a term lies within its job'; END IF; RETURN NULL;",
    )


@pghistory.track()
class Job(models.Model):
    """One job at one work place. Agreed (avtalt) until somebody says that it has begun."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="jobs")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="jobs", verbose_name="arbeidsgiver")
    styrk08 = models.CharField("yrke", max_length=4)
    title = models.CharField("stilling", max_length=120, blank=True)
    starts_on = models.DateField("start")
    begun = models.BooleanField("har begynt", default=False)
    ends_on = models.DateField("sluttet", null=True, blank=True)
    end_known_on = models.DateField("når ble det kjent", null=True, blank=True)
    ended_by = models.CharField("hvem avsluttet", max_length=20, choices=JobEndedBy, blank=True)
    end_reason = models.CharField("hvorfor, og hva vi lærte", max_length=500, blank=True)
    new_search_wished = models.BooleanField("ønsker ny jobb", null=True, blank=True)
    found_how = models.CharField("hvordan ble jobben funnet", max_length=20, choices=FoundHow)
    matches_wishes = models.BooleanField("passer med ønskene", null=True, blank=True)
    openness_used = models.CharField("åpenhet overfor arbeidsgiver", max_length=10, choices=OpennessUsed, blank=True)
    registered_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.WORK)

    class Meta:
        constraints = [
            ends_after_start("job_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, ended_by="") | Q(ends_on__isnull=False) & ~Q(ended_by=""),
                name="job_end_says_by_whom",
            ),
        ]
        triggers = [
            not_ahead("begun_job_has_started", "starts_on", when="NEW.begun"),
            _terms_within_job("id"),
        ]


_OF_A_JOB = "EXISTS (SELECT FROM caseload_job j WHERE j.id = job_id)"
_OF_MY_JOB = f"EXISTS (SELECT FROM caseload_job j WHERE j.id = job_id AND {WRITABLE})"


@pghistory.track()
class Term(models.Model):
    """The terms of a job from a day until (not including) a day. More hours or a subsidy that ends is a new term."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="terms")
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til", null=True, blank=True)
    hours_per_week = models.DecimalField("timer i uka", max_digits=5, decimal_places=2)
    form = models.CharField("ansettelse", max_length=20, choices=TermForm)
    ordinary_rate = models.BooleanField("vanlig lønn", default=True)
    open_to_anyone = models.BooleanField("stillingen er åpen for alle", default=True)
    support = ArrayField(models.CharField(max_length=20, choices=Support), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    rows = Rows(seen=_OF_A_JOB, added=_OF_MY_JOB, changed=_OF_MY_JOB, kind=Kind.WORK)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            ends_after_start("term_ends_after_start"),
            no_overlap("terms_one_at_a_time", IntRange, "job"),
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0, hours_per_week__lte=60), name="hours_between_0_and_60"
            ),
        ]
        triggers = [_terms_within_job("job_id")]
