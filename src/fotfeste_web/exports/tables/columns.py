"""What is told of a column follows from what kind of column it is. What somebody wrote in words is never told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.exports.pseudonyms import Pseudonyms
from fotfeste_web.retention.records import name_of
from fotfeste_web.rows.kept import rules_by_table

MANY = "|"  # between several values in a cell, as in the records of the method (docs/methods/records.md)


class Type(StrEnum):
    """The word in the data dictionary."""

    PSEUDONYM = "pseudonym"
    PSEUDONYMS = "pseudonymer"
    DATE = "dato"
    MOMENT = "tidspunkt"
    TIME = "klokkeslett"
    WHOLE = "heltall"
    DECIMAL = "desimaltall"
    YES_NO = "ja eller nei"
    CODE = "kode"
    CODES = "koder"
    LEFT_OUT = "utelatt"


# Text that is a code of a list outside the table.
LISTS = {
    "styrk08": "STYRK-08, fire siffer (SSB Klass 7)",
    "municipality": "kommunenummer (SSB Klass 131)",
    "scale_id": "skalaen i kvalitetsvurderingen",
    "item": "nummeret på punktet i skalaen",
}
PERIODS = {"started", "ended"}  # of a job that was held before: a year, or a year and a month
COLLEAGUES = "present"  # who of the service was there, as users
# Of columns that no form names.
MEANINGS = {
    "version": "utgave av raden",
    "from_version": "fra denne utgaven av planen",
    "until_version": "til denne utgaven av planen",
    "scale_id": "skala",
    "scale_version": "utgave av skalaen",
    "item": "punkt i skalaen",
    "styrk08": "yrke",
    "order": "rekkefølge",
    "ends_at": "til",
    "opened_at": "åpnet",
    "shared_at": "delt",
    "given_at": "gitt",
    "assigned_at": "tildelt",
    "reviewed_at": "gjennomgått",
    "stated_at": "oppgitt",
    "counted_at": "regnet ut",
    "planned_at": "planlagt",
    "rated_at": "vurdert",
    "updated_at": "sist endret",
    "registered_by": "ført av",
    "created_by": "ført av",
    "logged_by": "ført av",
    "updated_by": "sist endret av",
    "assigned_by": "tildelt av",
    "specialist": "jobbspesialist",
    "supervisor": "metodeveileder",
} | dict.fromkeys(("created_at", "registered_at", "logged_at"), "ført")
_SIMPLE = (
    (models.DateTimeField, Type.MOMENT),  # is a date too, and so stands before it
    (models.DateField, Type.DATE),
    (models.TimeField, Type.TIME),
    (models.BooleanField, Type.YES_NO),
    (models.DecimalField, Type.DECIMAL),
    (models.IntegerField, Type.WHOLE),
)


@dataclass(frozen=True, slots=True)
class Column:
    field: models.Field
    type: Type

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def meaning(self) -> str:
        """What the form calls it; of what no form names, a word of ours or what it leads to."""
        if self.field.primary_key:
            return "raden"
        leads_to = self.field.related_model
        rule = leads_to and rules_by_table().get(leads_to._meta.db_table)
        told = name_of(self.field) or MEANINGS.get(self.name) or (rule.label.lower() if rule else self.name)
        return f"{told}. {self.field.help_text}" if self.field.help_text else told

    @property
    def codes(self) -> str:
        coded = self.field.base_field if isinstance(self.field, ArrayField) else self.field
        if self.type in (Type.CODE, Type.CODES) and coded.choices:
            return "; ".join(f"{code} = {label}" for code, label in coded.flatchoices if code != "")
        if self.type is Type.CODE:
            return LISTS.get(self.name, "år, eller år og måned")
        return ""

    def writer(self, names: Pseudonyms) -> Callable[[Any], str]:
        """Give how a value of this column is written."""
        if self.type in (Type.PSEUDONYM, Type.PSEUDONYMS):
            table = table_of(self.field)
            if self.type is Type.PSEUDONYM:
                return lambda value: "" if value is None else names.of(table, value)
            return lambda values: MANY.join(names.of(table, value) for value in values)
        return _written


def column_of(field: models.Field) -> Column:
    return Column(field, _type(field))


def table_of(field: models.Field) -> str:
    """Name the table that a key is of."""
    if field.primary_key:
        return field.model._meta.db_table
    return (field.related_model or User)._meta.db_table


def _type(field: models.Field) -> Type:
    if field.primary_key or isinstance(field, models.ForeignKey):
        return Type.PSEUDONYM
    if isinstance(field, ArrayField):
        if field.base_field.choices:
            return Type.CODES
        return Type.PSEUDONYMS if field.name == COLLEAGUES else Type.LEFT_OUT
    if field.choices or (isinstance(field, models.CharField) and field.name in LISTS.keys() | PERIODS):
        return Type.CODE
    return next((type_ for kind, type_ in _SIMPLE if isinstance(field, kind)), Type.LEFT_OUT)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return MANY.join(map(str, value))
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return str(value)
