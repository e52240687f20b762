"""What a document is made of. All text is plain: no sign in it is ever read as markup."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal, TypeVar, cast

T = TypeVar("T")
Language = Literal["nb", "nn", "en"]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What must be known with what stands above: a reservation, a source."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under named columns; the columns numbered in ``numeric``, from 0, hold numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    numeric: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells under {len(self.columns)} columns: {row}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing; ``alt`` says in words what it shows, for those who do not see it."""

    svg: str
    caption: str
    alt: str

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(f"the figure «{self.caption}» has no text for those who do not see it")


Block = Heading | Paragraph | Bullets | Note | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """A report. A heading is at most one level below the one before it, and the first is of level 1."""

    title: str
    language: Language = "nb"
    subtitle: str = ""
    made_on: date | None = None
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a document has a title")
        above = 0
        for heading in (block for block in self.blocks if isinstance(block, Heading)):
            if not 1 <= heading.level <= above + 1:
                raise ValueError(f"heading «{heading.text}» is of level {heading.level} below one of level {above}")
            above = heading.level


_NORWEGIAN = (
    "januar februar mars april mai juni juli august september oktober november desember",
    "{day}. {month} {year}",
)
_ENGLISH = (
    "January February March April May June July August September October November December",
    "{day} {month} {year}",
)
DAYS = {"nb": _NORWEGIAN, "nn": _NORWEGIAN, "en": _ENGLISH}
NUMBERED = {"nb": ("Figur", "Tabell"), "nn": ("Figur", "Tabell"), "en": ("Figure", "Table")}


def day_in_words(day: date, language: Language) -> str:
    months, form = DAYS[language]
    return form.format(day=day.day, month=months.split()[day.month - 1], year=day.year)


def seen(text: str) -> str:
    """Without control characters, which neither XML nor a font knows."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t\N{NO-BREAK SPACE}")


def each_text(value: T, change: Callable[[str], str]) -> T:
    """The same document, block or list of texts, with every text in it changed."""
    told: Any = value
    if isinstance(told, str):
        told = change(told)
    elif isinstance(told, tuple):
        told = tuple(each_text(part, change) for part in told)
    elif is_dataclass(told) and not isinstance(told, type):
        told = replace(told, **{f.name: each_text(getattr(told, f.name), change) for f in fields(told)})
    return cast(T, told)
