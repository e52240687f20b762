"""Establishments from the file that Enhetsregisteret publishes of all sub-units: JSON or CSV, packed or not.

Read piece by piece: the file has a million rows, and more than a gigabyte unpacked.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from fotfeste.norway.organisation import InvalidOrganisationNumber, parse_organisation_number

_BETWEEN = re.compile(r"[\s,]*")
PIECE = 1 << 20  # characters
NUMBER, NAME, CLOSED = "organisasjonsnummer", "navn", "nedleggelsesdato"
STAFF, HAS_STAFF, PLACE = "antallAnsatte", "harRegistrertAntallAnsatte", "beliggenhetsadresse.kommunenummer"


class BadFile(ValueError):
    """The file is not what Enhetsregisteret publishes: ``reason`` is shape, packed, column or number."""

    def __init__(self, reason: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.reason, self.row, self.column, self.value = reason, row, column, value


@dataclass(frozen=True, slots=True)
class Read:
    """One row of the file. ``staff`` tells that people work there, ``closed`` that it is no more."""

    organisation_number: str
    name: str
    municipality: str
    staff: bool
    closed: bool


def read(path: Path) -> Iterator[Read]:
    """Read every sub-unit of a file, told by its beginning whether it is packed and whether it is JSON.

    Raises
    ------
    BadFile
        At the first row that cannot be one.
    """
    try:
        with _opened(path) as text:
            begins = text.read(1)
            rows = _objects(text) if begins == "[" else csv.DictReader(_after(begins, text))
            for number, row in enumerate(rows, start=1):
                yield _row(row, number)
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError) as cause:
        raise BadFile("packed") from cause


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    with (gzip.open if packed else open)(path, "rt", encoding="utf-8-sig", newline="") as text:
        yield text  # type: ignore[misc]


def _after(begins: str, text: IO[str]) -> Iterator[str]:
    """The lines of a file whose first sign was read already."""
    yield begins + text.readline()
    yield from text


def _objects(text: IO[str]) -> Iterator[dict[str, Any]]:
    """The objects of one long JSON list, as they come."""
    decoder, held, at = json.JSONDecoder(), "", 0
    while True:
        start = _BETWEEN.match(held, at).end()  # type: ignore[union-attr]
        if held.startswith("]", start):
            return
        try:
            found, at = decoder.raw_decode(held, start)
        except json.JSONDecodeError as cause:
            more = text.read(PIECE)
            if not more:
                raise BadFile("shape") from cause
            held, at = held[start:] + more, 0
        else:
            yield found


def _row(row: Mapping[str, Any], number: int) -> Read:
    if not isinstance(row, dict):
        raise BadFile("shape", row=number)
    for column in (NUMBER, NAME):
        if not row.get(column):
            raise BadFile("column", row=number, column=column)
    try:
        parsed = parse_organisation_number(str(row[NUMBER]))
    except InvalidOrganisationNumber as cause:
        raise BadFile("number", row=number, column=NUMBER, value=str(row[NUMBER])) from cause
    place = row.get(PLACE) or (row.get("beliggenhetsadresse") or {}).get("kommunenummer") or ""
    return Read(parsed.digits, " ".join(row[NAME].split()), str(place), _has_staff(row), bool(row.get(CLOSED)))


def _has_staff(row: Mapping[str, Any]) -> bool:
    """Tell whether people are registered as working there. Of one to four the register says that, and not how many."""
    told = str(row.get(STAFF) if row.get(STAFF) is not None else "")
    return int(told) > 0 if told.isdecimal() else str(row.get(HAS_STAFF)).lower() in ("true", "ja", "j")
