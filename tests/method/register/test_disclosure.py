"""Disclosure control: what is held back cannot be worked out from what is shown."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fotfeste.register.disclosure import NoCounts, Protected, percentile, protect, rounded

tables = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 12), min_size=columns, max_size=columns), min_size=2, max_size=4)
)


def shown(told: Protected) -> list[list[int | None]]:
    return [
        *([*row, total] for row, total in zip(told.cells, told.row_sums, strict=True)),
        [*told.column_sums, told.total],
    ]


@settings(max_examples=12)
@given(tables)
def test_no_small_number_is_shown_and_none_is_alone_in_its_line(table: list[list[int]]) -> None:
    whole = shown(protect(table))
    assert all(cell is None or cell == 0 or cell >= 5 for row in whole for cell in row)
    for line in [*whole, *map(list, zip(*whole, strict=True))]:
        assert sum(cell is None for cell in line) != 1


def test_a_patient_intruder_finds_no_cell_of_a_small_table() -> None:
    """Every table of whole numbers that fits what is shown, by brute force: each cell held back can be at least two
    numbers, and each small one 5 or more."""
    table = np.array([[3, 9, 8], [7, 6, 12]])
    told = protect(table)
    held = [(r, c) for r, c in product(range(2), range(3)) if told.cells[r][c] is None]
    assert (0, 0) in held
    assert (told.row_sums, told.column_sums) == ((20, 25), (10, 15, 20))
    fits = []
    assert len(held) == 4
    for guess in product(range(16), repeat=len(held)):
        more = [value - table[place] for place, value in zip(held, guess, strict=True)]
        if all(sum(m for m, place in zip(more, held, strict=True) if place[axis] == line) == 0
               for axis in (0, 1) for line in range(3)):  # fmt: skip
            fits.append(guess)
    for i, place in enumerate(held):
        assert len({guess[i] for guess in fits}) > 1
        if table[place] < 5:
            assert max(guess[i] for guess in fits) >= 5


def test_a_table_of_large_numbers_is_shown_as_it_is() -> None:
    told = protect([[10, 20], [0, 40]])
    assert (told.cells, told.total, told.primary, told.secondary) == (((10, 20), (0, 40)), 70, (), ())


def test_many_months_of_few_people_are_few_people() -> None:
    """40 months of 2 people may be 43 of 5 to whoever sees the rest; as numbers of people nothing would be held."""
    months, people = [[40, 600], [500, 700]], [[2, 30, 31], [30, 40, 60], [31, 60, 80]]
    assert protect(months).primary == ()
    told = protect(months, people=people)
    assert told.primary == ((0, 0),)
    assert told.cells == ((None, None), (None, None))
    assert (told.row_sums, told.total) == ((640, 1200), 1840)


def test_what_is_no_table_of_people_is_refused() -> None:
    for wrong in ([[1.5, 2.0]], [[-1, 2]], [1, 2]):
        with pytest.raises(NoCounts):
            protect(wrong)
    with pytest.raises(NoCounts):
        protect([[1, 2]], people=[[1, 2]])


def test_numbers_are_rounded_to_the_nearest_five_and_a_half_goes_up() -> None:
    assert [rounded(n) for n in (0, 2, 3, 7, 8)] == [0, 0, 5, 5, 10]
    assert rounded(15, base=10) == 20


def test_a_percentile_is_nobodys_own_wage_and_needs_people_on_both_sides() -> None:
    wages = np.arange(1, 22) ** 2 * 1000.0
    told = percentile(wages, 0.5)
    assert told == pytest.approx(np.mean(wages[8:13]))
    assert told not in wages
    assert percentile(wages, 0.9) is None
