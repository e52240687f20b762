"""The text of one CSV cell to a value and back, by the type that a record's field is declared with."""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

MANY = "|"  # between the values of a cell that holds several
YES_NO = {"true": True, "false": False}


class UnreadableCell(ValueError):
    """The cell holds no value of its column's type; ``reason`` names the type, or says ``missing``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    hint: Any
    field: Field[Any]

    @property
    def required(self) -> bool:
        return self.field.default is MISSING

    def read(self, text: str) -> Any:
        """The value of a cell; an empty one takes the field's default, or None where the field allows it."""
        optional = get_origin(self.hint) is UnionType
        if text:
            return _read(text, get_args(self.hint)[0] if optional else self.hint)
        if self.required and not optional:
            raise UnreadableCell("missing")
        return None if self.required else self.field.default


def columns(kind: type) -> dict[str, Column]:
    """The columns of one kind of record, in order. Records inside it (terms, posts) have their own file."""
    hints = get_type_hints(kind)
    return {
        field.name: Column(field.name, hints[field.name], field)
        for field in fields(kind)
        if not is_dataclass((get_args(hints[field.name]) or (None,))[0])
    }


def written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | frozenset):
        return MANY.join(sorted(value) if isinstance(value, frozenset) else value)
    return str(value)


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError
    return number


_READERS: dict[type, tuple[Callable[[str], Any], str]] = {
    str: (str, "text"),
    date: (date.fromisoformat, "date"),
    time: (time.fromisoformat, "time"),
    int: (int, "number"),
    Decimal: (_number, "number"),
    bool: (YES_NO.__getitem__, "yes_no"),
}


def _read(text: str, hint: Any) -> Any:
    if (several := get_origin(hint)) in (tuple, frozenset):
        return several(_read(part, get_args(hint)[0]) for part in text.split(MANY))
    read, reason = (hint, "choice") if issubclass(hint, StrEnum) else _READERS[hint]
    try:
        return read(text)
    except (ValueError, KeyError, ArithmeticError):
        raise UnreadableCell(reason) from None
