"""A fidelity scale as a value: sections, items, anchors and bands. ``scales/ips-25-2008.toml`` explains the fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Literal

Computable = Literal["A", "B", "C"]
Evidence = Literal["ADM", "DOK", "INT", "OBS", "PLAN"]
Wording = Literal["own", "official"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The time looked back on."""

    count: int
    unit: Literal["days", "weeks", "months"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a rating stands for; the numbers it holds go from ``least`` to ``most``, both included."""

    rating: int
    nb: str
    en: str
    least: int | None
    most: int | None
    awaits_check: bool

    @property
    def has_numbers(self) -> bool:
        return self.least is not None or self.most is not None

    def distance(self, number: int) -> int:
        """How far a number lies outside the anchor: 0 inside."""
        below = 0 if self.least is None else self.least - number
        above = 0 if self.most is None else number - self.most
        return max(0, below, above)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the parts that are counted."""

    id: str
    nb: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A condition beside the number, and the highest rating it leaves."""

    id: str
    rating: int
    nb: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A number that counting the item needs beside its anchors."""

    id: str
    number: int
    nb: str
    en: str


class UnknownRule(LookupError):
    """The scale does not give a number that counting the item needs."""

    def __init__(self, item: str, rule: str) -> None:
        super().__init__(f"item {item}: {rule}")
        self.item, self.rule = item, rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What stands in for one anchor, or for one part, under the condition its id names."""

    id: str
    rating: int | None
    part: str | None
    nb: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    number: int
    section: str
    number_in_section: int
    name_nb: str
    name_en: str
    rated_nb: str
    rated_en: str
    computable: Computable
    unit: str | None
    suggests: tuple[int, ...]
    per_specialist: bool
    window: Window
    evidence: tuple[Evidence, ...]
    anchors: tuple[Anchor, ...]
    caps: tuple[Cap, ...]
    rules: tuple[Rule, ...]
    parts: tuple[Part, ...]
    variants: tuple[Variant, ...]

    @property
    def id(self) -> str:
        """What ratings know the item by: its number in the whole scale."""
        return str(self.number)

    def rule(self, id: str) -> int:
        """The number of a rule.

        Raises
        ------
        UnknownRule
        """
        for rule in self.rules:
            if rule.id == id:
                return rule.number
        raise UnknownRule(self.id, id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    id: str
    name_nb: str
    name_en: str
    subscale: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What a total from ``least`` to ``most`` is called, for the whole scale or for one subscale."""

    id: str
    name_nb: str
    name_en: str
    least: int
    most: int
    subscale: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscale:
    """Sections with a total and bands of their own."""

    id: str
    name_nb: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A scale in one version; ``sha256`` is of the very file it was read from."""

    id: str
    version: int
    edition: str
    name_nb: str
    name_en: str
    wording: Wording
    source: str
    source_date: date
    lowest: int
    highest: int
    rounding: Literal["half_up_whole"]
    ties: Literal["lower"]
    window: Window
    subscales: tuple[Subscale, ...]
    sections: tuple[Section, ...]
    bands: tuple[Band, ...]
    items: tuple[Item, ...]
    sha256: str

    @cached_property
    def item_by_id(self) -> Mapping[str, Item]:
        return MappingProxyType({item.id: item for item in self.items})

    def items_in(self, *, section: str | None = None, subscale: str | None = None) -> tuple[Item, ...]:
        """The items of one section, of one subscale, or of the whole scale."""
        inside = {
            known.id for known in self.sections if section in (None, known.id) and subscale in (None, known.subscale)
        }
        return tuple(item for item in self.items if item.section in inside)
