"""A review, and the people who rate in it."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fotfeste import fidelity
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.policies import USER, Rows, among

from .seals import refused_while

# When the action plan is to be there. What is written about persons goes with the signature, and never stays longer.
CLOSES_AFTER = timedelta(weeks=6)
PLANS = f"({among('service_id', 'my_services')} OR {among('service_id', 'my_managed')})"
PLANNED = f"review_id IN (SELECT id FROM fidelity_review WHERE {PLANS})"
MY_REVIEW = among("review_id", "my_reviews")
# The team and its leaders see what was signed. A reviewer sees the own reviews, and numbers alone beside.
_SHARED = f"locked_at IS NOT NULL AND ({among('service_id', 'my_work')} OR {among('service_id', 'my_checks')})"


class ReviewKind(models.TextChoices):
    INDEPENDENT = "independent", "Uavhengig vurdering"
    SELF = "self", "Egenvurdering"


class ReviewQuerySet(models.QuerySet["Review"]):
    def signed(self) -> "ReviewQuerySet":
        return self.exclude(locked_at=None)


@pghistory.track()
class Review(models.Model):
    """One review of one service, tied for ever to one version of one scale."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    kind = models.CharField("type", max_length=12, choices=ReviewKind)
    scale_id = models.CharField("skala", max_length=40)
    scale_version = models.PositiveSmallIntegerField("utgave")
    scale_sha256 = models.CharField("fingeravtrykk av skalaen", max_length=64)
    # The months that figures are taken from, and the days of the review itself. Both half-open.
    period_starts_on = models.DateField("tall fra")
    period_ends_on = models.DateField("tall til")
    starts_on = models.DateField("vurderingen begynner")
    ends_on = models.DateField("vurderingen slutter")
    seed = models.BigIntegerField("frø for trekningen", null=True)
    drawn_on = models.DateField("trukket", null=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)
    locked_at = models.DateTimeField("signert av alle", null=True)  # set by the last signature
    version = models.PositiveIntegerField(default=1)

    objects = ReviewQuerySet.as_manager()

    rows = Rows(seen=f"{PLANS} OR {among('id', 'my_reviews')} OR ({_SHARED})", added=PLANS, changed=PLANS)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(period_starts_on__lt=F("period_ends_on")), name="review_period_days"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="review_has_days"),
            models.CheckConstraint(condition=Q(period_ends_on__lte=F("ends_on")), name="review_looks_back"),
            models.CheckConstraint(
                condition=Q(seed__isnull=True, drawn_on__isnull=True) | Q(seed__isnull=False, drawn_on__isnull=False),
                name="review_drawn_with_its_seed",
            ),
        ]
        indexes = [models.Index(fields=["service", "-starts_on"], name="review_service")]
        triggers = [
            refused_while(
                "review_is_signed",
                # And nobody locks it but the last who signs.
                "SELECT WHERE OLD.locked_at IS NOT NULL OR {row}.locked_at IS NOT NULL AND"
                " EXISTS (SELECT FROM fidelity_reviewer r WHERE r.review_id = {row}.id AND r.signed_at IS NULL)",
                operation=pgtrigger.Update | pgtrigger.Delete,
                held="",
            ),
            pgtrigger.Trigger(
                name="notes_follow_the_review",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.ends_on IS DISTINCT FROM NEW.ends_on OR OLD.locked_at IS DISTINCT FROM NEW.locked_at"
                ),
                declare=[("closes", "date")],
                func="closes := coalesce((NEW.locked_at AT TIME ZONE 'Europe/Oslo')::date,"
                f" NEW.ends_on + {CLOSES_AFTER.days});"
                " UPDATE fidelity_sampledfile SET closes_on = closes WHERE review_id = NEW.id;"
                " UPDATE fidelity_personnote SET closes_on = closes WHERE review_id = NEW.id; RETURN NULL;",
            ),
        ]

    @cached_property
    def scale(self) -> fidelity.Scale:
        return fidelity.scale(self.scale_id, self.scale_version)

    @property
    def closes_on(self) -> date:
        return timezone.localdate(self.locked_at) if self.locked_at else self.ends_on + CLOSES_AFTER

    def score(self, ratings: Iterable[tuple[str, int | None]]) -> fidelity.FidelityScore:
        """Add up ratings given as item and value; one without a value is not rated."""
        return fidelity.score({item: value for item, value in ratings if value is not None}, self.scale)


@pghistory.track()
class Reviewer(models.Model):
    """One who rates in a review: handed in, and signed, each for good."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField("levert", null=True)
    signed_at = models.DateTimeField("signert", null=True)

    # Everybody who sees the review sees who rates in it: my_reviews() asks this table past the policies.
    rows = Rows(
        seen="review_id IN (SELECT id FROM fidelity_review)",
        added=PLANNED,
        changed=f"user_id = {USER} AND {MY_REVIEW}",
        removed=PLANNED,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="reviewer_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(handed_in_at__isnull=False), name="signed_after_handing_in"
            ),
        ]
        indexes = [models.Index(fields=["user"], name="reviewer_user")]
        triggers = [
            # Who rates is settled by the first rating: with one less there would be nobody left to wait for.
            refused_while(
                "reviewers_are_settled",
                "SELECT FROM fidelity_rating r WHERE r.review_id = {row}.review_id",
                operation=pgtrigger.Insert | pgtrigger.Delete,
                held="UPDATE",
            ),
            refused_while(
                "handed_in_for_good",
                "SELECT WHERE (OLD.review_id, OLD.user_id) IS DISTINCT FROM (NEW.review_id, NEW.user_id)"
                " OR OLD.handed_in_at IS NOT NULL AND OLD.handed_in_at IS DISTINCT FROM NEW.handed_in_at"
                " OR EXISTS (SELECT FROM fidelity_review v WHERE v.id = {row}.review_id AND v.locked_at IS NOT NULL)",
                operation=pgtrigger.Update,
                held="",
            ),
            pgtrigger.Trigger(  # by its name after the one above, which refuses what comes when all is locked
                name="the_last_signature_locks",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.signed_at IS NULL AND NEW.signed_at IS NOT NULL"),
                # Two who sign at once wait for each other here, and the second sees the first.
                func="PERFORM FROM fidelity_review WHERE id = NEW.review_id FOR UPDATE;"
                " IF NOT EXISTS (SELECT FROM fidelity_reviewer WHERE review_id = NEW.review_id AND signed_at IS NULL)"
                " THEN UPDATE fidelity_review SET locked_at = NEW.signed_at WHERE id = NEW.review_id; END IF;"
                " RETURN NULL;",
            ),
        ]
