"""What a kind of import is: its columns, how its rows are held against the service, and what is made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.db.models import Model

from fotfeste_web.accounts.models import User
from fotfeste_web.imports.columns.column import Column
from fotfeste_web.imports.rows_read import Row
from fotfeste_web.organisations.models import Service

WHO = (("first_name", "last_name"), ("name",))
MADE_AT_ONCE = 1000  # rows


class Verdict(StrEnum):
    """What comes of a row that nothing is wrong with."""

    NEW = "new"
    ALREADY = "already"  # stands in the service from before
    TWICE = "twice"  # stands further up in the file


class Examiner(Protocol):
    """Holds the rows of one file against one service, and makes what is new. Asks the database once a table."""

    def __init__(self, service: Service, rows: Sequence[Row], today: date) -> None: ...

    def look(self, row: Row) -> Verdict:
        """Say what comes of a row, and what is wrong with it. The rows are looked at in their order."""

    def make(self, rows: Sequence[Row], by: User) -> Iterator[tuple[int, Sequence[Model]]]:
        """Give what is to be stored, in an order in which it can be, each with how many rows are done then."""

    def seen(self) -> set[UUID]:
        """Name the participants of the service that the file was found to tell of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    key: str
    word: str  # in the name of its template
    name: str
    one: str
    many: str
    columns: tuple[Column, ...]
    examiner: type[Examiner]
    says_who: tuple[tuple[str, ...], ...] = ()  # columns one set of which must be there


def in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for first in range(0, len(rows), MADE_AT_ONCE):
        yield rows[first : first + MADE_AT_ONCE]
