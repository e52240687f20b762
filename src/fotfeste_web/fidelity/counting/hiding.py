"""Small cells are hidden before they are kept, for those who see numbers and no people.

What counts people, or their jobs, referrals and attempts, is hidden from 1 to 4, and so is a share of which 1 to 4 are
left: it could be found by subtraction. What counts meetings and hours of the staff is shown for all together.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from fotfeste_web.figures.cells import shown
from fotfeste_web.figures.disclosure import hide_small

from .counted import Cell, Counted

ABOUT_STAFF = {"2", "5", "6", "7", "8", "10", "11", "17", "18", "24"}  # the other items of IPS-25 count people
PEOPLE_ALL_THE_SAME = {"raised_without_referral"}
# One table each, whose sum is known from elsewhere.
TABLES = {"not_offered", "referrals_from", "jobs_by_form", "ended_because", "jobs_left_out"}
MEANS = {"mean_days_with_open", "median_days", "median_days_to_start", "measures_a_person"}
ALL_TOGETHER, OTHERS = "all", "others"


def without_people(told: Counted, staff: Iterable[str]) -> Counted:
    """Give an item as those see it who have no access to people. ``staff``: the job specialists' ids."""
    figures = pooled(told.figures, set(staff))
    if told.item in ABOUT_STAFF:
        figures = [_hidden(one) if one.id in PEOPLE_ALL_THE_SAME else one for one in figures]
        return replace(told, specialists=(), figures=tuple(figures))
    value = _hidden_value(told)
    cells = _hidden_cells(figures)
    if value.hidden or any(one.hidden for one in cells):
        cells = [one.concealed() if one.id in MEANS else one for one in cells]
    bare = replace(told, specialists=(), figures=tuple(cells), value=value)
    return replace(bare, rating=None, choices=(), pooled_rating=None, marks=(), step=None) if value.hidden else bare


def pooled(figures: Iterable[Cell], staff: set[str]) -> list[Cell]:
    """Add up what is told of each job specialist."""
    made: dict[tuple[str, str], Cell] = {}
    for one in figures:
        cell = replace(one, about=ALL_TOGETHER) if one.about in staff else one
        key = (cell.id, cell.about)
        made[key] = _sum(made[key], cell) if key in made else cell
    return list(made.values())


def _sum(one: Cell, other: Cell) -> Cell:
    if one.denominator is None or other.denominator is None:
        return replace(one, number=_added(one.number, other.number))
    numerator, denominator = _added(one.numerator, other.numerator), one.denominator + other.denominator
    number = numerator / denominator if denominator else None
    return replace(one, number=number, numerator=numerator, denominator=denominator)


def _added(one: Decimal | None, other: Decimal | None) -> Decimal:
    return Decimal(one or 0) + Decimal(other or 0)


def _hidden_value(told: Counted) -> Cell:
    value = told.value
    if value.denominator is None or value.numerator is None:
        return value
    # Of a mean of days the people are the denominator alone; of participants per post the numerator.
    people = {"15": (value.denominator,), "1": (value.numerator,)}.get(
        told.item, (value.numerator, value.denominator, value.denominator - value.numerator)
    )
    return value.concealed() if _small(*people) else value


def _hidden_cells(cells: list[Cell]) -> list[Cell]:
    tables: dict[str, dict[str, int]] = defaultdict(dict)
    for one in cells:
        if one.id in TABLES:
            tables[one.id][one.about] = int(one.numerator if one.numerator is not None else one.number or 0)
    kept = {id: hide_small(table) for id, table in tables.items()}
    shown_cells = [one for one in cells if one.id in TABLES and kept[one.id][one.about] is not None]
    # A line that says that it is hidden says that there is somebody: what is hidden of a table is one line.
    rest = [Cell(id=id, about=OTHERS, hidden=True) for id, table in kept.items() if None in table.values()]
    return [*shown_cells, *rest, *(_hidden(one) for one in cells if one.id not in TABLES)]


def _hidden(one: Cell) -> Cell:
    if one.id in MEANS:
        return one
    if one.numerator is not None and one.denominator is not None:
        return one.concealed() if _small(one.numerator, one.denominator, one.denominator - one.numerator) else one
    return one.concealed() if one.number is not None and _small(one.number) else one


def _small(*counts: Decimal) -> bool:
    return any(count > 0 and shown(int(count)) is None for count in counts)
