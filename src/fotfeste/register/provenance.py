"""What the results of a prepared folder were made of and by, in ``panel.made.json`` and ``outcomes.made.json``."""

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fotfeste.files.made import SUFFIX, made_by, write_beside

FOLDERS = {"panel": ("buckets", "panel", "work", "weeks"), "outcomes": ("by_person", "outcomes")}
"""What each result is written as; weeks only where they were asked for."""


def remembered(out: Path, result: str) -> dict[str, Any] | None:
    """The definition that a result is made by; nothing where there is none yet."""
    path = out / (result + SUFFIX)
    told: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return told and told["definition"]


def defined_by(out: Path) -> dict[str, Any]:
    """The definition of the outcomes in a prepared folder, by id and version; nothing where none is told."""
    told: dict[str, Any] = (remembered(out, "outcomes") or {}).get("definition", {})
    return told


def is_made_of(out: Path, result: str, wanted: Mapping[str, Any]) -> bool:
    """Whether what lies there of a result was made, as far as it got, of just this by these versions."""
    return remembered(out, result) == _with_versions(wanted)


def remember(out: Path, result: str, wanted: Mapping[str, Any]) -> None:
    """Write down what a result is made by, before its first file."""
    _write(out, result, _with_versions(wanted), data_sha256=None, made_of=(), made=())


def tell_what_was_made(out: Path, result: str, *, data_sha256: str, made_of: Iterable[Path]) -> None:
    """Write down the files that a result was made of and those that it is, after its last file."""
    made = results_of(out, result)
    _write(out, result, remembered(out, result), data_sha256=data_sha256, made_of=made_of, made=made)


def results_of(out: Path, result: str) -> list[Path]:
    """The folders that a result is written as."""
    return [out / folder for folder in FOLDERS[result] if (out / folder).exists()]


def _write(
    out: Path, result: str, definition: Any, *, data_sha256: str | None, made_of: Iterable[Path], made: Iterable[Path]
) -> None:
    told = made_by(f"register {result}", definition=definition, data_sha256=data_sha256, made_of=made_of)
    write_beside(out / (result + SUFFIX), told, made)


def _with_versions(wanted: Mapping[str, Any]) -> dict[str, Any]:
    versions = {name: version(name) for name in ("fotfeste", "polars", "narwhals")}
    told: dict[str, Any] = json.loads(json.dumps({"versions": versions, **wanted}))  # as it will be read again
    return told
