"""What the records say of an item: a number, the rating it points to, what stands beside, and the records behind."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fotfeste.fidelity.shapes import Anchor, Computable
from fotfeste.indicators.working_time import FULL_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to count where practice differs.

    ``decision_maker_required``: NAV's variant of item 17, a contact counts with somebody who can hire.
    ``school_counts``: NAV's variant of item 15, a meeting at a school counts as one with an employer.
    ``full_week``: hours of a full post, for item 24, where no hours are stated.
    """

    decision_maker_required: bool = False
    school_counts: bool = False
    full_week: Decimal = FULL_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number beside the item's own: a count, or a numerator and a denominator; a share is from 0 to 1.

    ``about`` names what it is counted for where there are several (a reason, a job specialist, a part of the item);
    ``ids`` are the records in the numerator, ``of_ids`` those in the denominator.
    """

    id: str
    about: str = ""
    part: str | None = None
    number: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    ids: tuple[str, ...] = ()
    of_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSpecialist:
    """An item for one job specialist. ``rating`` is None where nothing can be said; ``caps`` are those that hold."""

    specialist: str
    number: Decimal | None
    numerator: Decimal
    denominator: Decimal
    rating: int | None
    anchor: Anchor | None
    caps: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    ids: tuple[str, ...] = ()
    of_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the records prepare of one item. Never a score: a person rates.

    Attributes
    ----------
    starts_on, ends_on : date
        The time looked back on, ``[starts_on, ends_on)``.
    rating : int or None
        The rating that the number points to; None where no number does, or where a person must choose.
    choices : tuple of int
        The ratings to choose between, where the rule leaves it to a person.
    number, numerator, denominator : Decimal or None
        In the unit of the item (a share in per cent); over all job specialists together where it is rated for each.
    anchor : Anchor or None
        The anchor that the rating stands on, with its threshold and whether it awaits a check against the form.
    pooled_rating : int or None
        Where each job specialist is rated: what the pooled number alone points to.
    marks : tuple of str
        What a reader must know, by the ids of ``words.toml``.
    specialists : tuple of OfSpecialist
    figures : tuple of Figure
    ids, of_ids : tuple of str
        The records in the numerator and in the denominator.
    """

    item: str
    computable: Computable
    unit: str | None
    starts_on: date
    ends_on: date
    rating: int | None = None
    choices: tuple[int, ...] = ()
    number: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    anchor: Anchor | None = None
    pooled_rating: int | None = None
    marks: tuple[str, ...] = ()
    specialists: tuple[OfSpecialist, ...] = ()
    figures: tuple[Figure, ...] = ()
    ids: tuple[str, ...] = ()
    of_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The suggestion for every item of a scale, in its order, with what they were made by."""

    scale: str
    scale_version: int
    service: str | None
    starts_on: date
    ends_on: date
    options: Options
    items: tuple[Suggestion, ...]

    def __getitem__(self, item: str) -> Suggestion:
        return {suggestion.item: suggestion for suggestion in self.items}[item]
