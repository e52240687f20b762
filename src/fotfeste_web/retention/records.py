"""The records of a participant, whatever app they belong to: found by the models and by policies/retention.yaml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Contact, Job, Participant
from fotfeste_web.rows.kept import Rule, rules_by_table
from fotfeste_web.ui.formats import clock, day

# What is said elsewhere.
SILENT = {"participant", "locked_on"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record about participants: its rule, its model, and where its participant stands."""

    rule: Rule
    model: type[models.Model]
    path: str

    def of(self, person: Participant) -> models.QuerySet:
        return self.model._default_manager.filter(**{self.path: person.pk}).order_by("pk")


def kinds() -> Iterator[Kind]:
    for model in apps.get_models(include_auto_created=True):
        rule = rules_by_table().get(model._meta.db_table)
        if rule and rule.with_participant and model._meta.app_label != "retention":  # our own bookkeeping
            yield Kind(rule, model, _path(model))


def kind_named(word: str) -> Kind | None:
    return next((kind for kind in kinds() if kind.rule.removable == word), None)


def _path(model: type[models.Model]) -> str:
    """Say how a record leads to its participant: itself, by a field of its own, or by the record that it belongs to."""
    if model is Participant:
        return "pk"
    if model is Contact:
        return "for_participants__participant"
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    if own := next((field for field in fields if field.related_model is Participant), None):
        return own.name
    belongs = next(
        f for f in fields if (rule := rules_by_table().get(f.related_model._meta.db_table)) and rule.with_participant
    )
    return f"{belongs.name}__{_path(belongs.related_model)}"


def day_of(row: models.Model) -> date | None:
    """The first day that a record names: when it happened, began or was written."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.DateField) and (value := getattr(row, field.attname)):
            return value
    belongs = next((f for f in row._meta.concrete_fields if f.related_model in (Contact, Job)), None)
    return day_of(getattr(row, belongs.name)) if belongs else None


def described(row: models.Model) -> list[tuple[str, str]]:
    """What a record says, line by line, with the names that its form has for things. What has none is no reader's."""
    lines = []
    for field in row._meta.concrete_fields:
        value, label = getattr(row, field.attname), str(field.verbose_name)
        named = label != field.name.replace("_", " ") or isinstance(field, models.EmailField)
        if named and field.name not in SILENT and value not in (None, "", [], {}):
            lines.append((label[:1].upper() + label[1:], shown(row, field, value)))
    return lines


def values_of(row: models.Model) -> dict[str, str]:
    """All that a row holds, as the table has it, but for the encrypted number."""
    fields = [field for field in row._meta.concrete_fields if not field.name.startswith("identity_")]
    return {field.column: str(value) for field in fields if (value := getattr(row, field.attname)) is not None}


def shown(row: models.Model, field: models.Field, value: Any) -> str:
    if isinstance(field, models.ForeignKey):
        other = field.related_model._default_manager.filter(pk=value).first()
        return other.name if isinstance(other, User) else str(other or value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, datetime):
        return f"{day(value)} kl. {clock(value)}"
    if isinstance(value, date):
        return day(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def held_by(row: models.Model) -> list[str]:
    """Name what builds on a record, so that it cannot go alone."""
    return [
        rules_by_table()[relation.related_model._meta.db_table].label
        for relation in row._meta.related_objects
        if relation.on_delete is models.PROTECT and not hasattr(relation.related_model, "pgh_tracked_model")
        if relation.related_model._default_manager.filter(**{relation.field.name: row.pk}).exists()
    ]
