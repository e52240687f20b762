"""The drawn participants whose files are read, and what is written of persons: gone two weeks after signing."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.policies import MINE, USER, Rows, among

from .planning import Source
from .reviews import MY_REVIEW, Review

_LED = f"review_id IN (SELECT id FROM fidelity_review WHERE {among('service_id', 'my_services')})"


class Group(models.TextChoices):
    SEEKING = "seeking", "Søker jobb"
    WORKING = "working", "I jobb eller utdanning"
    ENDED = "ended", "Nylig avsluttet"


class Answer(models.TextChoices):
    WAITS = "", "Ikke spurt ennå"
    YES = "yes", "Ja, de som vurderer kan lese"
    NO = "no", "Nei, eller ikke svart"
    FORM = "form", "Tjenesten fyller ut skjemaet uten navn"


@pghistory.track()
class SampledFile(models.Model):
    """One drawn participant. Reviewers from outside see who it is after a yes alone (fotfeste_enter)."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="files")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    group = models.CharField("gruppe", max_length=12, choices=Group)
    place = models.PositiveSmallIntegerField("nummer i trekningen")
    answer = models.CharField("svar", max_length=8, choices=Answer, blank=True)
    answered_on = models.DateField("svart", null=True, blank=True)
    closes_on = models.DateField("vurderingen er ferdig")

    # Of no kind: that somebody was drawn is no part of the person's own record.
    _DRAWS = f"{_LED} AND participant_id IN (SELECT id FROM caseload_participant WHERE {MINE})"
    rows = Rows(seen=f"{_LED} OR {MY_REVIEW}", added=_DRAWS, changed=_DRAWS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "participant"], name="drawn_once"),
            models.UniqueConstraint(fields=["review", "place"], name="drawn_in_an_order"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | ~Q(answer="") & Q(answered_on__isnull=False),
                name="file_answered_on_a_day",
            ),
        ]


@pghistory.track()
class PersonNote(models.Model):
    """What was found in one file or said in one interview."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="notes")
    file = models.ForeignKey(SampledFile, models.CASCADE, null=True, related_name="notes")
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answers = models.JSONField("svar", default=dict, blank=True)  # by question: data/file_questions.toml
    text = models.TextField("notat", max_length=4000, blank=True)
    closes_on = models.DateField("vurderingen er ferdig")
    version = models.PositiveIntegerField(default=1)

    # The service's own form is there for the reviewers at once; their own notes, as their ratings, when all handed in.
    _FORM = "file_id IN (SELECT id FROM fidelity_sampledfile WHERE answer = 'form')"
    _IN_IT = f"({MY_REVIEW} OR {_LED})"
    rows = Rows(
        seen=f"({_IN_IT} AND author_id = {USER}) OR ({MY_REVIEW} AND ({_FORM} OR review_is_open(review_id)))",
        added=f"{_IN_IT} AND author_id = {USER}",
        changed=f"{_IN_IT} AND author_id = {USER}",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=True, source__isnull=False) | Q(file__isnull=False, source__isnull=True),
                name="note_of_a_file_or_of_a_source",
            ),
            models.UniqueConstraint(fields=["file", "author"], name="one_note_a_file_and_author"),
            models.UniqueConstraint(fields=["source", "author"], name="one_note_a_source_and_author"),
        ]
