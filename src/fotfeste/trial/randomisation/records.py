"""Who asks to be randomised, who was, and the file that remembers it: one row each, chained, only ever added to."""

import csv
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from fotfeste.files import BadCell, Cells, read_cells
from fotfeste.trial.plan import Factor, Plan
from fotfeste.trial.randomisation.stream import ALGORITHM

NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,100}")
"""A name of a request or a person: nothing that cannot be seen, since the names become part of a hash."""


class BadRequest(BadCell):
    """A request cannot be met, as ``BadCell`` says. Reasons beside its own: missing_stratum, unknown_level, name,
    other_request and person_twice."""


class BadLog(BadCell):
    """A file of allocations cannot be read, as ``BadCell`` says; or its last row is cut (``cut``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One person to be randomised. The same request may be sent again; a person has one request.

    ``row`` is its line in a file, for errors.
    """

    request: str
    person: str
    levels: dict[str, str]
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A request that was met. ``chain`` binds the row to the one before, and the first to the commitment."""

    number: int
    request: Request
    allocated_at: str
    arm: str
    chain: str


def read_requests(path: Path, plan: Plan) -> tuple[Request, ...]:
    """Read a table with the columns request, person, site and each stratum of the plan.

    Raises
    ------
    BadRequest
        At the first row that cannot be randomised, with row and column.
    """
    cells = read_cells(path, error=BadRequest)
    for column in ("request", "person"):
        for place, name in enumerate(cells.text(column)):
            if not NAME.fullmatch(name):
                raise cells.bad(column, place, "name")
    for factor in plan.factors:
        for place, value in enumerate(cells.text(factor.column)):
            if not value:
                raise cells.bad(factor.column, place, "missing_stratum")
            if value not in factor.values:
                raise cells.bad(factor.column, place, "unknown_level")
    requests = tuple(_requests(cells, plan.factors))
    _once_each(cells, requests)
    return requests


def _requests(cells: Cells, factors: Sequence[Factor]) -> Iterator[Request]:
    for place in range(cells.rows):
        levels = {factor.column: cells.text(factor.column)[place] for factor in factors}
        request, person = cells.text("request")[place], cells.text("person")[place]
        yield Request(request=request, person=person, levels=levels, row=cells.lines[place])


def _once_each(cells: Cells, requests: Sequence[Request]) -> None:
    """The same request may stand there twice, but not as another, and no person in two."""
    by_name: dict[str, Request] = {}
    by_person: dict[str, Request] = {}
    for place, request in enumerate(requests):
        if by_name.setdefault(request.request, request) != request:
            raise cells.bad("request", place, "other_request")
        if by_person.setdefault(request.person, request) != request:
            raise cells.bad("person", place, "person_twice")


def read_log(path: Path, plan: Plan) -> tuple[Allocation, ...]:
    """Read the allocations made so far. A file that is not there holds none.

    Raises
    ------
    BadLog
        It cannot be read, lacks a column, or its last row is cut.
    """
    if not path.exists():
        return ()
    if not path.read_bytes().endswith(b"\n"):
        raise BadLog(path.name, "cut")
    cells = read_cells(path, latin_1=False, error=BadLog)
    for column in header(plan):
        cells.text(column)
    return tuple(
        Allocation(
            number=int(number) if number.isascii() and number.isdecimal() else 0,
            request=request,
            allocated_at=at,
            arm=arm,
            chain=chain,
        )
        for number, request, at, arm, chain in zip(
            cells.text("number"),
            _requests(cells, plan.factors),
            cells.text("allocated_at"),
            cells.text("arm"),
            cells.text("chain"),
            strict=True,
        )
    )


def header(plan: Plan) -> tuple[str, ...]:
    columns = (factor.column for factor in plan.factors)
    return ("number", "request", "person", *columns, "allocated_at", "arm", "chain")


def told(allocation: Allocation) -> tuple[str, ...]:
    """The cells of a row, before the chain."""
    request = allocation.request
    cells = (str(allocation.number), request.request, request.person, *request.levels.values())
    return (*cells, allocation.allocated_at, allocation.arm)


def csv_rows(rows: Sequence[Sequence[str]]) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def chained(seed: bytes, previous: str, cells: Sequence[str]) -> str:
    """The chain of a row: nobody without the seed can make one, nor change, add or take out a row before the last."""
    message = "\0".join((f"{ALGORITHM}-chain", previous, *cells))
    return hmac.new(seed, message.encode(), "sha256").hexdigest()
