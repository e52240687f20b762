"""The step up from a rating: so many records more, or fewer, give the next rating, and one less does not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.fidelity import Suggestion, UnknownItem, next_step, rating_from_number, scale

IPS = scale("ips-25")
COUNTED = ["1", "15", "17", "21", "23", "24"]


def suggested(item, numerator, denominator, *, rating=None):
    percent = IPS.item_by_id[item].unit == "percent"
    number = (100 if percent else 1) * Decimal(numerator) / Decimal(denominator)
    return Suggestion(
        item=item, computable="A", unit=None, starts_on=date(2026, 1, 1), ends_on=date(2026, 7, 1),
        rating=rating or rating_from_number(item, number, IPS),
        number=number, numerator=Decimal(numerator), denominator=Decimal(denominator),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("item", "numerator", "denominator", "rating", "change"),
    [
        ("21", 16, 20, 4, 1),  # 80 %, of 20 jobs: 17 are 85 %, the least of 4
        ("1", 53, 2, 4, -3),  # 26.5 is 27 for a post: 50 for two are 25, 51 are 25.5 and round to 26
        ("15", 350, 10, 5, -46),  # 35 days in the mean: 304 for ten are 30.4, 305 are 30.5 and round to 31
        (
            "17",
            30,
            10,
            3,
            5,
        ),  # three a week is as near to two as to four, and a tie goes to the lower: 35 round to four
        ("24", 30, 100, 2, 1),  # 30 % is in two anchors, and a tie goes to the lower: 30.5 of 100 hours round to 31
    ],
)
def test_so_many_more_or_fewer_reach_the_next_anchor(item, numerator, denominator, rating, change):
    step = next_step(suggested(item, numerator, denominator), IPS)
    assert (step.anchor.rating, step.change) == (rating, change)


@given(st.sampled_from(COUNTED), st.integers(0, 3000), st.integers(1, 60))
def test_with_the_change_the_rating_is_higher_and_with_one_less_it_is_not(item, numerator, denominator):
    percent = IPS.item_by_id[item].unit == "percent"
    told = suggested(item, min(numerator, denominator) if percent else numerator, denominator)
    step = next_step(told, IPS)
    if told.rating == max(IPS.item_by_id[item].suggests):
        assert step is None
        return
    toward = 1 if step.change > 0 else -1

    def after(change):
        return suggested(item, told.numerator + change, denominator).rating

    assert after(step.change) >= step.anchor.rating > told.rating
    assert after(step.change - toward) == told.rating


def test_where_all_together_are_there_already_nothing_is_to_be_added():
    """The average of the job specialists decides: it says 3 where the pooled number would give 5."""
    step = next_step(suggested("21", 20, 20, rating=3), IPS)
    assert (step.anchor.rating, step.change) == (4, 0)


def test_no_step_is_named_where_a_person_chooses_or_nothing_is_counted():
    nothing = Suggestion(item="21", computable="A", unit=None, starts_on=date(2026, 1, 1), ends_on=date(2026, 7, 1))
    assert next_step(nothing, IPS) is None
    # Item 23 suggests 3 at most: 4 and 5 are for a person.
    assert next_step(suggested("23", 9, 10, rating=3), IPS) is None


def test_an_item_the_scale_does_not_have_is_refused():
    with pytest.raises(UnknownItem):
        next_step(
            Suggestion(item="26", computable="A", unit=None, starts_on=date(2026, 1, 1), ends_on=date(2026, 7, 1)), IPS
        )
