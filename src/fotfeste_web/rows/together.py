"""Several lists of records with one question to the database: a page that gathers from many tables asks once.

    @together
    def plans(person: Any, today: Any) -> Lists:
        return Pause.objects.filter(participant=person), SearchPlan.objects.filter(review_on__lte=today)

    pauses, search_plans = plans(person.pk, timezone.localdate())

What is asked is worked out the first time, with places for the values, and planned once a connection: making the text
takes Django longer than the database takes to answer, and planning it with the row policies takes the database longer
too. So the function chooses nothing by its values, and hands them only to ``filter`` and ``exclude``: one value as
``field=value``, several as ``field__among=values``.

Each QuerySet is answered as if it had been asked by itself, select_related and annotations included; the row policies
hold as they do for any query.
"""

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, wraps
from inspect import signature
from itertools import count
from types import MethodType
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    Expression,
    Field,
    ForeignKey,
    ForeignObject,
    IntegerField,
    Lookup,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.sql.compiler import SQLCompiler
from psycopg.sql import Literal

Lists = Sequence[QuerySet]
Given = dict[str, Any]
AS_IT_IS = (CharField, TextField, IntegerField, BooleanField)
BYTES = bytes


class Place(Expression):
    """Where a value goes that is given each time."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Place"]]:
        return "%s", [self]


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """One of several values, given as one array: the text is the same however many they are."""

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} = ANY ({rhs})", [*lhs_params, *rhs_params]


def together(lists: Callable[..., Lists]) -> Callable[..., list[list[Any]]]:
    """Make a function that gives QuerySets one that gives their records, in their orders, by one question."""
    names = tuple(signature(lists).parameters)
    question = Question(lists, names)

    @wraps(lists)
    def ask(*values: Any) -> list[list[Any]]:
        return question.ask(dict(zip(names, values, strict=True)))

    return ask


@dataclass
class Question:
    lists: Callable[..., Lists]
    names: tuple[str, ...]

    def ask(self, given: Given) -> list[list[Model]]:
        with connection.cursor() as cursor:
            planned = _planned.setdefault(connection.connection, {})
            name = planned.get(self.sql)
            if name is None:  # a new name each time: one that was planned and then failed is still there
                name = f"together_{next(_numbers)}"
                cursor.execute(f"PREPARE {name} AS {self.sql}; EXECUTE {name}{self.places}", self._values(given))
                cursor.nextset()
                planned[self.sql] = name
            else:
                cursor.execute(f"EXECUTE {name}{self.places}", self._values(given))
            answers = sorted(cursor.fetchall())
        return [
            part.records(json.loads(rows, parse_float=Decimal))
            for part, (_, rows) in zip(self.parts, answers, strict=True)
        ]

    @cached_property
    def parts(self) -> list["Part"]:
        return [Part(queryset) for queryset in self.lists(*map(Place, self.names))]

    @cached_property
    def sql(self) -> str:
        """Give the text, with the values that are always the same in it: what is planned can be planned for them."""
        asked = " UNION ALL ".join(f"SELECT {number}, ({part.sql})" for number, part in enumerate(self.parts))
        values = [value for part in self.parts for value in part.values]
        places = {name: f"${number}" for number, name in enumerate(self.names, 1)}
        return (asked % tuple(places[v.name] if isinstance(v, Place) else _literal(v) for v in values)).replace(
            "%", "%%"
        )

    @cached_property
    def places(self) -> str:
        return f"({', '.join(['%s'] * len(self.names))})" if self.names else ""

    def _values(self, given: Given) -> list[Any]:
        return [_as_array(given[name]) for name in self.names]


# What each connection has planned: the text, and the name it has there.
_planned: WeakKeyDictionary[psycopg.Connection, dict[str, str]] = WeakKeyDictionary()
_numbers = count()


def _as_array(value: Any) -> Any:
    """Write keys out as the text of an array: psycopg, which looks at each, takes more than twice as long."""
    if isinstance(value, list) and all(isinstance(each, UUID | int) for each in value):
        return f"{{{','.join(map(str, value))}}}"
    return value


def _literal(value: Any) -> str:
    return Literal(value).as_string(connection.connection)


class Part:
    """One QuerySet, worked out: what it asks, and how its rows become records."""

    def __init__(self, queryset: QuerySet) -> None:
        self.queryset = queryset
        self.compiler: SQLCompiler = queryset.query.get_compiler(using=queryset.db)
        sql, self.values = self.compiler.as_sql(with_col_aliases=True)
        columns = ", ".join(f"c{place}" for place in range(len(self.compiler.select)))
        self.sql = f"SELECT coalesce(json_agg(json_build_array({columns})), '[]')::text FROM ({sql}) AS part({columns})"
        readers = [_reader(expression.output_field) for expression, _, _ in self.compiler.select]
        self.read = [(place, read) for place, read in enumerate(readers) if read]
        if BYTES in readers:
            raise TypeError(f"{queryset.model.__name__} has bytes, which do not come through JSON: defer them.")

    def records(self, rows: list[list[Any]]) -> list[Any]:
        """Let a copy of the QuerySet make its records of these rows: it asks its compiler for them."""
        if not rows:
            return []
        for row in rows:
            for place, read in self.read:
                if row[place] is not None:
                    row[place] = read(row[place])
        compiler, queryset = copy.copy(self.compiler), self.queryset.all()
        compiler.execute_sql = MethodType(lambda *_, **__: iter([rows]), compiler)
        queryset.query.get_compiler = lambda *_, **__: compiler
        return list(queryset)


def _reader(field: Field) -> Callable[[Any], Any] | None:
    """Give what makes a value of the field of what JSON gives for it; None where JSON gives the value itself."""
    if isinstance(field, ForeignKey):
        field = field.target_field
    if isinstance(field, ArrayField):
        read = _reader(field.base_field)
        return (lambda values: [value and read(value) for value in values]) if read else None
    if isinstance(field, BinaryField):
        return BYTES
    return None if isinstance(field, AS_IT_IS) else field.to_python
