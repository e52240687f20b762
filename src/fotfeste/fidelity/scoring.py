"""Ratings to totals and bands, and a number to the rating its anchors give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from fotfeste.fidelity.shapes import Band, Item, Scale


class UnknownItem(LookupError):
    """The scale has no such item."""

    def __init__(self, item: str, scale: str) -> None:
        super().__init__(f"{item} in {scale}")
        self.item, self.scale = item, scale


class BadRating(ValueError):
    """The rating is not a whole number on the scale."""

    def __init__(self, item: str, rating: object, lowest: int, highest: int) -> None:
        super().__init__(f"item {item}: {rating!r}, not {lowest} to {highest}")
        self.item, self.rating, self.lowest, self.highest = item, rating, lowest, highest


class NoNumbers(ValueError):
    """The anchors of the item are not numbers: a person rates it."""

    def __init__(self, item: str) -> None:
        super().__init__(f"item {item}")
        self.item = item


class BadNumber(ValueError):
    """The number cannot be what the item counts: below 0, not finite, or a share above 100 per cent."""

    def __init__(self, item: str, number: object) -> None:
        super().__init__(f"item {item}: {number}")
        self.item, self.number = item, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtotal:
    """A section or a subscale; ``total`` and ``band`` are None while an item is missing. Sections have no bands."""

    id: str
    total: int | None
    band: str | None
    rated: int
    items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FidelityScore:
    """``rated`` of ``items`` items are rated; ``total`` and ``band`` are None until all are.

    ``ratings`` holds every item of the scale in order, None where it is not rated.
    """

    scale: str
    scale_version: int
    total: int | None
    band: str | None
    rated: int
    items: int
    sections: tuple[Subtotal, ...]
    subscales: tuple[Subtotal, ...]
    ratings: Mapping[str, int | None]


def score(ratings: Mapping[str, int], scale: Scale) -> FidelityScore:
    """Add the ratings up, by section, subscale and in all.

    Raises
    ------
    UnknownItem, BadRating
        With the item.
    """
    check(ratings, scale)
    whole = _subtotal(scale.id, scale.items, ratings, [band for band in scale.bands if band.subscale is None])
    return FidelityScore(
        scale=scale.id,
        scale_version=scale.version,
        total=whole.total,
        band=whole.band,
        rated=whole.rated,
        items=whole.items,
        sections=tuple(
            _subtotal(section.id, scale.items_in(section=section.id), ratings, []) for section in scale.sections
        ),
        subscales=tuple(
            _subtotal(
                subscale.id,
                scale.items_in(subscale=subscale.id),
                ratings,
                [band for band in scale.bands if band.subscale == subscale.id],
            )
            for subscale in scale.subscales
        ),
        ratings={item.id: ratings.get(item.id) for item in scale.items},
    )


def rating_from_number(item: str, number: Decimal | int, scale: Scale) -> int:
    """The rating that the anchors give a number, in the item's unit (a share in per cent).

    The number is rounded half up to a whole one. Two anchors that hold it, or that lie as near, give the lower
    rating. Conditions beside the number, the item's ``caps``, are the caller's to hold against it.

    Raises
    ------
    UnknownItem, NoNumbers, BadNumber
    """
    if item not in scale.item_by_id:
        raise UnknownItem(item, scale.id)
    asked = scale.item_by_id[item]
    anchors = [anchor for anchor in asked.anchors if anchor.has_numbers]
    if not anchors:
        raise NoNumbers(item)
    if isinstance(number, float):  # 28.5 per cent computed in binary can be 28.499999999999996
        raise BadNumber(item, number)
    number = Decimal(number)
    if not number.is_finite() or number < 0 or (asked.unit == "percent" and number > 100):
        raise BadNumber(item, number)
    whole = int(number.to_integral_value(ROUND_HALF_UP))
    return min(anchors, key=lambda anchor: (anchor.distance(whole), anchor.rating)).rating


def check(ratings: Mapping[str, int], scale: Scale) -> None:
    """Refuse an item that the scale does not have, and a rating that is not on it."""
    for item, rating in ratings.items():
        if item not in scale.item_by_id:
            raise UnknownItem(item, scale.id)
        if type(rating) is not int or not scale.lowest <= rating <= scale.highest:
            raise BadRating(item, rating, scale.lowest, scale.highest)


def _subtotal(id: str, items: Iterable[Item], ratings: Mapping[str, int], bands: Iterable[Band]) -> Subtotal:
    ids = [item.id for item in items]
    rated = [ratings[item] for item in ids if item in ratings]
    total = sum(rated) if len(rated) == len(ids) else None
    band = next((band.id for band in bands if total is not None and band.least <= total <= band.most), None)
    return Subtotal(id=id, total=total, band=band, rated=len(rated), items=len(ids))
