"""Figures made from ids: a count, a share of two lists, a ratio, the middle of some days."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from fotfeste.fidelity.suggestions.shapes import Figure

Number = Decimal | int


def count(id: str, ids: Collection[str], *, about: str = "", part: str | None = None) -> Figure:
    return Figure(id=id, about=about, part=part, number=Decimal(len(ids)), ids=_sorted(ids))


def number(id: str, value: Number | None, *, about: str = "", part: str | None = None) -> Figure:
    return Figure(id=id, about=about, part=part, number=None if value is None else Decimal(value))


def share(
    id: str, ids: Collection[str], of_ids: Collection[str], *, about: str = "", part: str | None = None
) -> Figure:
    """How many of all; without any, there is no share."""
    figure = ratio(id, len(ids), len(of_ids), about=about, part=part)
    return Figure(
        id=id,
        about=about,
        part=part,
        number=figure.number,
        numerator=figure.numerator,
        denominator=figure.denominator,
        ids=_sorted(ids),
        of_ids=_sorted(of_ids),
    )


def ratio(id: str, numerator: Number, denominator: Number, *, about: str = "", part: str | None = None) -> Figure:
    return Figure(
        id=id,
        about=about,
        part=part,
        number=divided(numerator, denominator),
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
    )


def divided(numerator: Number, denominator: Number) -> Decimal | None:
    return Decimal(numerator) / Decimal(denominator) if denominator else None


def mean(values: Sequence[Number]) -> Decimal | None:
    return Decimal(sum(values)) / len(values) if values else None


def median(values: Iterable[Number]) -> Decimal | None:
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return Decimal(ordered[half]) if len(ordered) % 2 else Decimal(ordered[half - 1] + ordered[half]) / 2


def _sorted(ids: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(ids))
