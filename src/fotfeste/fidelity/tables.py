"""Tables of a TOML file read strictly: each key is asked for once, and what nobody asked for is refused."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeVar, get_args

T = TypeVar("T")


class BadScale(ValueError):
    """A scale file cannot be used.

    Says where (``file`` and ``key``, the way to it with numbers from 1, as ``item[3].anchors[2].nb``), the
    ``value`` where there is one, and why, in ``reason``: unreadable, encoding, syntax, missing, unknown, text,
    number, date, yes_no, table, list, choice, duplicate, unknown_section, unknown_subscale, unknown_part, anchors,
    ratings, range, numbering or bands.
    """

    def __init__(self, file: str, key: str, reason: str, value: object = None) -> None:
        super().__init__(f"{file}, {key}: {reason} ({value})")
        self.file, self.key, self.reason, self.value = file, key, reason, value


class Table:
    """One table and the way to it. A key without a default must be there."""

    def __init__(self, file: str, key: str, values: dict[str, Any]) -> None:
        self.file, self.key, self._values = file, key, dict(values)

    def text(self, name: str) -> str:
        value = self._typed(name, str, "text")
        if not value.strip():
            raise self.bad(name, "missing")
        return value

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if name in self._values else None

    def number(self, name: str) -> int:
        return self._typed(name, int, "number")

    def optional_number(self, name: str) -> int | None:
        return self.number(name) if name in self._values else None

    def numbers(self, name: str) -> tuple[int, ...]:
        return tuple(self._list(name, int))

    def day(self, name: str) -> date:
        return self._typed(name, date, "date")

    def yes(self, name: str) -> bool:
        """True or false; false where it is not said."""
        return self._typed(name, bool, "yes_no") if name in self._values else False

    def choice(self, name: str, choices: Any) -> Any:
        """One of the values of a ``Literal``."""
        return self._chosen(name, self.text(name), choices)

    def choices(self, name: str, choices: Any) -> tuple[Any, ...]:
        return tuple(self._chosen(name, value, choices) for value in self._list(name, str))

    def table(self, name: str) -> "Table":
        return Table(self.file, self.path(name), self._typed(name, dict, "table"))

    def tables(self, name: str) -> Iterator["Table"]:
        for number, values in enumerate(self._list(name, dict), start=1):
            yield Table(self.file, f"{self.path(name)}[{number}]", values)

    def has(self, name: str) -> bool:
        return name in self._values

    def done(self) -> None:
        """Refuse keys that nobody asked for: most are misspelt."""
        for name in self._values:
            raise self.bad(name, "unknown")

    def bad(self, name: str, reason: str, value: object = None) -> BadScale:
        return BadScale(self.file, self.path(name), reason, value)

    def path(self, name: str) -> str:
        return f"{self.key}.{name}" if self.key else name

    def _typed(self, name: str, kind: type[T], reason: str) -> T:
        if name not in self._values:
            raise self.bad(name, "missing")
        value = self._values.pop(name)
        # A bool is an int and a moment is a date to Python, not to whoever wrote the file.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)) or isinstance(value, datetime):
            raise self.bad(name, reason, value)
        return value

    def _list(self, name: str, kind: type[T]) -> list[T]:
        """The values of a list, which is empty where it is not there."""
        values = self._typed(name, list, "list") if name in self._values else []
        for value in values:
            if not isinstance(value, kind) or isinstance(value, bool):
                raise self.bad(name, "list", value)
        return values

    def _chosen(self, name: str, value: str, choices: Any) -> str:
        if value not in get_args(choices):
            raise self.bad(name, "choice", value)
        return value
