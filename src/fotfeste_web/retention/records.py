"""The records of a participant, whatever app they belong to: found by the models and by policies/retention.yaml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from fotfeste.norway.codes import occupations
from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Contact, Participant
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.kept import Rule, rules_by_table
from fotfeste_web.ui.formats import clock, day

# What is said elsewhere.
SILENT = {"participant", "locked_on"}
# What no form names, and the person would ask for.
UNNAMED = {"employer": "arbeidsgiver", "support": "støtteordning"}


# What a record is of, and not a part of: their days say nothing about it.
OF_THEIR_OWN = (Participant, User, Service)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record about participants: its rule, its model, and where its participant stands."""

    rule: Rule
    model: type[models.Model]
    path: str

    def of(self, person: Participant) -> models.QuerySet:
        return self.model._default_manager.filter(**{self.path: person.pk}).order_by("pk")


def kinds(*, bookkeeping: bool = False) -> Iterator[Kind]:
    """Give every kind of record about participants; what retention itself notes of them only when asked for."""
    for model in apps.get_models(include_auto_created=True):
        rule = rules_by_table().get(model._meta.db_table)
        if rule and rule.with_participant and (bookkeeping or model._meta.app_label != "retention"):
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
    """The first day that a record names, or what it belongs to: when it happened, began or was written."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.DateField) and (value := getattr(row, field.attname)):
            return value
    for field in row._meta.concrete_fields:
        if field.related_model and field.related_model not in OF_THEIR_OWN and (other := getattr(row, field.name)):
            return day_of(other)
    return None


def described(row: models.Model) -> list[tuple[str, str]]:
    """What a record says, line by line, with the names that its form has for things. What has none is no reader's."""
    lines = []
    for field in row._meta.concrete_fields:
        value, label = getattr(row, field.attname), name_of(field)
        if label and not field.primary_key and field.name not in SILENT and value not in (None, "", [], {}):
            lines.append((label[:1].upper() + label[1:], shown(row, field, value)))
    return lines


def name_of(field: models.Field) -> str:
    """What users call a column; nothing where Django made a name of ours."""
    return str(field._verbose_name or UNNAMED.get(field.name, ""))


def values_of(row: models.Model) -> dict[str, str]:
    """All that a row holds, as the table has it, but for the encrypted number."""
    fields = [field for field in row._meta.concrete_fields if not field.name.startswith("identity_")]
    return {field.column: str(value) for field in fields if (value := getattr(row, field.attname)) is not None}


def shown(row: models.Model, field: models.Field, value: Any) -> str:
    if isinstance(field, models.ForeignKey):
        other = field.related_model._default_manager.filter(pk=value).first()
        if type(other).__str__ is models.Model.__str__:  # without a name of its own: the day tells which
            return day(when) if other and (when := day_of(other)) else str(value)
        return other.name if isinstance(other, User) else str(other or value)
    if field.name == "styrk08" and value in occupations():
        return f"{occupations()[value].name} ({value})"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, datetime):
        return f"{day(value)} kl. {clock(value)}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    if isinstance(value, list):
        names = dict(getattr(field.base_field, "flatchoices", ()))
        return ", ".join(str(names.get(one, one)) for one in value)
    return str(value)


def held_by(row: models.Model) -> list[str]:
    """Name what builds on a record, so that it cannot go alone."""
    return [
        rules_by_table()[relation.related_model._meta.db_table].label
        for relation in row._meta.related_objects
        if relation.on_delete is models.PROTECT and not hasattr(relation.related_model, "pgh_tracked_model")
        if relation.related_model._default_manager.filter(**{relation.field.name: row.pk}).exists()
    ]
