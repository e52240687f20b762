"""Act as the owner of the tables, who sees past the row policies: only to make what a test starts from."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from fotfeste_web.rows.kinds import Kind


@contextmanager
def as_owner() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE fotfeste_owner")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE fotfeste_web")


def leave() -> None:
    """Be nobody. The transaction round a test is not that of one request: the scope of the last one is still there."""
    settings = [
        "user",
        "installer",
        "places",
        "work",
        "services",
        "intake",
        "managed",
        "figures",
        "checks",
        "mine",
        "shown",
    ]
    settings += [f"shown_{kind}" for kind in ("whole", *Kind)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('fotfeste.' || name, '', true) FROM unnest(%s::text[]) AS name", [settings])
