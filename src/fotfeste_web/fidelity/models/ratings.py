"""What each reviewer gave an item alone, and what they agreed on."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fotfeste_web.rows.policies import USER, Rows

from .reviews import MY_REVIEW, Review
from .seals import refused_while

ON_A_SCALE = Q(value__gte=1, value__lte=5)
OPEN = "review_is_open(review_id)"


@pghistory.track()
class Rating(models.Model):
    """One reviewer's rating of one item. Nobody else sees it until all have handed in, not in the history either."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="ratings")
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    item = models.CharField("punkt", max_length=8)
    value = models.PositiveSmallIntegerField("vurdering", null=True)
    evidence = ArrayField(models.CharField(max_length=4), verbose_name="kilder", default=list, blank=True)
    comment = models.TextField("kommentar", max_length=4000, blank=True)
    suggested = models.TextField("tallet som sto ved siden av", blank=True)
    rated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    _OWN = f"{MY_REVIEW} AND rater_id = {USER}"
    rows = Rows(seen=f"{MY_REVIEW} AND (rater_id = {USER} OR {OPEN})", added=_OWN, changed=_OWN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "rater", "item"], name="rated_once"),
            models.CheckConstraint(condition=Q(value__isnull=True) | ON_A_SCALE, name="rating_on_the_scale"),
        ]
        triggers = [
            refused_while(
                "rating_is_handed_in",
                "SELECT FROM fidelity_reviewer r WHERE r.review_id = {row}.review_id AND r.user_id = {row}.rater_id"
                " AND r.handed_in_at IS NOT NULL",
            )
        ]


@pghistory.track()
class Consensus(models.Model):
    """What the reviewers give an item together, with the figure that stood beside it."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="consensus")
    item = models.CharField("punkt", max_length=8)
    value = models.PositiveSmallIntegerField("felles vurdering")
    comment = models.TextField("kommentar", max_length=4000, blank=True)
    recommendation = models.TextField("anbefaling", max_length=4000, blank=True)
    suggested = models.TextField("tallet som sto ved siden av", blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    _TOGETHER = f"{MY_REVIEW} AND {OPEN}"
    _SIGNED = "review_id IN (SELECT id FROM fidelity_review WHERE locked_at IS NOT NULL)"
    rows = Rows(seen=f"({_TOGETHER}) OR {_SIGNED}", added=_TOGETHER, changed=_TOGETHER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="agreed_once"),
            models.CheckConstraint(condition=ON_A_SCALE, name="consensus_on_the_scale"),
        ]
        triggers = [
            refused_while(
                "consensus_is_signed",
                "SELECT FROM fidelity_reviewer r WHERE r.review_id = {row}.review_id AND r.signed_at IS NOT NULL",
            )
        ]
