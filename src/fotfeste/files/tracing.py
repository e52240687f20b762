"""From a result back to the rows that it came from: file by file, by hash, command and version."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from fotfeste.files.made import PACKAGE, SUFFIX, sha256_of

Status = Literal["unchanged", "changed", "missing", "source"]
FOLDERS = 4
"""How many folders above a file may tell what it was made of: buckets lie three below the folder that they are of."""


class NoResult(ValueError):
    """The walk cannot be made; ``reason`` is not_found, json, no_result or cycle."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """One file, and what it was made of.

    ``sha256`` is of the file as it lies there now, None where it does not. ``source`` is a file as it was when it was
    used, and nothing tells what it was made of. ``rows`` are those of CSV and Parquet; ``studies`` those pooled.
    """

    file: str
    sha256: str | None
    status: Status
    command: str | None = None
    version: str | None = None
    definition: Any = None
    rows: int | None = None
    studies: tuple[str, ...] = ()
    made_of: tuple["Traced", ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether this and all behind it is there and as it was."""
        return self.status in ("unchanged", "source") and all(one.is_whole for one in self.made_of)


def trace(path: Path) -> Traced:
    """Walk from a result to its sources.

    Parameters
    ----------
    path : Path
        A result as JSON, or a file with a ``.made.json`` beside it that tells about it. The files that they name are
        looked for beside them, then from the working directory, then from the folders above them, then among the data
        that come with the package.

    Raises
    ------
    NoResult
        With the file and the reason: not_found; json, where something that tells what files were made of cannot be
        read; no_result; cycle, where a file is among what it was made of.
    """
    if not path.is_file():
        raise NoResult(str(path), "not_found")
    walk = _Walk()
    if walk.record(path) is None:
        raise NoResult(str(path), "no_result")
    return walk.file(path.as_posix(), path, None, ())


@dataclass(frozen=True, slots=True)
class _Record:
    """What tells about a file: in ``path``, which is the file itself or lies beside it; ``sha256`` as it was made."""

    path: Path
    told: Mapping[str, Any]
    sha256: str | None = None


@dataclass(slots=True)
class _Walk:
    """Every record is followed once and every file read once, however many ways lead to it."""

    followed: dict[Path, tuple[Traced, ...]] = field(default_factory=dict)
    hashes: dict[Path, str] = field(default_factory=dict)
    told: dict[Path, dict[Path, _Record]] = field(default_factory=dict)

    def file(self, name: str, path: Path, expected: str | None, above: tuple[Path, ...]) -> Traced:
        if path.resolve() in above:
            raise NoResult(name, "cycle")
        found, record = self.sha256(path), self.record(path)
        made_as = record.sha256 if record else None
        same = {expected, made_as} <= {None, found}
        rows = _rows(path)
        if record is None:
            return Traced(file=name, sha256=found, status="source" if same else "changed", rows=rows)
        if record.path not in self.followed:
            self.followed[record.path] = self.behind(record, (*above, path.resolve()))
        told = record.told
        return Traced(
            file=name,
            sha256=found,
            status="unchanged" if same else "changed",
            command=told["command"],
            version=told.get("version"),
            definition=told.get("definition"),
            rows=rows,
            studies=_studies(told),
            made_of=self.followed[record.path],
        )

    def behind(self, record: _Record, above: tuple[Path, ...]) -> tuple[Traced, ...]:
        nearest, *above_it = record.path.resolve().parents[:FOLDERS]
        places = (nearest, Path(), *above_it, PACKAGE)
        traced = []
        for one in record.told["made_of"]:
            name, expected = one["file"], one["sha256"]
            there = [path for place in places if (path := place / name).is_file()]
            if there:  # one of that name that is as it was goes before one that only lies nearer
                path = next((path for path in there if self.sha256(path) == expected), there[0])
                traced.append(self.file(name, path, expected, above))
            else:
                traced.append(Traced(file=name, sha256=None, status="missing"))
        return tuple(traced)

    def sha256(self, path: Path) -> str:
        place = path.resolve()
        if place not in self.hashes:
            self.hashes[place] = sha256_of(place)
        return self.hashes[place]

    def record(self, path: Path) -> _Record | None:
        """What the file itself tells, or else a ``.made.json`` in a folder above that has it among what was made."""
        with path.open("rb") as content:
            is_json = content.read(1) == b"{"
        if is_json and _tells(told := _json(path)):
            return _Record(path, told)
        folders = path.resolve().parents[:FOLDERS]
        return next((found for folder in folders if (found := self.beside(folder).get(path.resolve()))), None)

    def beside(self, folder: Path) -> dict[Path, _Record]:
        """What every file is told to be made of in that folder."""
        if folder not in self.told:
            self.told[folder] = {
                (folder / one["file"]).resolve(): _Record(path, told, one["sha256"])
                for path in sorted(folder.glob(f"*{SUFFIX}"))
                for told in [_json(path)]
                for one in (told.get("made", ()) if _tells(told) else ())
            }
        return self.told[folder]


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise NoResult(str(path), "json") from None


def _tells(told: Any) -> bool:
    """Whether this is what a command wrote of what was made of what."""

    def files(key: str) -> bool:
        listed = told.get(key, [])
        return isinstance(listed, list) and all(
            isinstance(one, dict) and isinstance(one.get("file"), str) and isinstance(one.get("sha256"), str)
            for one in listed
        )

    is_result = isinstance(told, dict) and isinstance(told.get("command"), str) and "made_of" in told
    return is_result and files("made_of") and files("made")


def _studies(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The studies that went into a synthesis."""
    rows = told.get("studies") if told["command"].startswith("evidence ") else None
    return tuple(str(row["study"]) for row in rows) if isinstance(rows, list) else ()


def _rows(path: Path) -> int | None:
    """Rows of a table, its heading not among them."""
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        import polars as pl  # slow to import

        try:
            return int(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item())
        except (pl.exceptions.PolarsError, OSError):
            return None
    if suffix != ".csv":
        return None
    with path.open(encoding="latin-1", newline="") as content:
        mark = max(";\t,", key=content.readline().count)
        content.seek(0)
        try:
            return max(sum(any(row) for row in csv.reader(content, delimiter=mark)) - 1, 0)
        except csv.Error:
            return None
