"""Items 15 and 16: how soon an employer is met, and whether the search follows the person's wishes."""

from collections import defaultdict
from decimal import Decimal

from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import mean, median, number, share
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import rating_of, suggestion
from fotfeste.fidelity.suggestions.shapes import Suggestion
from fotfeste.indicators.records import Wish, days_to_first_employer_contact

NEAR = 2  # digits of STYRK-08 that an occupation near another shares with it


def rapid_search(g: Gathered) -> Suggestion:
    """Item 15: mean days from start-up to the first employer met, of those who have met one.

    An open case counts by its age in a second mean; where that points to a lower anchor, a person chooses.
    """
    item = g.item("15")
    window = g.window(item)
    closed: dict[str, int] = {}
    still_open: dict[str, int] = {}
    for one in g.records.participants:
        if one.entered_on is None or not window.contains(one.entered_on):
            continue
        days = days_to_first_employer_contact(
            one.entered_on, g.contacts_about.get(one.id, ()), school_counts=g.options.school_counts
        )
        if days is None:
            # Somebody who has ended without an employer met waited until then.
            until = min(one.ended_on or g.last_day, g.last_day)
            still_open[one.id] = (until - one.entered_on).days
        else:
            closed[one.id] = days
    soon = item.anchors[-1].most
    assert soon is not None  # days: the highest rating has the lowest number
    decided = [*closed, *(id for id, days in still_open.items() if days > soon)]
    with_open = mean([*closed.values(), *still_open.values()])
    figures = [
        number("mean_days_with_open", with_open),
        number("median_days", median(closed.values())),
        share("within_days_of_best_anchor", [id for id, days in closed.items() if days <= soon], decided),
        share("open_cases", still_open, [*closed, *still_open]),
    ]
    decides = mean([*closed.values()])
    if decides is None or with_open is None:
        told = marks.NO_CLOSED_CASES if still_open else marks.NO_RECORDS
        return suggestion(item, window, figures=figures, told=[told], of_ids=still_open)
    rating, lower = rating_of(item, decides, g.scale), rating_of(item, with_open, g.scale)
    points_lower = lower < rating
    return suggestion(
        item,
        window,
        rating=rating,
        choices=(lower, rating) if points_lower else (),
        number=decides,
        numerator=Decimal(sum(closed.values())),
        denominator=len(closed),
        figures=figures,
        told=[marks.OPEN_CASES_POINT_LOWER] if points_lower else [],
        ids=closed,
        of_ids=[*closed, *still_open],
    )


def individual_search(g: Gathered) -> Suggestion:
    """Item 16: places tried in an occupation that was wished for then, or near one, of all that were tried."""
    item = g.item("16")
    window = g.window(item)
    wishes: dict[str, list[Wish]] = defaultdict(list)
    for wish in g.records.wishes:
        wishes[wish.participant].append(wish)
    tried, wished, near = [], [], []
    for one in g.records.applications:
        if not window.contains(one.on):
            continue
        then = [wish.occupation for wish in wishes[one.participant] if wish.period.contains(one.on)]
        tried.append(one.id)
        if one.occupation in then:
            wished.append(one.id)
        if any(one.occupation[:NEAR] == occupation[:NEAR] for occupation in then):
            near.append(one.id)
    figures = [share("tried_as_wished", wished, tried), share("tried_as_wished_or_near", near, tried)]
    return suggestion(item, window, figures=figures, told=[] if tried else [marks.NO_RECORDS])
