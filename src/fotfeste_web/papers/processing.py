"""The record of processing (GDPR art. 30): groups by hand, filled with what the models and retention.yaml say."""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db.models import Model

from fotfeste_web.papers.kept import how_long
from fotfeste_web.papers.marks import table
from fotfeste_web.rows.kept import Rule, rules_by_table

SOURCE = Path(__file__).parent / "processing.yaml"


class NotInTheRecord(Exception):
    """A table that no group of ``processing.yaml`` takes: nobody has said what it is for."""


def record(_: str = "") -> str:
    """Give each group with its purpose and what is stored."""
    models = {model._meta.db_table: model for model in apps.get_models() if not hasattr(model, "pgh_tracked_model")}
    tables = defaultdict(list)
    for rule in rules_by_table().values():
        tables[group_of(models[rule.table])].append(rule)
    return "\n\n".join(_group(group, tables[group["name"]], models) for group in _groups() if tables[group["name"]])


def _group(group: dict[str, Any], rules: list[Rule], models: dict[str, type[Model]]) -> str:
    lines = [
        f"### {group['name']}\n",
        f"- Formål: {group['why']}.",
        f"- Hvem det handler om: {group['about']}.",
        f"- Grunnlag (forslag): {group['ground']}.",
        f"- Gis til: {group['given_to']}.",
    ]
    if "also" in group:
        lines.append(f"- Dessuten: {group['also']}.")
    stored = table(
        ["hva", "opplysninger", "hvor lenge"],
        ([rule.label, "; ".join(_columns(models[rule.table])), how_long(rule)] for rule in rules),
    )
    return "\n".join((*lines, "", stored))


def _columns(model: type[Model]) -> list[str]:
    """Name the columns that users know by a name; the others are keys, times and who wrote."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return [str(field.verbose_name) for field in fields if str(field.verbose_name) != field.name.replace("_", " ")]


def group_of(model: type[Model]) -> str:
    """Name the group of a table: the one that names it, else that of its kind, else that of its app."""
    name, kind = model._meta.db_table, getattr(getattr(model, "rows", None), "kind", None)
    for key, value in (("tables", name), ("kinds", kind), ("apps", model._meta.app_label)):
        for group in _groups():
            if value in group.get(key, ()):
                return group["name"]
    raise NotInTheRecord(f"{name} stands in no group of {SOURCE.name}: say what it is for.")


@cache
def _groups() -> list[dict[str, Any]]:
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
