"""The profile of a review: a bar for each rated item, a ring for each from before."""

from fotfeste.charts.fidelity import fidelity_profile
from fotfeste.charts.saving import svg
from fotfeste.fidelity import scale, score

IPS = scale("ips-25")
RATINGS = {item.id: 1 + item.number % 5 for item in IPS.items}


def drawn(ratings, before=None):
    return svg(fidelity_profile(score(ratings, IPS), IPS, before=before))


def test_every_item_is_named_and_every_rated_one_has_a_bar():
    picture = drawn({item: value for item, value in RATINGS.items() if item != "7"})
    for item in IPS.items:
        assert f"{item.number} {item.name_nb}" in picture
    assert picture.count('aria-roledescription="bar"') == 24


def test_a_ring_stands_where_the_rating_was_before():
    assert drawn(RATINGS).count('aria-roledescription="point"') == 0
    assert drawn(RATINGS, {"1": 3, "15": 2}).count('aria-roledescription="point"') == 2
