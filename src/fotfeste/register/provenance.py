"""What the results of a prepared folder were made of and by, in ``provenance.json`` beside them."""

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fotfeste.register.writing import write_text

NAME = "provenance.json"


def read_provenance(out: Path) -> dict[str, Any]:
    """Everything that is remembered, by the name of the result; nothing where there is none yet."""
    path = out / NAME
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return told


def is_made_of(out: Path, result: str, wanted: Mapping[str, Any]) -> bool:
    """Whether what lies there of a result was made, as far as it got, of just this by these versions."""
    return bool(read_provenance(out).get(result) == _with_versions(wanted))


def remember(out: Path, result: str, wanted: Mapping[str, Any]) -> None:
    """Write down what a result is made of, before its first file."""
    told = read_provenance(out) | {result: _with_versions(wanted)}
    write_text(out / NAME, json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def _with_versions(wanted: Mapping[str, Any]) -> dict[str, Any]:
    versions = {name: version(name) for name in ("fotfeste", "polars", "narwhals")}
    told: dict[str, Any] = json.loads(json.dumps({"versions": versions, **wanted}))  # as it will be read again
    return told
