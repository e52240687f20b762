"""How far a work has come, told on a connection of its own: its own transaction is seen by nobody before it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from .kinds import Progress

EVERY = 0.5  # seconds


@contextmanager
def told(work_id: UUID, user_id: int) -> Iterator[Progress]:
    teller = connections.create_connection(DEFAULT_DB_ALIAS)
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last < EVERY and done < total:
            return
        last = monotonic()
        with teller.cursor() as cursor:
            cursor.execute("SELECT set_config('fotfeste.user', %s, false)", [str(user_id)])
            cursor.execute(
                "UPDATE background_work SET state = 'doing', done = %s, total = %s"
                " WHERE id = %s AND state IN ('waiting', 'doing')",
                [done, total, work_id],
            )

    try:
        yield progress
    finally:
        teller.close()
