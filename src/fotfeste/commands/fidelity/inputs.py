"""A folder of records and the period asked for, from what was written on the command line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from fotfeste.fidelity.shapes import Scale
from fotfeste.indicators.records import Records, read_records
from fotfeste.periods import Period, add_months


class NoRecords(ValueError):
    """The folder is not there or holds no CSV, or nothing in it is dated; ``reason`` is folder or dates."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder, self.reason = folder, reason


class BadPeriod(ValueError):
    """``reason``: date, where the text is none, or order, where the last day lies before the first."""

    def __init__(self, option: str, value: str, reason: str) -> None:
        super().__init__(f"{option} {value}: {reason}")
        self.option, self.value, self.reason = option, value, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The records and the digest of each file they were read from."""

    records: Records
    sha256: dict[str, str]


def read_folder(folder: Path) -> Folder:
    """Read a service's records.

    Raises
    ------
    NoRecords, BadRecord
    """
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise NoRecords(str(folder), "folder")
    return Folder(
        records=read_records(folder), sha256={file.name: sha256(file.read_bytes()).hexdigest() for file in files}
    )


def period_of(records: Records, scale: Scale, first_day: str | None, last_day: str | None) -> Period[date]:
    """The days from the first to the last, both included.

    Without a last day it is the last on which something was recorded; without a first, the scale's time before that.

    Raises
    ------
    BadPeriod, NoRecords
    """
    last = _day("--to", last_day) or max(_days(records), default=None)
    if last is None:
        raise NoRecords("", "dates")
    end = last + timedelta(days=1)
    start = _day("--from", first_day) or _back(end, scale)
    if start >= end:
        raise BadPeriod("--to", str(last), "order")
    return Period(start, end)


def _day(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadPeriod(option, text or "", "date") from None


def _days(records: Records) -> Iterator[date]:
    """When something was done: not ends that lie ahead."""
    yield from (one.on for one in records.contacts)
    yield from (one.starts_on for one in records.assignments)
    yield from (one.starts_on for one in records.jobs)
    yield from (one.entered_on for one in records.participants if one.entered_on)


def _back(end: date, scale: Scale) -> date:
    count, unit = scale.window.count, scale.window.unit
    if unit == "months":
        return add_months(end, -count)
    return end - count * timedelta(days=7 if unit == "weeks" else 1)
