"""Rate alone, and hand in for good."""

from datetime import datetime
from typing import Any

from fotfeste import fidelity
from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.fidelity.models import Rating, Review, Reviewer


class NotAllRated(ValueError):
    """Some items have no rating yet."""

    def __init__(self, rated: int, items: int) -> None:
        super().__init__(f"{rated} of {items}")
        self.rated, self.items = rated, items


@action
def rate_item(review: Review, *, item: str, version: int, suggested: str, by: User, **values: Any) -> Rating:
    """Set the own rating of one item. The event says which item, never what it was given."""
    if item not in review.scale.item_by_id:
        raise fidelity.UnknownItem(item, review.scale_id)
    rating = Rating.objects.filter(review=review, rater=by, item=item).first()
    rating = take(rating, version) if rating else Rating(review=review, rater=by, item=item)
    for name, value in values.items():
        setattr(rating, name, value)
    rating.suggested = suggested
    rating.save()
    record("review.item_rated", subject=review, by=by, item=item)
    return rating


@action
def hand_in(reviewer: Reviewer, *, now: datetime, by: User) -> Reviewer:
    """Hand in what one has rated: all of it, and it is not changed after."""
    review = reviewer.review
    ratings = Rating.objects.filter(review=review, rater=by).values_list("item", "value")
    score = review.score(ratings)
    if score.rated < score.items:
        raise NotAllRated(score.rated, score.items)
    reviewer.handed_in_at = now
    reviewer.save()
    record("review.handed_in", subject=review, by=by)
    return reviewer
