"""An item's figures as they are kept: without the records behind them, which are found anew by those who may."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fotfeste.fidelity import Figure, Scale, Suggestion, next_step
from fotfeste.fidelity.suggestions.shapes import OfSpecialist
from fotfeste_web.fidelity.models import CountedItem

from .unrecorded import is_recorded, leaves_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number. ``hidden``: too few people to show it."""

    id: str = ""
    about: str = ""
    number: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    hidden: bool = False

    def concealed(self) -> "Cell":
        return Cell(id=self.id, about=self.about, hidden=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfOne:
    """The item's own number for one job specialist, by user."""

    user: int
    cell: Cell
    rating: int | None
    caps: tuple[str, ...]
    figures: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What daily records say of an item.

    ``caps``: by condition beside the number, for how many job specialists it holds. ``step``: the next rating, and how
    many more or fewer it takes.
    """

    item: str
    starts_on: date
    ends_on: date
    recorded: bool
    value: Cell
    rating: int | None = None
    choices: tuple[int, ...] = ()
    pooled_rating: int | None = None
    marks: tuple[str, ...] = ()
    caps: tuple[tuple[str, int], ...] = ()
    step: tuple[int, int] | None = None
    figures: tuple[Cell, ...] = ()
    specialists: tuple[OfOne, ...] = ()


def counted(suggestion: Suggestion, scale: Scale) -> Counted:
    """Take over what is suggested, but for what nothing here records."""
    about = {"item": suggestion.item, "starts_on": suggestion.starts_on, "ends_on": suggestion.ends_on}
    if not is_recorded(suggestion.item):
        return Counted(**about, recorded=False, value=Cell())
    step = next_step(suggestion, scale)
    return Counted(
        **about,
        recorded=True,
        value=_cell(suggestion),
        rating=suggestion.rating,
        choices=suggestion.choices,
        pooled_rating=suggestion.pooled_rating,
        marks=suggestion.marks,
        caps=tuple(_caps(suggestion).items()),
        step=(step.anchor.rating, step.change) if step else None,
        figures=tuple(_cell(one) for one in suggestion.figures if not leaves_out(suggestion.item, one)),
        specialists=tuple(
            OfOne(
                user=int(one.specialist),
                cell=_cell(one),
                rating=one.rating,
                caps=one.caps,
                figures=tuple(map(_cell, one.figures)),
            )
            for one in suggestion.specialists
        ),
    )


def _cell(told: Suggestion | OfSpecialist | Figure) -> Cell:
    named = {"id": told.id, "about": told.about} if isinstance(told, Figure) else {}
    return Cell(**named, number=told.number, numerator=told.numerator, denominator=told.denominator)


def _caps(suggestion: Suggestion) -> Mapping[str, int]:
    caps = [cap for one in suggestion.specialists for cap in one.caps]
    return {cap: caps.count(cap) for cap in sorted(set(caps))}


def row(told: Counted, **of: Any) -> CountedItem:
    """Give the row to keep; what is no column of its own is in ``told``."""
    kept = asdict(told)
    value = kept.pop("value")
    columns = {name: value.pop(name) for name in ("number", "numerator", "denominator")}
    for name in ("item", "rating"):
        columns[name] = kept.pop(name)
    return CountedItem(**of, **columns, told=_json(kept | {"hidden": value["hidden"]}))


def of_row(stored: CountedItem) -> Counted:
    told = dict(stored.told)
    value = Cell(
        number=stored.number, numerator=stored.numerator, denominator=stored.denominator, hidden=told.pop("hidden")
    )
    return Counted(
        item=stored.item,
        starts_on=date.fromisoformat(told["starts_on"]),
        ends_on=date.fromisoformat(told["ends_on"]),
        recorded=told["recorded"],
        value=value,
        rating=stored.rating,
        choices=tuple(told["choices"]),
        pooled_rating=told["pooled_rating"],
        marks=tuple(told["marks"]),
        caps=tuple((cap, number) for cap, number in told["caps"]),
        step=tuple(told["step"]) if told["step"] else None,
        figures=tuple(map(_cell_of, told["figures"])),
        specialists=tuple(
            OfOne(
                user=one["user"],
                cell=_cell_of(one["cell"]),
                rating=one["rating"],
                caps=tuple(one["caps"]),
                figures=tuple(map(_cell_of, one["figures"])),
            )
            for one in told["specialists"]
        ),
    )


def _cell_of(told: dict[str, Any]) -> Cell:
    numbers = {name: told[name] for name in ("number", "numerator", "denominator")}
    return Cell(**told | {name: Decimal(value) if value is not None else None for name, value in numbers.items()})


def _json(value: Any) -> Any:
    """With decimals and days as text: a float would not be the number that was counted."""
    if isinstance(value, dict):
        return {name: _json(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_json(part) for part in value]
    return str(value) if isinstance(value, Decimal | date) else value
