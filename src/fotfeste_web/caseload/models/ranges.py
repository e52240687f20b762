"""No two periods of the same thing may overlap, and the database says so.

The embedded PostgreSQL has no btree_gist: equality of the owner is written as the overlap of two ranges of one value.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Value


class UuidRange(Func):
    function = "uuidrange"
    output_field = models.TextField()

    def __init__(self, owner: str) -> None:
        super().__init__(F(owner), F(owner), Value("[]"))


class IntRange(Func):
    function = "int8range"
    output_field = models.TextField()

    def __init__(self, owner: str) -> None:
        super().__init__(F(owner), F(owner), Value("[]"))


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


def no_overlap(name: str, owner: type[Func], *columns: str) -> ExclusionConstraint:
    """Refuse two half-open periods [starts_on, ends_on) of the same owner that share a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((owner(column), "&&") for column in columns),
            (DateRange(F("starts_on"), F("ends_on"), Value("[)")), "&&"),
        ],
    )
