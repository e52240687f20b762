"""Spreadsheets as services have them, made up, and the way of one from a file to the service."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

import openpyxl

from fotfeste_web.accounts.models import User
from fotfeste_web.background.kinds import Outcome
from fotfeste_web.imports import works
from fotfeste_web.imports.actions import upload
from fotfeste_web.imports.examining import table_of
from fotfeste_web.imports.files import findings_of
from fotfeste_web.imports.kinds import KINDS
from fotfeste_web.imports.matching import match
from fotfeste_web.imports.models import Import
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner, leave
from tests.site.world import World

Lines = Sequence[Sequence[Any]]


def as_csv(lines: Lines, *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode(encoding)


def as_xlsx(lines: Lines) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def brought(world: World, kind: str, content: bytes, *, by: User | None = None) -> Import:
    """Send a file and have its columns taken as they were matched."""
    by = by or world.supervisor
    with seen_by(by, world.today):
        one = upload(service=world.bodo, kind=kind, content=content, by=by)
        one.columns = match(table_of(content, KINDS[kind]).headings, KINDS[kind])
        one.save()
    leave()
    return one


def work(world: World, name: str, one: Import, *, by: User | None = None) -> Outcome:
    """Do a work on an import as the worker does it: in one transaction with the scope of the one who asked."""
    by = by or world.supervisor
    try:
        with seen_by(by, world.today) as scope:
            return getattr(works, name)(
                {"import": str(one.pk)}, by=by, today=world.today, scope=scope, progress=lambda done, total: None
            )
    finally:
        leave()


def checked(world: World, kind: str, content: bytes) -> Import:
    one = brought(world, kind, content)
    work(world, "check", one)
    return now(one)


def stored(world: World, kind: str, content: bytes) -> Import:
    one = checked(world, kind, content)
    assert one.counts["bad"] == 0, wrong(world, one)
    work(world, "store", one)
    return now(one)


def wrong(world: World, one: Import) -> list[list[Any]]:
    """What the check found: row, column, what stands there, and why that is wrong."""
    with seen_by(world.supervisor, world.today):
        found = findings_of(one)["wrong"]
    leave()
    return found


def now(one: Import) -> Import:
    with as_owner():
        return Import.objects.get(pk=one.pk)
