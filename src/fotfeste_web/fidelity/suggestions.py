"""The number that stands beside each item: prepared from daily records, never a rating."""

from collections.abc import Mapping

from .counting.counted import of_row
from .counting.periods import of_review
from .counting.words import sentences
from .models import CountedItem, Review


def suggested(review: Review) -> Mapping[str, str]:
    """Give sentences by item, of the review's own period and without people.

    They are counted anew each night until the last has signed. A signed review keeps those that were agreed on.
    """
    if review.locked_at:
        return dict(review.consensus.values_list("item", "suggested"))
    kept = CountedItem.objects.filter(service=review.service_id, period=of_review(review).name, whole=False)
    return {
        one.item: "\n".join(sentences(review.scale.item_by_id[one.item], of_row(one), {}))
        for one in kept
        if one.item in review.scale.item_by_id
    }
