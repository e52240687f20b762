"""Tables of a TOML file read strictly: each key is asked for once, and what nobody asked for is refused."""

import math
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, get_args

from fotfeste.files.key_lines import key_lines

T = TypeVar("T")


class BadKey(ValueError):
    """A TOML file cannot be used.

    Says where (``file``, ``line`` from 1 where it can be told, and ``key``, the way to it with numbers from 1, as
    ``item[3].anchors[2].nb``), the ``value`` where there is one, and why, in ``reason``: unreadable, encoding, syntax,
    missing, unknown, text, number, real, date, yes_no, table, list or choice, or a reason of the reader's own.
    """

    def __init__(self, file: str, key: str, reason: str, value: object = None, line: int | None = None) -> None:
        super().__init__(f"{file}, {key}: {reason} ({value})")
        self.file, self.key, self.reason, self.value, self.line = file, key, reason, value, line


def read_toml(path: Path | Traversable, *, error: type[BadKey] = BadKey) -> "Table":
    """Read a TOML file (UTF-8). All that is wrong with it, now or when it is asked, is raised as ``error``.

    Raises
    ------
    BadKey
        Where the file cannot be read or is not TOML.
    """
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
        values = tomllib.loads(text)
    except OSError as cause:
        raise error(path.name, "", "unreadable") from cause
    except UnicodeDecodeError:
        raise error(path.name, "", "encoding") from None
    except tomllib.TOMLDecodeError as cause:
        # What is missing at the end of the document is missing on its last line.
        line = re.search(r"at line (\d+)", str(cause))
        last = text.rstrip().count("\n") + 1
        raise error(path.name, "", "syntax", str(cause), int(line[1]) if line else last) from cause
    return Table(path.name, "", values, sha256(content).hexdigest(), key_lines(text), error)


class Table:
    """One table and the way to it. A key without a default must be there."""

    def __init__(
        self, file: str, key: str, values: dict[str, Any], sha256: str, lines: dict[str, int], error: type[BadKey]
    ) -> None:
        self.file, self.key, self.sha256 = file, key, sha256
        self._values, self._lines, self._error = dict(values), lines, error

    def text(self, name: str) -> str:
        value = self._typed(name, str, "text")
        if not value.strip():
            raise self.bad(name, "missing")
        return value

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if name in self._values else None

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._list(name, str))

    def number(self, name: str) -> int:
        return self._typed(name, int, "number")

    def optional_number(self, name: str) -> int | None:
        return self.number(name) if name in self._values else None

    def numbers(self, name: str) -> tuple[int, ...]:
        return tuple(self._list(name, int))

    def real(self, name: str) -> float:
        """A finite number, written whole or not."""
        whole = isinstance(self._values.get(name), int)
        value = self._typed(name, int if whole else float, "real")
        number = _finite(value)
        if number is None:
            raise self.bad(name, "real", value)
        return number

    def optional_real(self, name: str) -> float | None:
        return self.real(name) if name in self._values else None

    def reals(self, name: str) -> tuple[float, ...]:
        """Finite numbers, written whole or not."""
        values = self._typed(name, list, "list") if name in self._values else []
        numbers = []
        for place, value in enumerate(values, start=1):
            if (number := _finite(value)) is None:
                raise self.bad(f"{name}[{place}]", "real", value)
            numbers.append(number)
        return tuple(numbers)

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
        return self._inside(self.path(name), self._typed(name, dict, "table"))

    def tables(self, name: str) -> Iterator["Table"]:
        for number, values in enumerate(self._list(name, dict), start=1):
            yield self._inside(f"{self.path(name)}[{number}]", values)

    def names(self) -> tuple[str, ...]:
        """The keys that nobody has asked for yet: of a table whose names are its writer's own."""
        return tuple(self._values)

    def has(self, name: str) -> bool:
        return name in self._values

    def done(self) -> None:
        """Refuse keys that nobody asked for: most are misspelt."""
        for name in self._values:
            raise self.bad(name, "unknown")

    def bad(self, name: str, reason: str, value: object = None) -> BadKey:
        """The error to raise about a key of this table; a key that is not there has the line of what it belongs to."""
        key = at = self.path(name)
        while at and at not in self._lines:
            at = at[: max(at.rfind("."), at.rfind("["), 0)]
        return self._error(self.file, key, reason, value, self._lines.get(at))

    def path(self, name: str) -> str:
        return f"{self.key}.{name}" if self.key else name

    def _inside(self, key: str, values: dict[str, Any]) -> "Table":
        return Table(self.file, key, values, self.sha256, self._lines, self._error)

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


def _finite(value: object) -> float | None:
    """A number that is one, and none that is larger than any float."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None
