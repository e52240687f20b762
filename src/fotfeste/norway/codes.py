"""Code lists of Statistics Norway (SSB): counties, municipalities and occupations (STYRK-08)."""

import csv
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO


@dataclass(frozen=True, slots=True)
class Code:
    """One code; ``valid_to`` is the first day it no longer holds, None while it holds."""

    code: str
    name: str
    level: int
    parent: str | None
    valid_from: date
    valid_to: date | None


class CodeList(Mapping[str, Code]):
    """Codes by their code. Codes that have ended can be looked up, but are not offered."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._codes = {code.code: code for code in codes}

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    @property
    def current(self) -> tuple[Code, ...]:
        return tuple(code for code in self._codes.values() if code.valid_to is None)

    def children(self, code: str | None) -> tuple[Code, ...]:
        """The codes right below one code, or the top level for None."""
        return tuple(child for child in self.current if child.parent == code)

    def search(self, text: str, limit: int = 10, *, level: int | None = None) -> tuple[Code, ...]:
        """Codes that hold the text: those that begin with it, then where a word does, then the rest."""
        sought = _folded(text.strip())
        ranked: list[tuple[int, Code]] = []
        for code in self.current:
            name = _folded(code.name)
            if level in (None, code.level) and (sought in name or code.code.startswith(sought)):
                first = name.startswith(sought) or code.code.startswith(sought)
                ranked.append((0 if first else 1 if f" {sought}" in name else 2, code))
        return tuple(code for _, code in sorted(ranked, key=lambda pair: pair[0])[:limit])


@cache
def counties() -> CodeList:
    """The 15 counties (fylker) from 2024."""
    return _packaged("counties.csv")


@cache
def municipalities() -> CodeList:
    """The 357 municipalities (kommuner) from 2024; the parent is the county's code."""
    return _packaged("municipalities.csv")


@cache
def occupations() -> CodeList:
    """Occupations in STYRK-08, from one digit (field) to four (occupation)."""
    return _packaged("occupations.csv")


def read_klass(text: str) -> tuple[Code, ...]:
    """Read the codes that SSB's Klass answers for one date (``/classifications/ID/codesAt?date=...``, JSON).

    Klass leaves ``validFrom`` empty there, so a code's start is the start of the version asked for.
    """
    return tuple(
        Code(
            code=row["code"],
            name=row["name"],
            level=int(row["level"]),
            parent=row["parentCode"],
            valid_from=date.fromisoformat(row["validFrom"] or row["validFromInRequestedRange"]),
            valid_to=_day(row["validTo"] or row["validToInRequestedRange"] or ""),
        )
        for row in json.loads(text)["codes"]
    )


def read_codes(text: str) -> tuple[Code, ...]:
    """Read a packaged code list (CSV)."""
    return tuple(
        Code(
            code=row["code"],
            name=row["name"],
            level=int(row["level"]),
            parent=row["parent"] or None,
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
        for row in csv.DictReader(StringIO(text))
    )


def write_codes(codes: Iterable[Code]) -> str:
    """Write a code list in the packaged form (CSV)."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(field.name for field in fields(Code))
    writer.writerows(astuple(code) for code in codes)
    return out.getvalue()


def _packaged(name: str) -> CodeList:
    return CodeList(read_codes(files(__package__).joinpath("data", name).read_text(encoding="utf-8")))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
