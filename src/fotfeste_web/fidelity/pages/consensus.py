"""Enighet: what each gave, where they differ first, and what they have agreed on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from fotfeste import fidelity
from fotfeste_web.accounts.models import User
from fotfeste_web.fidelity.actions.consensus import seen_of
from fotfeste_web.fidelity.models import Consensus, Rating, Review
from fotfeste_web.fidelity.words import EVIDENCE
from fotfeste_web.ui.formats import number, percent

from .review import progress_in_words, reviewers_of
from .reviews import band_name


@dataclass(frozen=True, slots=True)
class Given:
    """What one gave an item."""

    name: str
    value: int | None
    sources: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    id: str
    number: int
    name: str
    given: list[Given]
    apart: int
    agreed: int | None

    @property
    def values(self) -> str:
        return " og ".join(str(one.value) for one in self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsensusPage:
    id: int
    service: str
    differ: list[Line]  # the widest first
    alike: list[Line]
    agreement: list[tuple[str, str]]  # figure and value; none with one reviewer
    progress: str
    complete: bool
    left_alike: int  # given alike and not taken over yet
    total: int | None
    band: str
    seen: int
    signed: list[tuple[str, datetime | None]]
    any_signed: bool
    own_signed: bool
    locked: bool

    @classmethod
    def of(cls, review: Review, user: User) -> "ConsensusPage":
        reviewers = reviewers_of(review)
        given = ratings_of(review)
        agreed = dict(review.consensus.values_list("item", "value"))
        score = review.score(agreed.items())
        lines = [
            Line(
                id=item.id,
                number=item.number,
                name=item.name_nb,
                given=given[item.id],
                apart=_apart(given[item.id]),
                agreed=agreed.get(item.id),
            )
            for item in review.scale.items
        ]
        alike = [line for line in lines if not line.apart]
        return cls(
            id=review.pk,
            service=review.service.name,
            differ=sorted((line for line in lines if line.apart), key=lambda line: -line.apart),
            alike=alike,
            agreement=_agreement(review),
            progress=progress_in_words(score.rated, score.items),
            complete=score.rated == score.items,
            left_alike=sum(line.agreed is None for line in alike),
            total=score.total,
            band=band_name(review, score.band),
            seen=seen_of(review),
            signed=[(one.user.name, one.signed_at) for one in reviewers],
            any_signed=any(one.signed_at for one in reviewers),
            own_signed=any(one.signed_at for one in reviewers if one.user_id == user.pk),
            locked=review.locked_at is not None,
        )


def ratings_of(review: Review) -> dict[str, list[Given]]:
    """Give by item what each gave it. The database shows the own alone until all have handed in."""
    given: dict[str, list[Given]] = defaultdict(list)
    for one in Rating.objects.filter(review=review).select_related("rater").order_by("rater__name"):
        sources = ", ".join(EVIDENCE[code] for code in one.evidence)
        given[one.item].append(Given(one.rater.name, one.value, sources, one.comment))
    return given


def alike_of(review: Review) -> dict[str, int]:
    """Give the items that all gave the same."""
    return {
        item: given[0].value
        for item, given in ratings_of(review).items()
        if not _apart(given) and given[0].value is not None
    }


def _apart(given: list[Given]) -> int:
    values = [one.value for one in given if one.value is not None]
    return max(values) - min(values) if values else 0


def _agreement(review: Review) -> list[tuple[str, str]]:
    by_rater: dict[int, dict[str, int]] = defaultdict(dict)
    for rater, item, value in Rating.objects.filter(review=review).values_list("rater", "item", "value"):
        by_rater[rater][item] = value
    if len(by_rater) != 2:
        return []
    a, b = by_rater.values()
    found = fidelity.agreement(a, b, review.scale)
    kappa = found.kappa_linear
    return [
        ("Helt enige", "–" if found.exact is None else percent(found.exact)),
        ("Høyst ett trinn fra hverandre", "–" if found.within_one is None else percent(found.within_one)),
        ("Vektet kappa (lineær)", "ikke mulig å regne ut" if kappa is None else number(kappa, 2)),
    ]


def consensus_on(review: Review, item: str, given: list[Given]) -> Consensus:
    """Give what is agreed on an item; else an empty one whose version nobody has, with what all gave it."""
    stored = Consensus.objects.filter(review=review, item=item).first()
    alike = given[0].value if given and not _apart(given) else None
    return stored or Consensus(review=review, item=item, value=alike, version=0)
