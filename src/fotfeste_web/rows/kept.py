"""How long what is kept, read from ``policies/retention.yaml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).parent.parent / "policies" / "retention.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Days after the end: when a record is locked, exported to the owner's archive, and erased here."""

    lock: int
    export: int
    erase: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What holds for one table."""

    table: str
    label: str
    with_participant: bool = False
    days: int | None = None  # counted from the day in the column ``since``
    since: str = ""
    reason: str = ""  # why it is kept as long as the site is
    removable: str = ""  # the word in the address, for what two people may remove alone
    takes: tuple[str, ...] = ()


@cache
def closed() -> Closed:
    return Closed(**_source()["closed"])


def backup_days() -> int:
    """Days that a backup is kept, and with it what was erased here meanwhile."""
    return int(_source()["backups"]["days"])


@cache
def rules_by_table() -> dict[str, Rule]:
    return {table: _rule(table, **given) for table, given in _source()["tables"].items()}


def removable() -> dict[str, Rule]:
    """Give what two people may remove alone, by the word in the address."""
    return {rule.removable: rule for rule in rules_by_table().values() if rule.removable}


def _rule(table: str, *, keep: Any, removable: str = "", takes: tuple[str, ...] = (), **given: Any) -> Rule:
    rule = {"table": table, "label": given["is"], "removable": removable, "takes": tuple(takes)}
    if keep == "participant":
        return Rule(**rule, with_participant=True, **_own_time(given))
    if isinstance(keep, dict):
        return Rule(**rule, **_own_time(keep))
    return Rule(**rule, reason=keep)


def _own_time(given: dict[str, Any]) -> dict[str, Any]:
    return {"days": given.get("days"), "since": given.get("from", "")}


@cache
def _source() -> dict[str, Any]:
    with SOURCE.open(encoding="utf-8") as file:
        return yaml.safe_load(file)
