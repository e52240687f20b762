"""Who may do what, and what the row rules ask before they show a row."""

import re
from collections import defaultdict
from collections.abc import Iterator

from fotfeste_web.papers.marks import table
from fotfeste_web.papers.words import GROUNDS, PERMISSIONS, POWERS
from fotfeste_web.rows.install import models_with_rules
from fotfeste_web.rows.kept import rules_by_table
from fotfeste_web.rows.kinds import NAMES
from fotfeste_web.rows.roles import EVERYWHERE, Permission, roles

# A rule that asks another table is answered by the rows of it that the same person sees.
OTHER_TABLE = re.compile(r"\b(?:FROM|JOIN) (\w+_\w+)")
ASKED = re.compile(r"\b(my_\w+|shown_participants)\((?:'(\w+)')?\)")
COMMANDS = ("seen", "added", "changed", "removed")


def permissions(_: str = "") -> str:
    """Give the matrix of ``policies/roles.yaml``: a line a permission, a column a role."""
    return table(
        ["", *(role.name for role in roles().values())],
        (
            [PERMISSIONS[permission], *("ja" if permission in role.may else "" for role in roles().values())]
            for permission in Permission
        ),
    )


def powers(_: str = "") -> str:
    """Give what the database lets each role reach in its service."""
    return table(
        ["rolle", "ser", "databasen slipper rollen til"],
        (
            [role.name, role.sees, "; ".join(POWERS[power] for power in EVERYWHERE if power in role.powers)]
            for role in roles().values()
        ),
    )


def row_rules(_: str = "") -> str:
    """Give what the rule of each table asks, tables with the same answers on one line."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for model in models_with_rules():
        alike[tuple(_asked(getattr(model.rows, command)) for command in COMMANDS)].append(model._meta.db_table)
    return table(
        ["hva", "leses av", "legges til av", "endres av", "slettes av"],
        sorted([", ".join(map(_label, names)), *asked] for asked, names in alike.items()),
    )


def _label(name: str) -> str:
    return rules_by_table()[name].label


def _asked(rule: str | None) -> str:
    return "ingen" if rule is None else "; ".join(dict.fromkeys(_grounds(rule)))


def _grounds(rule: str) -> Iterator[str]:
    """Give whom a rule asks for, in the order of the words: rules that ask alike stand on one line."""
    asked = set(ASKED.findall(rule))
    for function, kind in sorted(asked, key=lambda each: ([*GROUNDS].index(each[0]), each[1])):
        known = GROUNDS.get(f"{function} {kind}".strip())
        yield known or f"den som har fått delt «{NAMES[kind]}»"
    for name in sorted(set(OTHER_TABLE.findall(rule)) - {"caseload_participant"}):
        yield f"den som ser raden i «{_label(name)}»"
