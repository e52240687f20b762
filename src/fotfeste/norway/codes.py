"""Code lists of Statistics Norway (SSB): counties, municipalities and occupations (STYRK-08)."""

import csv
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path


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
    """Codes by their code. Codes that have ended can be looked up, but are not offered.

    Of a code that was given a new name, the newest is looked up; ``every`` has them all, the oldest first.
    """

    def __init__(self, codes: Iterable[Code]) -> None:
        self.every = tuple(sorted(codes, key=lambda code: (code.code, code.valid_from)))
        self._codes = {code.code: code for code in self.every}

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
    """The 15 counties (fylker) from 2024, or newer ones from the folder of ``renew_from``."""
    return _newest("counties.csv")


@cache
def municipalities() -> CodeList:
    """The 357 municipalities (kommuner) from 2024, or newer ones; the parent is the county's code."""
    return _newest("municipalities.csv")


@cache
def occupations() -> CodeList:
    """Occupations in STYRK-08, from one digit (field) to four (occupation)."""
    return _newest("occupations.csv")


_folder: Path | None = None


def renew_from(folder: Path | None) -> None:
    """Read the lists from a folder where it has them: made by ``renewed`` and ``write_codes``, under the same names."""
    global _folder
    _folder = folder
    for codes in (counties, municipalities, occupations):
        codes.cache_clear()


def renewed(known: Iterable[Code], answered: Iterable[Code]) -> tuple[Code, ...]:
    """Make a list new: what is no longer there, or has another name or place, ended the day the new version began.

    Nothing is taken away, so that what was recorded with an old code can still be read.

    Parameters
    ----------
    known : iterable of Code
        The list as it is, with the codes that have ended.
    answered : iterable of Code
        All codes of the new version. It began on the latest day on which one of them did.
    """
    new = {code.code: code for code in answered}
    start = began(new.values())
    kept = []
    for code in known:
        same = new.get(code.code)
        if code.valid_to is None and same and _told(same) == _told(code):
            del new[code.code]
        elif code.valid_to is None:
            code = replace(code, valid_to=start)
        kept.append(code)
    return CodeList((*kept, *new.values())).every


def began(codes: Iterable[Code]) -> date:
    """The day a version of a list began: the latest on which one of its codes did."""
    return max(code.valid_from for code in codes)


def _told(code: Code) -> tuple[str, int, str | None]:
    return code.name, code.level, code.parent


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


def _newest(name: str) -> CodeList:
    """The list that comes along, or the one in the folder; together where the one that comes along is newer."""
    packaged = read_codes(files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
    file = _folder / name if _folder else None
    if file is None or not file.exists():
        return CodeList(packaged)
    own = read_codes(file.read_text(encoding="utf-8"))
    if began(packaged) > began(own):
        own = renewed(own, (code for code in packaged if code.valid_to is None))
    return CodeList(own)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
