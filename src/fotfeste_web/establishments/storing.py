"""Make the directory what a file says: copied to a table beside it, and changed where the two differ.

Whoever looks something up meanwhile sees the old directory, until all of the new one is there.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from .models import Establishment, words_of
from .reading import Read

LONGEST = Establishment._meta.get_field("name").max_length
EVERY = 100_000  # rows between two signs of life
BESIDE = """
DROP TABLE IF EXISTS pg_temp.incoming;
CREATE TEMPORARY TABLE incoming (organisation_number text, name text, municipality text, words text) ON COMMIT DROP
"""
COPY = "COPY incoming (organisation_number, name, municipality, words) FROM STDIN"
CHANGE = """
ANALYZE incoming;
DELETE FROM establishments_establishment old
WHERE NOT EXISTS (SELECT FROM incoming WHERE incoming.organisation_number = old.organisation_number);
INSERT INTO establishments_establishment AS old (organisation_number, name, municipality, words)
SELECT DISTINCT ON (organisation_number) * FROM incoming
ON CONFLICT (organisation_number) DO UPDATE
SET name = excluded.name, municipality = excluded.municipality, words = excluded.words
WHERE (old.name, old.municipality) IS DISTINCT FROM (excluded.name, excluded.municipality);
"""


@dataclass(slots=True)
class Counted:
    read: int = 0
    kept: int = 0
    without_staff: int = 0
    closed: int = 0
    elsewhere: int = 0


def store(
    rows: Iterable[Read], *, municipalities: Collection[str] = (), told: Callable[[int], None] = lambda _: None
) -> Counted:
    """Keep those with staff, of some municipalities or of all. All or nothing, as the owner of the tables."""
    counted = Counted()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BESIDE)
        with cursor.copy(COPY) as copy:
            for row in rows:
                counted.read += 1
                if row.closed:
                    counted.closed += 1
                elif not row.staff:
                    counted.without_staff += 1
                elif municipalities and row.municipality not in municipalities:
                    counted.elsewhere += 1
                else:
                    name = row.name[:LONGEST]
                    copy.write_row((row.organisation_number, name, row.municipality, words_of(name)[:LONGEST]))
                    counted.kept += 1
                if counted.read % EVERY == 0:
                    told(counted.read)
        cursor.execute(CHANGE)
    return counted
