"""The ratings of one rater from a CSV file: ``item,rating[,rater][,comment]``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fotfeste.fidelity.shapes import Scale
from fotfeste.files import BadCell, Cells, read_cells

REQUIRED = ("item", "rating")
COLUMNS = (*REQUIRED, "rater", "comment")


class BadRatings(BadCell):
    """A file of ratings cannot be used.

    Beside what can be wrong with any table, ``reason`` is unknown_column, unknown_item, rating, duplicate,
    many_raters or unknown_rater.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsFile:
    """Ratings by item and the digest of the file; an item whose rating is left blank is not rated."""

    ratings: dict[str, int]
    sha256: str


def read_ratings(path: Path, scale: Scale, *, rater: str | None = None) -> RatingsFile:
    """Read the ratings of one rater (UTF-8, with comma or semicolon).

    Parameters
    ----------
    rater : str, optional
        Whose ratings, where the file holds those of several.

    Raises
    ------
    BadRatings
        At the first thing that is wrong.
    """
    table = read_cells(path, latin_1=False, error=BadRatings)
    rows = list(_rows(table))
    raters = list(dict.fromkeys(cells["rater"] for _, cells in rows))
    if rater is not None and rater not in raters:
        raise BadRatings(path.name, "unknown_rater", column="rater", value=rater)
    if rater is None and len(raters) > 1:
        second = next(number for number, cells in rows if cells["rater"] == raters[1])
        told = ", ".join(name or "–" for name in raters)
        raise BadRatings(path.name, "many_raters", row=second, column="rater", value=told)
    allowed = {str(rating): rating for rating in range(scale.lowest, scale.highest + 1)} | {"": None}
    ratings: dict[str, int | None] = {}
    for number, cells in rows:
        item, rating = cells["item"], cells["rating"]
        if rater not in (None, cells["rater"]):
            continue
        if item not in scale.item_by_id:
            raise BadRatings(path.name, "unknown_item", row=number, column="item", value=item)
        if item in ratings:
            raise BadRatings(path.name, "duplicate", row=number, column="item", value=item)
        if rating not in allowed:
            raise BadRatings(path.name, "rating", row=number, column="rating", value=rating)
        ratings[item] = allowed[rating]
    rated = {item: rating for item, rating in ratings.items() if rating is not None}
    return RatingsFile(ratings=rated, sha256=table.sha256)


def _rows(table: Cells) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row's number in the file and its cells by column, "" for a column that is left out."""
    for name in table.columns:
        if name not in COLUMNS:
            raise BadRatings(table.name, "unknown_column", row=1, column=name)
    for name in REQUIRED:
        if name not in table.columns:
            raise BadRatings(table.name, "missing_column", row=1, column=name)
    for line, *cells in zip(table.lines, *table.columns.values(), strict=True):
        yield line, dict.fromkeys(COLUMNS, "") | dict(zip(table.columns, cells, strict=True))
