"""What follows a person on the way: benefits advice, attempts to reach, the no to follow-up, and notes."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.caseload.models import Job, Participant, Term
from fotfeste_web.caseload.models.past import not_ahead
from fotfeste_web.caseload.models.ranges import UuidRange, no_overlap
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import USER, Rows, about_participant

MAX_DAYS_BEFORE_CONTACT = 60


class Occasion(models.TextChoices):
    BEFORE_START = "before_start", "Før jobbstart"
    CHANGE = "change", "Endring i timer eller lønn"
    OTHER = "other", "Annet"


class Benefit(models.TextChoices):
    """What a wage may change. Nothing of the social services: that is told to nobody but them."""

    WORK_ASSESSMENT = "work_assessment", "Arbeidsavklaringspenger (AAP)"
    DISABILITY = "disability", "Uføretrygd"
    SICKNESS = "sickness", "Sykepenger"
    UNEMPLOYMENT = "unemployment", "Dagpenger"
    MEASURE = "measure", "Tiltakspenger"
    SINGLE_PARENT = "single_parent", "Stønad til enslig forsørger"
    PENSION = "pension", "Pensjon eller forsikring"
    OTHER = "other", "Annen ytelse"
    NONE = "none", "Ingen ytelse"


@pghistory.track()
class BenefitsAdvice(models.Model):
    """Økonomisk rådgivning: one individual talk about what work means for the person's money."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="advice")
    on = models.DateField("dato")
    adviser = models.CharField("hvem ga rådene", max_length=120)
    trained = models.BooleanField("rådgiveren er opplært i økonomi og ytelser")
    occasion = models.CharField("anledning", max_length=20, choices=Occasion)
    # The job or the terms it was for. With terms, the job is theirs.
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="jobb")
    term = models.ForeignKey(Term, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="vilkår")
    benefits = ArrayField(
        models.CharField(max_length=20, choices=Benefit), verbose_name="ytelser det gjelder", default=list, blank=True
    )
    effect = models.TextField("hva jobben betyr for økonomien", max_length=2000, blank=True)
    plan = models.TextField("plan for overgangen", max_length=2000, blank=True)
    written_summary = models.BooleanField("skriftlig oppsummering gitt", default=False)
    reporting_explained = models.BooleanField("meldeplikten er forklart", default=False)
    next_on = models.DateField("neste gang", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.ECONOMY)

    class Meta:
        indexes = [models.Index(fields=["participant", "on"], name="advice_participant")]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("on")), name="next_advice_after_this"
            ),
        ]
        triggers = [not_ahead("advice_was_given", "on")]


class MadeBy(models.TextChoices):
    SPECIALIST = "specialist", "Jobbspesialist"
    TEAM = "team", "Behandlingsteamet"
    BOTH = "both", "Begge sammen"


class How(models.TextChoices):
    PHONE = "phone", "Ringte"
    MESSAGE = "message", "SMS"
    LETTER = "letter", "Brev"
    HOME = "home", "Hjemmebesøk"
    COMMUNITY = "community", "Ute i nærmiljøet"


@pghistory.track()
class OutreachAttempt(models.Model):
    """Oppsøking: one attempt to reach somebody who has dropped out of touch."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="outreach")
    on = models.DateField("dato")
    made_by = models.CharField("hvem forsøkte", max_length=20, choices=MadeBy)
    how = models.CharField("hvordan", max_length=20, choices=How)
    reached = models.BooleanField("fikk kontakt")
    family_contacted = models.BooleanField("snakket med familie eller nettverk", default=False)
    family_agreed = models.BooleanField("personen har sagt ja til det", default=False)
    note = models.TextField("kort om forsøket", max_length=1000, blank=True)
    next_step = models.CharField("neste steg", max_length=200, blank=True)
    next_on = models.DateField("når", null=True, blank=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.CONTACTS)

    class Meta:
        indexes = [models.Index(fields=["participant", "on"], name="outreach_participant")]
        constraints = [
            models.CheckConstraint(
                condition=Q(family_contacted=False) | Q(family_agreed=True), name="family_with_agreement"
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_on__isnull=True) | (~Q(next_step="") & Q(next_on__isnull=False)),
                name="outreach_step_with_day",
            ),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gte=F("on")), name="outreach_step_after_attempt"
            ),
        ]
        triggers = [not_ahead("outreach_was_tried", "on")]


@pghistory.track()
class NoShowPlan(models.Model):
    """Kontaktplan ved uteblivelse: what the person wants done when they do not come. One a person, versions kept."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="no_show_plan")
    phone = models.CharField("telefon når noe skjærer seg", max_length=20, blank=True)
    who = models.TextField("hvem kan kontaktes", max_length=1000, blank=True)
    how = models.TextField("hvordan", max_length=1000, blank=True)
    after_days = models.PositiveSmallIntegerField("etter hvor mange dager", default=1)
    agreed_on = models.DateField("avtalt")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.CONTACTS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(after_days__lte=MAX_DAYS_BEFORE_CONTACT), name="contact_within_two_months"
            ),
        ]


@pghistory.track()
class FollowUpDeclined(models.Model):
    """«Ønsker ikke oppfølging nå»: the person's own no, from a day until (not including) the day to ask again."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="follow_up_declined")
    starts_on = models.DateField("fra")
    ends_on = models.DateField("spør igjen")
    words = models.CharField("med personens ord", max_length=300)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.WORK)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="declined_ends_after_start"),
            no_overlap("declined_once_at_a_time", UuidRange, "participant"),
        ]


class NoteKind(models.TextChoices):
    NOTE = "note", "Notat"
    MINUTES = "minutes", "Samtalereferat"


class NoteState(models.TextChoices):
    DRAFT = "draft", "Utkast"
    SERVICE = "service", "Delt i tjenesten"
    PARTICIPANT = "participant", "Delt med deltakeren"


_ABOUT = about_participant(Kind.CONTACTS)
_MINE = f"author_id = {USER}"
_ABOUT_MYSELF = f"participant_id IN (SELECT id FROM caseload_participant WHERE user_id = {USER})"


@pghistory.track()
class Note(models.Model):
    """Notat og referat: a draft is its writer's alone; shared, it is the service's or the participant's too."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notes", verbose_name="skrevet av"
    )
    kind = models.CharField("type", max_length=10, choices=NoteKind, default=NoteKind.NOTE)
    on = models.DateField("dato")
    text = models.TextField("tekst", max_length=10_000)
    state = models.CharField("hvem ser det", max_length=20, choices=NoteState, default=NoteState.DRAFT)
    started_on = models.DateField("begynt", default=timezone.localdate)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    rows = Rows(
        seen=f"({_ABOUT.seen}) AND ({_MINE} OR state = 'participant' OR (state = 'service' AND NOT {_ABOUT_MYSELF}))",
        added=f"({_ABOUT.added}) AND {_MINE}",
        changed=f"({_ABOUT.changed}) AND (state <> 'draft' OR {_MINE})",
        kind=_ABOUT.kind,
    )

    class Meta:
        indexes = [
            models.Index(fields=["participant", "on"], name="note_participant"),
            models.Index(fields=["author", "state"], name="note_author"),
        ]
        triggers = [
            not_ahead("note_of_what_was", "on"),
            pgtrigger.Trigger(
                name="note_shared_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND NEW.state = 'draft'"
                    " OR OLD.state = 'participant' AND NEW.state = 'service' AND NEW.version <= OLD.version"
                ),
                func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'note_shared_once',"
                " MESSAGE = 'what was shared is taken back by a new version only, and is no draft again';",
            ),
        ]
