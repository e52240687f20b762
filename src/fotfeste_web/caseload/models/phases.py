"""The dated facts from which the status follows: periods, assignments, pauses, education, step-down."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.policies import about_participant

from .participants import Participant
from .past import not_ahead
from .ranges import UuidRange, no_overlap
from .referrals import Referral


class EndReason(models.TextChoices):
    """Why a period ended: the detailed reasons of NAV's Jobbsporet, and those outside it."""

    WORK_UNSUBSIDISED = "work_unsubsidised", "Arbeid uten lønnstilskudd"
    WORK_SUBSIDISED = "work_subsidised", "Arbeid med lønnstilskudd fra NAV"
    WORK_WITH_BENEFIT = "work_with_benefit", "Arbeid i kombinasjon med andre ytelser fra NAV"
    WORK_WITH_GRADED_PENSION = "work_with_graded_pension", "Arbeid i kombinasjon med gradert uføretrygd"
    EDUCATION_SELF = "education_self", "Utdanning, selvfinansiert"
    EDUCATION_NAV = "education_nav", "Utdanning med støtte fra NAV"
    OTHER_MEASURE = "other_measure", "Annet tiltak i NAV"
    OTHER_ACTIVE = "other_active", "Annen aktivitet avtalt med NAV"
    ILLNESS = "illness", "Sykdom"
    DISABILITY_PENSION = "disability_pension", "Søkt eller innvilget uføretrygd"
    OLD_AGE_PENSION = "old_age_pension", "Alderspensjon eller AFP"
    MOVED = "moved", "Flyttet"
    OWN_WISH = "own_wish", "Ønsker ikke lenger jobb eller støtte"
    DIED = "died", "Død"
    OTHER = "other", "Annet"


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name=name)


@pghistory.track()
class Period(models.Model):
    """One time in IPS, from the start-up meeting to the end; a return is a new period on the same history."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="periods")
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="period")
    starts_on = models.DateField("oppstart")
    in_work_at_start = models.BooleanField("var i jobb ved oppstart", default=False)
    ends_on = models.DateField("avsluttet", null=True, blank=True)
    end_reason = models.CharField("grunn", max_length=30, choices=EndReason, blank=True)
    end_note = models.TextField("oppsummering", max_length=4000, blank=True)
    support_after = models.CharField("støtte som fortsetter", max_length=500, blank=True, default="", db_default="")
    way_back = models.CharField("veien tilbake", max_length=500, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.BASIS)

    class Meta:
        constraints = [
            ends_after_start("period_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, end_reason="") | Q(ends_on__isnull=False) & ~Q(end_reason=""),
                name="period_end_with_reason",
            ),
            no_overlap("period_once_at_a_time", UuidRange, "participant"),
        ]


@pghistory.track()
class Assignment(models.Model):
    """A job specialist for a participant, from a day until (not including) a day."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="assignments")
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name="jobbspesialist"
    )
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til", null=True, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField("først åpnet av jobbspesialisten", null=True)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.BASIS)

    class Meta:
        constraints = [
            ends_after_start("assignment_ends_after_start"),
            no_overlap("one_specialist_at_a_time", UuidRange, "participant"),
        ]
        indexes = [models.Index(fields=["specialist", "ends_on"], name="assignment_specialist")]


@pghistory.track()
class Pause(models.Model):
    """A time without follow-up, agreed with the person, with the day it is taken up again."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="pauses")
    starts_on = models.DateField("fra")
    follow_up_on = models.DateField("tas opp igjen")
    ends_on = models.DateField("til", null=True, blank=True)
    reason = models.CharField("grunn, med personens ord", max_length=300)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.BASIS)

    class Meta:
        constraints = [
            ends_after_start("pause_ends_after_start"),
            models.CheckConstraint(condition=Q(follow_up_on__gte=F("starts_on")), name="pause_follow_up_after_start"),
            no_overlap("pause_once_at_a_time", UuidRange, "participant"),
        ]


class EducationLevel(models.TextChoices):
    PRIMARY = "primary", "Grunnskole for voksne"
    UPPER_SECONDARY = "upper_secondary", "Videregående"
    VOCATIONAL = "vocational", "Fagskole"
    HIGHER = "higher", "Høyskole eller universitet"
    COURSE = "course", "Kurs eller sertifikat"
    OTHER = "other", "Annet"


class StudyForm(models.TextChoices):
    FULL_TIME = "full_time", "Heltid"
    PART_TIME = "part_time", "Deltid"
    COURSE = "course", "Kurs"
    APPRENTICE = "apprentice", "Lærling"
    MODULAR = "modular", "Modul"


class EducationState(models.TextChoices):
    APPLIED = "applied", "Har søkt"
    PLANNED = "planned", "Planlagt"
    GOING_ON = "going_on", "Pågår"
    COMPLETED = "completed", "Fullført"
    BROKEN_OFF = "broken_off", "Avbrutt"


EDUCATION_AHEAD = (EducationState.APPLIED, EducationState.PLANNED)
EDUCATION_OVER = (EducationState.COMPLETED, EducationState.BROKEN_OFF)


@pghistory.track()
class Education(models.Model):
    """Ordinary education as the goal: where, how, from when to when. Only what has begun counts in the status."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="educations")
    place = models.CharField("skole eller lærested", max_length=160)
    programme = models.CharField("utdanning", max_length=160)
    level = models.CharField("nivå", max_length=20, choices=EducationLevel, blank=True)
    form = models.CharField("form", max_length=20, choices=StudyForm, blank=True)
    state = models.CharField(
        "hvor langt er det kommet", max_length=20, choices=EducationState, default=EducationState.GOING_ON
    )
    starts_on = models.DateField("start")
    ends_on = models.DateField("slutt", null=True, blank=True)
    support = models.TextField("plan for støtte", max_length=2000, blank=True)
    worked = models.TextField("hva fungerte", max_length=2000, blank=True)
    did_not_work = models.TextField("hva fungerte ikke", max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.WORK)

    class Meta:
        constraints = [
            ends_after_start("education_ends_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=EDUCATION_OVER, ends_on__isnull=False)
                | ~Q(state__in=EDUCATION_OVER) & Q(ends_on__isnull=True),
                name="education_over_with_its_end",
            ),
        ]
        triggers = [not_ahead("education_going_on_has_begun", "starts_on", when="NEW.state = 'going_on'")]


@pghistory.track()
class StepDown(models.Model):
    """Support that is stepped down, to a named person who takes over."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="step_downs")
    starts_on = models.DateField("fra")
    ends_on = models.DateField("avbrutt", null=True, blank=True)
    taker = models.CharField("hvem tar over", max_length=120)
    taker_role = models.CharField("rolle", max_length=120)
    agreement = models.TextField("støtte som fortsetter", max_length=2000, blank=True)
    way_back = models.CharField("veien tilbake", max_length=500, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1)

    rows = about_participant(Kind.BASIS)

    class Meta:
        constraints = [
            ends_after_start("step_down_ends_after_start"),
            no_overlap("step_down_once_at_a_time", UuidRange, "participant"),
        ]
