"""Several lists of records with one question to the database: a page that gathers from many tables asks once.

Each QuerySet is answered as if it had been asked by itself, select_related and annotations included; the row policies
hold as they do for any query.
"""

import json
from decimal import Decimal
from types import MethodType
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BinaryField, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler


def together(*querysets: QuerySet) -> list[list[Model]]:
    """Give the records of each QuerySet, in their orders."""
    parts, values, compilers = [], [], {}
    for number, queryset in enumerate(querysets):
        compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            sql, given = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:  # among none: the database need not be asked
            continue
        compilers[number] = compiler
        columns = ", ".join(f"c{place}" for place in range(len(compiler.select)))
        parts.append(
            f"SELECT {number}, (SELECT coalesce(json_agg(json_build_array({columns})), '[]')::text "
            f"FROM ({sql}) AS part({columns}))"
        )
        values += given
    if parts:
        with connections[querysets[0].db].cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, rows in cursor.fetchall():
                _answer(querysets[number], compilers[number], json.loads(rows, parse_float=Decimal))
    return [list(queryset) for queryset in querysets]


def _answer(queryset: QuerySet, compiler: SQLCompiler, rows: list[list[Any]]) -> None:
    """Let the QuerySet make its records of these rows when it asks its compiler next."""
    fields = [expression.output_field for expression, _, _ in compiler.select]
    if any(isinstance(field, BinaryField) for field in fields):
        raise TypeError(f"{queryset.model.__name__} has bytes, which do not come through JSON: defer them.")
    typed = [
        tuple(value if value is None else field.to_python(value) for field, value in zip(fields, row, strict=True))
        for row in rows
    ]
    compiler.execute_sql = MethodType(lambda self, *_, **__: iter([typed]), compiler)
    queryset.query.get_compiler = lambda *_, **__: compiler
