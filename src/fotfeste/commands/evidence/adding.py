"""The results of trials added to a table of studies, as one row each."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fotfeste.files import Cells
from fotfeste.files.results import Estimate, Result, read_result

COMMANDS = ("trial analyse", "register effect")
COUNTS = ("events1", "n1", "events2", "n2")


class BadAdded(ValueError):
    """A file cannot be added: ``reason`` is command, none, several, arms, counts, rounded, estimate, columns or
    duplicate; ``key`` is where in the file, or what is missing; ``known`` what there is."""

    def __init__(self, file: str, reason: str, key: str = "", known: Iterable[str] = ()) -> None:
        super().__init__(f"{file}, {key}: {reason}")
        self.file, self.reason, self.key, self.known = file, reason, key, tuple(known)


@dataclass(frozen=True, kw_only=True)
class Adding:
    """Which files, and which outcome and month of them; the planned main analysis where it is not said."""

    files: tuple[Path, ...] = ()
    outcome: str | None = None
    month: float | None = None


def with_added(
    table: Cells, columns: dict[str, str], names: tuple[str, ...], measure: str, adding: Adding
) -> tuple[Cells, tuple[str, ...], tuple[dict[str, Any], ...]]:
    """The table and its names with one more row for each file, and what was taken from each."""
    told = []
    for path in adding.files:
        result = read_result(path)
        chosen = _chosen(result, columns, measure, adding)
        study = result.title or path.stem
        if study in names:
            raise BadAdded(result.file, "duplicate", study)
        cells = _cells(chosen, columns) | {"outcome_definition": _definition(chosen)}
        if "study" in columns:
            cells[columns["study"]] = study
        more = {name: (*values, cells.get(name, "")) for name, values in table.columns.items()}
        table, names = replace(table, columns=more, lines=(*table.lines, 0)), (*names, study)
        told.append(
            {"file": path.as_posix(), "key": chosen.key, "study": study, "outcome": chosen.outcome}
            | {"month": chosen.month, "definition": chosen.definition}
        )
    return table, names, tuple(told)


def _chosen(result: Result, columns: dict[str, str], measure: str, adding: Adding) -> Estimate:
    """The one estimate of the file that is asked for and that the table has room for."""
    if result.command not in COMMANDS:
        raise BadAdded(result.file, "command", "command", COMMANDS)
    found = result.about(adding.outcome, adding.month)
    if not found:
        known = dict.fromkeys(f"{one.outcome} ({one.month:g})" for one in result.estimates if one.month is not None)
        raise BadAdded(result.file, "none", "by_month" if result.command == COMMANDS[1] else "analyses", known)
    if result.command == COMMANDS[0] and adding.outcome is None and adding.month is None:  # the primary is the first
        found = tuple(one for one in found if one.is_about(found[0].outcome, found[0].month))
    if len({(one.outcome, one.month) for one in found}) > 1:
        raise BadAdded(result.file, "several", found[0].key)
    if len({one.arm for one in found}) > 1:  # they share their control group
        raise BadAdded(result.file, "arms", found[0].key, dict.fromkeys(one.arm or "" for one in found))
    if set(COUNTS) <= columns.keys():
        usable = [one for one in found if one.counts]
        reason = "rounded" if result.rounded_to else "counts"
    elif columns.keys() & {"effect", "ratio"}:
        same = [one for one in found if measure in ("GEN", one.measure)]
        usable, reason = [one for one in same if one.estimate is not None and one.se], "estimate"
    else:
        raise BadAdded(result.file, "columns", known=columns.values())
    if not usable:
        raise BadAdded(result.file, reason, found[0].key)
    return usable[0]


def _cells(chosen: Estimate, columns: dict[str, str]) -> dict[str, str]:
    """The cells of the columns that are read: counts, or the effect with what tells how sure it is."""
    if set(COUNTS) <= columns.keys() and chosen.counts:
        return {columns[name]: str(count) for name, count in zip(COUNTS, chosen.counts, strict=True)}
    assert chosen.estimate is not None
    assert chosen.se is not None
    y, se, half = chosen.estimate, chosen.se, 1.959963984540054 * chosen.se
    scale = math.exp if "ratio" in columns else float
    values = {
        "effect": y,
        "ratio": math.exp(y),
        "variance": se**2,
        "se": se,
        "ci_low": scale(y - half),
        "ci_high": scale(y + half),
        "p": math.erfc(abs(y / se) / math.sqrt(2)),
    }
    return {columns[name]: repr(value) for name, value in values.items() if name in columns}


def _definition(chosen: Estimate) -> str:
    told = chosen.definition
    if not isinstance(told, dict):
        return str(told or "")
    if told.get("id"):
        return f"{told['id']} {told.get('version')}"
    return told.get("description") or json.dumps(told, ensure_ascii=False)
