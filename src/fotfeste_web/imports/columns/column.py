"""A column: what it is called, what goes in it, and how its cells are read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fotfeste_web.imports.reading.words import fold


class Unreadable(ValueError):
    """The cell is not what goes in the column. The message is a sentence that does not repeat the cell."""


class Doubtful(ValueError):
    """The cell has a value, and something that somebody should look at first."""

    def __init__(self, value: Any, sentence: str) -> None:
        super().__init__(sentence)
        self.value = value


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    key: str
    heading: str
    help: str
    read: Callable[[str], Any]
    also: tuple[str, ...] = ()  # other words for the heading
    required: bool = False  # in every row
    words: tuple[str, ...] = ()  # those that may stand there
    in_template: bool = True

    @property
    def names(self) -> set[str]:
        return {fold(name) for name in (self.heading, *self.also)}
