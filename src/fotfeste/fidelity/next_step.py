"""What would lift an item one rating: the next anchor, and how many more records, or fewer, reach it."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from fotfeste.fidelity.scoring import UnknownItem, rating_from_number
from fotfeste.fidelity.shapes import Anchor, Item, Scale
from fotfeste.fidelity.suggestions import Suggestion

HALF = Decimal("0.5")  # a number is rounded half up before it meets the anchors


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The nearest higher anchor that a number reaches.

    Attributes
    ----------
    anchor : Anchor
    change : int
        Whole units of the numerator to add (or, below 0, to take away) with the denominator as it is: meetings, jobs,
        hours, days, participants. 0 where the number of all together is there already.
    """

    anchor: Anchor
    change: int


def next_step(suggestion: Suggestion, scale: Scale) -> NextStep | None:
    """Give the step up from the rating that a number points to.

    None where nothing points to a rating, where a person must choose, and at the highest that numbers suggest. Where
    each job specialist is rated, the change is of all together, and what is averaged may ask for more; the conditions
    beside the number, the item's ``caps``, are not looked at.

    Raises
    ------
    UnknownItem
        If the scale has no such item.
    """
    if suggestion.item not in scale.item_by_id:
        raise UnknownItem(suggestion.item, scale.id)
    item = scale.item_by_id[suggestion.item]
    numerator, denominator, rating = suggestion.numerator, suggestion.denominator, suggestion.rating
    if rating is None or numerator is None or not denominator:
        return None
    above = [one for one in item.anchors if one.rating > rating and one.has_numbers and one.rating in item.suggests]
    if not above:
        return None
    anchor = min(above, key=lambda one: one.rating)
    per = denominator / 100 if item.unit == "percent" else denominator
    now = int((numerator / per).to_integral_value(ROUND_HALF_UP))
    reached = _first_that_reaches(item, anchor, now, scale)
    if reached > now:
        lacks = (reached - HALF) * per - numerator
        return NextStep(anchor=anchor, change=int(lacks.to_integral_value(ROUND_CEILING)))
    if reached < now:
        exceeds = numerator - (reached + HALF) * per  # what is left must be below the half that rounds up
        return NextStep(anchor=anchor, change=-int(exceeds.to_integral_value(ROUND_FLOOR)) - 1)
    return NextStep(anchor=anchor, change=0)


def _first_that_reaches(item: Item, anchor: Anchor, now: int, scale: Scale) -> int:
    """The whole number nearest to the one there is that is given the rating: anchors may overlap or leave gaps."""
    fewer_is_better = [one for one in item.anchors if one.has_numbers][-1].least is None
    bound = anchor.most if fewer_is_better else anchor.least
    assert bound is not None
    numbers = range(now, bound - 2, -1) if fewer_is_better else range(now, bound + 2)
    return next(
        (one for one in numbers if rating_from_number(item.id, min(one, 100) if item.unit == "percent" else one, scale)
         >= anchor.rating),
        now,
    )  # fmt: skip
