"""A number to the rating that its anchors give: for the whole service, or for each job specialist and averaged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fotfeste.fidelity.scoring import rating_from_number
from fotfeste.fidelity.shapes import Anchor, Item, Scale
from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import divided
from fotfeste.fidelity.suggestions.shapes import Figure, OfSpecialist, Suggestion
from fotfeste.periods import Period

WHOLE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted for one job specialist, before it is rated. A denominator of 0 says that nothing was."""

    specialist: str
    numerator: Decimal | int
    denominator: Decimal | int
    caps: tuple[str, ...] = ()
    reaches: bool = False  # a rule of the item gives the highest rating, whatever the number
    figures: tuple[Figure, ...] = ()
    ids: Iterable[str] = ()
    of_ids: Iterable[str] = ()


def of_unit(item: Item, numerator: Decimal | int, denominator: Decimal | int) -> Decimal | None:
    """The number in the unit of the item: a share in per cent."""
    number = divided(numerator, denominator)
    return 100 * number if number is not None and item.unit == "percent" else number


def rating_of(item: Item, number: Decimal, scale: Scale) -> int:
    """The rating of the number; records that say more than the whole are rated as the whole."""
    return rating_from_number(item.id, min(number, WHOLE) if item.unit == "percent" else number, scale)


def anchor_of(item: Item, rating: int | None) -> Anchor | None:
    return next((anchor for anchor in item.anchors if anchor.rating == rating), None)


def capped(item: Item, rating: int, caps: Iterable[str]) -> int:
    """The rating, or the highest that the conditions beside the number leave."""
    return min([rating, *(cap.rating for cap in item.caps if cap.id in caps)])


def for_each(
    item: Item,
    counted: Sequence[Counted],
    scale: Scale,
    window: Period[date],
    *,
    told: Iterable[str] = (),
    figures: tuple[Figure, ...] = (),
) -> Suggestion:
    """Rate each job specialist, average and round half up; the pooled figure stands beside.

    ``told`` are marks of the item's own.
    """
    each = tuple(_of_specialist(item, one, scale) for one in counted)
    rated = [one.rating for one in each if one.rating is not None]
    rating = int((Decimal(sum(rated)) / len(rated)).to_integral_value(ROUND_HALF_UP)) if rated else None
    used = [one for one in counted if one.denominator]
    numerator = sum((Decimal(one.numerator) for one in used), start=Decimal(0))
    denominator = sum((Decimal(one.denominator) for one in used), start=Decimal(0))
    number = of_unit(item, numerator, denominator)
    pooled = _pooled(item, number, used, scale)
    holds = {
        marks.NO_RECORDS: not used,
        marks.NOT_RATED_SPECIALISTS: bool(rated) and len(rated) < len(each),
        marks.DIFFERS_FROM_POOLED: rating is not None and rating != pooled,
        marks.MORE_THAN_THE_WHOLE: item.unit == "percent" and any((one.number or 0) > WHOLE for one in each),
    }
    return suggestion(
        item,
        window,
        rating=rating,
        number=number,
        numerator=numerator,
        denominator=denominator,
        pooled_rating=pooled,
        specialists=each,
        figures=figures,
        told=[*told, *(mark for mark, held in holds.items() if held)],
        ids=[id for one in each for id in one.ids],
        of_ids=[id for one in each for id in one.of_ids],
    )


def suggestion(
    item: Item,
    window: Period[date],
    *,
    rating: int | None = None,
    choices: Iterable[int] = (),
    number: Decimal | None = None,
    numerator: Decimal | int | None = None,
    denominator: Decimal | int | None = None,
    pooled_rating: int | None = None,
    specialists: tuple[OfSpecialist, ...] = (),
    figures: Iterable[Figure] = (),
    told: Iterable[str] = (),
    ids: Iterable[str] = (),
    of_ids: Iterable[str] = (),
) -> Suggestion:
    """Put a suggestion together. Where a person chooses there is no rating; an unchecked anchor leaves its mark."""
    assert window.end is not None
    choices = tuple(sorted(set(choices)))
    if len(choices) > 1:
        rating = None
    ratings = {rating, pooled_rating, *choices, *(one.rating for one in specialists)}
    stands_on = [anchor for anchor in item.anchors if anchor.rating in ratings]
    awaits = [marks.AWAITS_CHECK] if any(anchor.awaits_check for anchor in stands_on) else []
    return Suggestion(
        item=item.id,
        computable=item.computable,
        unit=item.unit,
        starts_on=window.start,
        ends_on=window.end,
        rating=rating,
        choices=choices if len(choices) > 1 else (),
        number=number,
        numerator=None if numerator is None else Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
        anchor=anchor_of(item, rating),
        pooled_rating=pooled_rating,
        marks=tuple(dict.fromkeys([*told, *awaits])),
        specialists=specialists,
        figures=tuple(figures),
        ids=tuple(sorted(ids)),
        of_ids=tuple(sorted(of_ids)),
    )


def _pooled(item: Item, number: Decimal | None, used: Sequence[Counted], scale: Scale) -> int | None:
    """The rating of the pooled number, under the conditions that hold for all."""
    if number is None:
        return None
    rating = scale.highest if all(one.reaches for one in used) else rating_of(item, number, scale)
    return _suggested(item, capped(item, rating, set.intersection(*(set(one.caps) for one in used))))


def _suggested(item: Item, rating: int | None) -> int | None:
    return rating if rating in item.suggests else None


def _of_specialist(item: Item, one: Counted, scale: Scale) -> OfSpecialist:
    number = of_unit(item, one.numerator, one.denominator)
    rating = None
    if number is not None:
        rating = scale.highest if one.reaches else rating_of(item, number, scale)
        rating = _suggested(item, capped(item, rating, one.caps))
    return OfSpecialist(
        specialist=one.specialist,
        number=number,
        numerator=Decimal(one.numerator),
        denominator=Decimal(one.denominator),
        rating=rating,
        anchor=anchor_of(item, rating),
        caps=one.caps,
        figures=one.figures,
        ids=tuple(sorted(one.ids)),
        of_ids=tuple(sorted(one.of_ids)),
    )
