"""Act as the owner of the tables, who sees past the row policies: only to make what a test starts from."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE fotfeste_owner")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE fotfeste_web")
