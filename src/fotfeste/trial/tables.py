"""Stands in for ``fotfeste.files`` until it is there."""

import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from fotfeste.fidelity.tables import BadScale as BadKey
from fotfeste.fidelity.tables import Table as Strict


class Table(Strict):
    sha256 = ""

    def real(self, name: str) -> float:
        whole = isinstance(self._values.get(name), int)
        return float(self._typed(name, int if whole else float, "number"))

    def optional_real(self, name: str) -> float | None:
        return self.real(name) if self.has(name) else None

    def table(self, name: str) -> "Table":
        return Table(self.file, self.path(name), self._typed(name, dict, "table"))

    def tables(self, name: str) -> Iterator["Table"]:
        for number, values in enumerate(self._list(name, dict), start=1):
            yield Table(self.file, f"{self.path(name)}[{number}]", values)


def read_toml(path: Path) -> Table:
    try:
        content = path.read_bytes()
        raw: dict[str, Any] = tomllib.loads(content.decode("utf-8-sig"))
    except OSError as cause:
        raise BadKey(path.name, "", "unreadable") from cause
    except UnicodeDecodeError:
        raise BadKey(path.name, "", "encoding") from None
    except tomllib.TOMLDecodeError as cause:
        raise BadKey(path.name, "", "syntax", str(cause)) from cause
    table = Table(path.name, "", raw)
    table.sha256 = sha256(content).hexdigest()
    return table


__all__ = ["BadKey", "Table", "read_toml"]
