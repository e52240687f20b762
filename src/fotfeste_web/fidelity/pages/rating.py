"""What one reviewer sees while rating alone: the own ratings, and nobody else's."""

from dataclasses import dataclass
from datetime import date

from fotfeste.fidelity import Item
from fotfeste_web.accounts.models import User
from fotfeste_web.fidelity.models import Rating, Review, Reviewer
from fotfeste_web.fidelity.suggestions import suggested
from fotfeste_web.fidelity.words import EVIDENCE

from .review import Became, earlier_measures, progress_in_words


@dataclass(frozen=True, slots=True)
class OwnItem:
    id: str
    number: int
    name: str
    value: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingPage:
    id: int
    service: str
    progress: str
    complete: bool
    handed_in: bool
    next_item: str  # the first without a rating
    sections: list[tuple[str, list[OwnItem]]]

    @classmethod
    def of(cls, reviewer: Reviewer) -> "RatingPage":
        review = reviewer.review
        own = dict(Rating.objects.filter(review=review, rater=reviewer.user_id).values_list("item", "value"))
        score = review.score(own.items())
        return cls(
            id=review.pk,
            service=review.service.name,
            progress=progress_in_words(score.rated, score.items),
            complete=score.rated == score.items,
            handed_in=reviewer.handed_in_at is not None,
            next_item=next((item for item, value in score.ratings.items() if value is None), ""),
            sections=[
                (
                    section.name_nb,
                    [
                        OwnItem(item.id, item.number, item.name_nb, own.get(item.id))
                        for item in review.scale.items_in(section=section.id)
                    ],
                )
                for section in review.scale.sections
            ],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """What a scale says of one item, and the number that stands beside it."""

    id: str
    number: int
    name: str
    rated: str
    own_words: bool
    awaits_check: bool
    parts: list[tuple[str, str]]
    conditions: list[str]
    variants: list[str]
    sources: str
    suggested: str
    measures: list[Became]
    before: str
    after: str

    @classmethod
    def of(cls, review: Review, item: Item, today: date) -> "ItemFacts":
        items = [one.id for one in review.scale.items]
        place = items.index(item.id)
        return cls(
            id=item.id,
            number=item.number,
            name=item.name_nb,
            rated=item.rated_nb,
            own_words=review.scale.wording == "own",
            awaits_check=any(anchor.awaits_check for anchor in item.anchors),
            parts=[(part.id, part.nb) for part in item.parts],
            conditions=[f"Høyst {cap.rating}: {cap.nb}" for cap in item.caps],
            variants=[variant.nb for variant in item.variants],
            sources=", ".join(EVIDENCE[code] for code in item.evidence),
            suggested=suggested(review).get(item.id, ""),
            measures=earlier_measures(review, item.id, today),
            before=items[place - 1] if place else "",
            after=items[place + 1] if place + 1 < len(items) else "",
        )


def own_rating(review: Review, item: str, user: User) -> Rating:
    """Give the stored rating, or an empty one whose version nobody has."""
    stored = Rating.objects.filter(review=review, rater=user, item=item).first()
    return stored or Rating(review=review, rater=user, item=item, version=0)
