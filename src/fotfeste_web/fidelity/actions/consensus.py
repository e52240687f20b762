"""Agree item by item, and sign."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Sum

from fotfeste import fidelity
from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import ChangedMeanwhile, take
from fotfeste_web.fidelity.models import Consensus, Review, Reviewer

from .rating import NotAllRated


@action
def agree_on(review: Review, *, item: str, version: int, suggested: str, by: User, **values: Any) -> Consensus:
    """Set what the reviewers give one item together."""
    if item not in review.scale.item_by_id:
        raise fidelity.UnknownItem(item, review.scale_id)
    agreed = Consensus.objects.filter(review=review, item=item).first()
    agreed = take(agreed, version) if agreed else Consensus(review=review, item=item)
    for name, value in values.items():
        setattr(agreed, name, value)
    agreed.suggested, agreed.set_by = suggested, by
    agreed.save()
    record("review.item_agreed", subject=review, by=by, item=item)
    return agreed


@action
def take_over_alike(review: Review, *, alike: Mapping[str, int], suggested: Mapping[str, str], by: User) -> int:
    """Take over what all gave alike, where nothing is agreed yet."""
    there = set(review.consensus.values_list("item", flat=True))
    made = Consensus.objects.bulk_create(
        Consensus(review=review, item=item, value=value, suggested=suggested.get(item, ""), set_by=by)
        for item, value in alike.items()
        if item not in there
    )
    record("review.alike_taken_over", subject=review, by=by, items=len(made))
    return len(made)


def seen_of(review: Review) -> int:
    """Number what is agreed now: any change to it gives another number."""
    return review.consensus.aggregate(seen=Sum("version"))["seen"] or 0


@action
def sign(reviewer: Reviewer, *, seen: int, now: datetime, by: User) -> Reviewer:
    """Sign what one has seen. The last signature locks the review, which the database does."""
    review = reviewer.review
    score = review.score(review.consensus.values_list("item", "value"))
    if score.rated < score.items:
        raise NotAllRated(score.rated, score.items)
    if seen != seen_of(review):
        raise ChangedMeanwhile(review)
    reviewer.signed_at = now
    reviewer.save()
    record("review.signed", subject=review, by=by)
    return reviewer


@action
def withdraw_signature(reviewer: Reviewer, *, by: User) -> Reviewer:
    """Take the own signature back, so that something can be changed before the other signs."""
    reviewer.signed_at = None
    reviewer.save()
    record("review.signature_withdrawn", subject=reviewer.review, by=by)
    return reviewer
