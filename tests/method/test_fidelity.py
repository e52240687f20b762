from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.fidelity import BadRating, Disagreement, UnknownItem, agreement, load_scale, scale, score

IPS = scale("ips-25")
MADE_UP = load_scale(Path(__file__).with_name("fidelity_two_subscales.toml"))
ITEMS = [item.id for item in IPS.items]

rating = st.integers(1, 5)
all_rated = st.lists(rating, min_size=25, max_size=25).map(lambda ratings: dict(zip(ITEMS, ratings, strict=True)))
some_rated = st.dictionaries(st.sampled_from(ITEMS), rating)


def rated(*ratings):
    return {str(number): each for number, each in enumerate(ratings, start=1)}


def total_of(wanted):
    """25 ratings that make the total."""
    more, rest = divmod(wanted - 25, 4)
    return rated(*[5] * more, *[1 + rest] * (more < 25), *[1] * (24 - more))


# Both sides of each band; 100 or above is good: ipsgrow.org.uk, fidelity reviews.
@pytest.mark.parametrize(
    ("total", "band"),
    [
        (25, "not_ips"),
        (73, "not_ips"),
        (74, "fair"),
        (99, "fair"),
        (100, "good"),
        (114, "good"),
        (115, "exemplary"),
        (125, "exemplary"),
    ],
)
def test_the_total_names_the_band(total, band):
    told = score(total_of(total), IPS)
    assert (told.total, told.band, told.rated, told.items) == (total, band, 25, 25)


def test_there_is_no_total_while_an_item_is_missing():
    ratings = total_of(125)
    del ratings["7"]
    told = score(ratings, IPS)
    assert (told.total, told.band, told.rated, told.items) == (None, None, 24, 25)
    assert [(part.id, part.total, part.rated) for part in told.sections] == [
        ("staffing", 15, 3),
        ("organization", None, 7),
        ("services", 70, 14),
    ]
    assert told.ratings["7"] is None
    assert list(told.ratings) == ITEMS


@given(all_rated)
def test_sections_add_up_to_the_total(ratings):
    told = score(ratings, IPS)
    assert told.total == sum(ratings.values()) == sum(part.total for part in told.sections)


@given(all_rated, st.randoms())
def test_the_order_of_the_ratings_does_not_matter(ratings, random):
    shuffled = list(ratings.items())
    random.shuffle(shuffled)
    assert score(dict(shuffled), IPS) == score(ratings, IPS)


def test_each_subscale_has_its_total_and_band():
    told = score({"1": 3, "2": 2}, MADE_UP)
    assert (told.total, told.band, told.sections[1].rated) == (None, None, 0)
    assert [(each.id, each.total, each.band) for each in told.subscales] == [
        ("work", 5, "high"),
        ("school", None, None),
    ]
    assert (score(rated(1, 1, 3), MADE_UP).total, score(rated(1, 1, 3), MADE_UP).band) == (5, None)


@pytest.mark.parametrize("bad", [0, 6, 4.0, True, "4", None])
def test_a_rating_off_the_scale_is_refused_with_its_item(bad):
    with pytest.raises(BadRating) as caught:
        score({"1": 5, "12": bad}, IPS)
    assert (caught.value.item, caught.value.lowest, caught.value.highest) == ("12", 1, 5)


def test_an_item_that_the_scale_does_not_have_is_refused():
    with pytest.raises(UnknownItem) as caught:
        score({"26": 5}, IPS)
    assert caught.value.item == "26"
    with pytest.raises(UnknownItem):
        agreement({}, {"26": 5}, IPS)


# ---- two raters ------------------------------------------------------------------------------------------------


def from_table(table):
    """A table of counts, the first rater in rows, as two sets of ratings."""
    pairs = [(i, j) for i, row in enumerate(table, 1) for j, n in enumerate(row, 1) for _ in range(n)]
    return rated(*[a for a, _ in pairs]), rated(*[b for _, b in pairs])


def textbook_kappa(a, b, power):
    """Weighted kappa as textbooks have it: weights of agreement, proportions observed and expected by category."""
    both = [item for item in a if item in b]
    if not both:
        return None
    cells = [(i, j) for i in range(1, 6) for j in range(1, 6)]
    weight = {(i, j): 1 - (abs(i - j) / 4) ** power for i, j in cells}
    observed = {(i, j): sum((a[x], b[x]) == (i, j) for x in both) / len(both) for i, j in cells}
    rows = {i: sum(observed[i, j] for j in range(1, 6)) for i in range(1, 6)}
    columns = {j: sum(observed[i, j] for i in range(1, 6)) for j in range(1, 6)}
    seen = sum(weight[cell] * observed[cell] for cell in cells)
    by_chance = sum(weight[i, j] * rows[i] * columns[j] for i, j in cells)
    return None if by_chance > 1 - 1e-9 else (seen - by_chance) / (1 - by_chance)


