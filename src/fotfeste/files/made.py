"""What a result was made of and by: told in the result itself, or beside the files that a command wrote.

One shape for both: ``schema``, ``version``, ``command``, ``data_sha256``, ``definition`` and ``made_of``. Beside files,
in ``NAME.made.json``, it also has ``made``: the files that were written, by their way from there.
"""

import json
import os
from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

SUFFIX = ".made.json"
PACKAGE = Path(__file__).parents[2]
"""Where the data that come with the package are named from: their place on one machine says nothing on another."""


def made_by(command: str, *, definition: Any, data_sha256: Any, made_of: Iterable[Path]) -> dict[str, Any]:
    """What a result was made by. ``command`` is as it is typed: evidence pool."""
    from importlib.metadata import version

    return {
        "schema": f"fotfeste.{command.replace(' ', '.')}/1",
        "version": version("fotfeste"),
        "command": command,
        "data_sha256": data_sha256,
        "definition": definition,
        "made_of": [{"file": _named(path), "sha256": sha256_of(path)} for path in all_files(made_of)],
    }


def write_beside(path: Path, told: dict[str, Any], made: Iterable[Path]) -> None:
    """Write ``path``, which ends in .made.json, about the files ``made`` beside it or in folders beside it."""
    files = [
        {"file": Path(os.path.relpath(one, path.parent)).as_posix(), "sha256": sha256_of(one)}
        for one in all_files(made)
    ]
    part = path.with_name(f"{path.name}.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(json.dumps(told | {"made": files}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)


def all_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, folders as the files in them, in the order of their names."""
    for path in paths:
        yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else (path,)


def sha256_of(path: Path) -> str:
    with path.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def _named(path: Path) -> str:
    inside = path.is_absolute() and path.is_relative_to(PACKAGE)
    return (path.relative_to(PACKAGE) if inside else path).as_posix()
