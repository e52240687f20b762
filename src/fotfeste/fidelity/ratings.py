"""The ratings of one rater from a CSV file: ``item,rating[,rater][,comment]``."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path

from fotfeste.fidelity.shapes import Scale

REQUIRED = ("item", "rating")
COLUMNS = (*REQUIRED, "rater", "comment")


class BadRatings(ValueError):
    """A file of ratings cannot be used.

    Says where (``file``, and where it can be told ``row``, with the header as row 1, ``column`` and ``value``) and
    why, in ``reason``: unreadable, encoding, unknown_column, missing_column, repeated_column, too_many_values,
    unknown_item, rating, duplicate, many_raters or unknown_rater.
    """

    def __init__(
        self, file: str, reason: str, *, row: int | None = None, column: str | None = None, value: str | None = None
    ) -> None:
        super().__init__(f"{file}, row {row}, column {column}: {reason} ({value})")
        self.file, self.reason, self.row, self.column, self.value = file, reason, row, column, value


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
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as cause:
        raise BadRatings(path.name, "unreadable") from cause
    except UnicodeDecodeError:
        raise BadRatings(path.name, "encoding") from None
    rows = list(_rows(path.name, text))
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
    return RatingsFile(ratings=rated, sha256=sha256(content).hexdigest())


def _rows(file: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row's number in the file and its cells by column, "" for a column that is left out."""
    lines = csv.reader(StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    header = [name.strip() for name in next(lines, [])]
    for at, name in enumerate(header):
        if name not in COLUMNS:
            raise BadRatings(file, "unknown_column", row=1, column=name)
        if name in header[:at]:
            raise BadRatings(file, "repeated_column", row=1, column=name)
    for name in REQUIRED:
        if name not in header:
            raise BadRatings(file, "missing_column", row=1, column=name)
    for cells in lines:
        if len(cells) > len(header):
            raise BadRatings(file, "too_many_values", row=lines.line_num)
        if any(cells):
            # A comment may hold line breaks: the number is that of the last line of the row.
            told = dict(zip(header, map(str.strip, cells), strict=False))
            yield lines.line_num, dict.fromkeys(COLUMNS, "") | told