def test_linear_kappa_is_that_of_sas():
    # SAS, PROC FREQ / AGREE, as printed in the tests of statsmodels (stats/tests/test_inter_rater.py, table10).
    a, b = from_table([[0, 4, 1], [0, 8, 0], [0, 1, 5]])
    assert agreement(a, b, IPS).kappa_linear == pytest.approx(0.4701, abs=5e-5)


def test_both_kappas_are_those_of_irr():
    # R, irr: kappa2(anxiety[,2:3], "equal") and "squared", as printed in the tests of statsmodels (same file). irr
    # takes no notice of 5, which nobody gave, so its 6 stands one step from 4; here it is written as 5.
    second = (3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4)
    third = (2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2)
    a, b = (rated(*(min(each, 5) for each in raters)) for raters in (second, third))
    told = agreement(a, b, IPS)
    assert told.kappa_linear == pytest.approx(0.1459075, abs=5e-8)
    assert told.kappa_quadratic == pytest.approx(0.2520325, abs=5e-8)
    assert told.n == 20


@given(some_rated, some_rated)
def test_kappa_is_that_of_the_textbook(a, b):
    told = agreement(a, b, IPS)
    assert told.kappa_linear == pytest.approx(textbook_kappa(a, b, 1))
    assert told.kappa_quadratic == pytest.approx(textbook_kappa(a, b, 2))


@given(all_rated, all_rated)
def test_who_comes_first_does_not_matter(a, b):
    one, other = agreement(a, b, IPS), agreement(b, a, IPS)
    assert (one.exact, one.within_one, one.kappa_linear, one.kappa_quadratic) == (
        other.exact,
        other.within_one,
        other.kappa_linear,
        other.kappa_quadratic,
    )
    assert [(each.a, each.b) for each in one.disagreements] == [(each.b, each.a) for each in other.disagreements]


@given(all_rated, all_rated, st.permutations(ITEMS))
def test_which_item_a_pair_belongs_to_does_not_matter(a, b, items):
    moved = (dict(zip(items, ratings.values(), strict=True)) for ratings in (a, b))
    one, other = agreement(a, b, IPS), agreement(*moved, IPS)
    assert (one.exact, one.kappa_linear, one.kappa_quadratic) == (
        other.exact,
        other.kappa_linear,
        other.kappa_quadratic,
    )


@given(all_rated.filter(lambda ratings: len(set(ratings.values())) > 1))
def test_raters_who_agree_on_all_have_kappa_1(ratings):
    told = agreement(ratings, ratings, IPS)
    assert (told.exact, told.within_one, told.kappa_linear, told.kappa_quadratic) == (1, 1, 1, 1)
    assert (told.disagreements, told.warnings) == ((), ())


@given(all_rated, all_rated)
def test_agreement_is_never_above_1_and_within_one_never_below_exact(a, b):
    told = agreement(a, b, IPS)
    assert 0 <= told.exact <= told.within_one <= 1
    assert round(25 * told.exact) == 25 - len(told.disagreements)
    for kappa in (told.kappa_linear, told.kappa_quadratic):
        assert kappa is None or kappa <= 1


def test_kappa_is_undefined_where_both_gave_everything_the_same_rating():
    told = agreement(dict.fromkeys(ITEMS, 5), dict.fromkeys(ITEMS, 5), IPS)
    assert (told.exact, told.kappa_linear, told.kappa_quadratic) == (1, None, None)
    assert told.warnings == ("kappa_undefined",)


def test_items_of_one_rater_are_left_out_and_named():
    told = agreement({"1": 5, "2": 3}, {"2": 4, "10": 1}, IPS)
    assert (told.n, told.exact, told.within_one, told.rated_by_one) == (1, 0, 1, ("1", "10"))
    assert told.warnings == ("items_rated_by_one",)
    nothing = agreement({"1": 5}, {}, IPS)
    assert (nothing.n, nothing.exact, nothing.within_one, nothing.kappa_linear) == (0, None, None, None)
    assert nothing.warnings == ("no_common_items", "items_rated_by_one")


def test_the_widest_disagreements_come_first():
    told = agreement(rated(5, 1, 3, 2), rated(4, 4, 3, 3), IPS)
    assert told.disagreements == (
        Disagreement(item="2", a=1, b=4),
        Disagreement(item="1", a=5, b=4),
        Disagreement(item="4", a=2, b=3),
    )
