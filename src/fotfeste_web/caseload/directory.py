"""The directory of a service: short name and job specialist of the participants that are colleagues', no more."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Colleagues:
    """A participant that one may open with a reason."""

    participant_id: UUID
    service_id: int
    short_name: str
    specialist_id: int


def colleagues_participants(services: list[int]) -> list[Colleagues]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM colleagues_participants(%s::bigint[]) ORDER BY short_name", [services])
        return [Colleagues(*row) for row in cursor.fetchall()]
