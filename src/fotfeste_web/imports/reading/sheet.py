"""What a spreadsheet is here: lines of text, each with the number that its program shows."""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from fotfeste_web.ui.fields import without_control_characters

MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 20_000  # characters; the longest text that is kept is far shorter

Line = tuple[int, tuple[str, ...]]
Format = Literal["csv", "xlsx"]


class Unusable(Exception):
    """A file that cannot be read as a spreadsheet. The message is a sentence for the one who sent it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The headings, and the rows below them as they are read: a file that is too long is found when it is."""

    format: Format
    headings: tuple[str, ...]
    rows: Iterator[Line]


def as_text(value: Any) -> str:
    """Write what a cell holds as a Norwegian would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, dt.datetime):
        return f"{value:%d.%m.%Y}" if value.time() == dt.time() else f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
    return clean(str(value))


def clean(text: str) -> str:
    if len(text) > MAX_CELL:
        raise Unusable(f"En celle har mer enn {MAX_CELL} tegn. Se om filen er skadet, eller gjør teksten kortere.")
    text = unicodedata.normalize("NFC", without_control_characters(text)).replace("\N{NO-BREAK SPACE}", " ").strip()
    # The apostrophe that keeps a program from running a cell, as the file to correct has it.
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
