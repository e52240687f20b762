"""The delivered files cut into buckets of people, so that everything about one person lies in one small place.

Everything that the rules need about a person is in the person's own rows, and a country does not fit in memory: the
panel and the outcomes are made bucket by bucket. A folder is written beside its place and then moved there, so that a
run that is killed leaves nothing half done and the next run goes on where it was.
"""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from fotfeste.register.calendar import month_of
from fotfeste.register.numbering import are_plain, number_bucket
from fotfeste.register.writing import write_text

PEOPLE = 12_500
"""People a bucket. Memory grows with them; fewer take longer."""
ROWS = 50_000
"""Rows of each bucket that wait in memory to be written, while a file is cut."""
LONGEST_WINDOW = 480
"""Months. A job said to have begun before that does not stretch the window."""
DAY, MONTH, AMOUNT, ID = pl.Int32, pl.Int32, pl.Int64, pl.Int64
PREPARED: Mapping[str, Mapping[str, type[pl.DataType]]] = {
    "participants": {
        "person_id": ID,
        "person": pl.String,
        "site": pl.String,
        "arm": pl.String,
        "inclusion_date": DAY,
        "consent": pl.Boolean,
        "withdrawn_date": DAY,
        "death_date": DAY,
        "emigration_date": DAY,
    },
    "jobs": {
        "person_id": ID,
        "job_id": ID,
        "establishment_org": ID,
        "type": pl.String,
        "start": DAY,
        "end": DAY,
        "percent": AMOUNT,
        "fulltime_hours": AMOUNT,
        "reported_at": DAY,
    },
    "pay": {"person_id": ID, "job_id": ID, "month": MONTH, "regular": AMOUNT, "extra": AMOUNT, "holiday": AMOUNT},
    "leave": {"person_id": ID, "job_id": ID, "kind": pl.String, "start": DAY, "end": DAY},
    "measures": {"person_id": ID, "establishment_org": ID, "measure_type": pl.String, "start": DAY, "end": DAY},
    "benefits": {"person_id": ID, "kind": pl.String, "start": DAY, "end": DAY},
    "education": {"person_id": ID, "start": DAY, "end": DAY},
}
"""What is kept of each file. ``regular`` is fixed and hourly pay, ``extra`` overtime and other pay, in øre."""
Progress = Callable[[int, int], None]


def no_progress(done: int, of: int) -> None:
    """Nobody is looking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buckets:
    """A prepared folder. ``first_month`` and ``last_month`` are those that the files tell about."""

    folder: Path
    count: int
    people: int
    numbered: bool
    first_month: int
    last_month: int
    sources: dict[str, str]

    @property
    def sha256(self) -> str:
        """Of the hashes of all files delivered."""
        return sha256("".join(self.sources.values()).encode()).hexdigest()

    def path(self, file: str, bucket: int) -> Path:
        return self.folder / file / f"b={bucket}"


class NotPrepared(LookupError):
    """Nothing has been prepared in that folder, or its panel has not been made."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


def open_buckets(out: Path) -> Buckets:
    """Take the buckets that ``make_buckets`` made under ``out``.

    Raises
    ------
    NotPrepared
        Where there are none.
    """
    if there := _there(out):
        return Buckets(folder=out / "buckets", **there["made"])
    raise NotPrepared(out)


def _there(out: Path) -> dict[str, Any] | None:
    done = out / "buckets" / "made_of.json"
    told: dict[str, Any] | None = json.loads(done.read_text(encoding="utf-8")) if done.exists() else None
    return told


def make_buckets(
    delivered: Mapping[str, pl.LazyFrame],
    out: Path,
    *,
    sources: Mapping[str, str],
    people_per_bucket: int = PEOPLE,
    number: bool = False,
    progress: Progress = no_progress,
) -> Buckets:
    """Cut the files into buckets under ``out/buckets``, or take those that are there from the same sources.

    Parameters
    ----------
    delivered : mapping of str to LazyFrame
        The files by the names of the schema, typed as the schema says.
    sources : mapping of str to str
        A hash of each file delivered: when one differs, everything under ``out`` is made again.
    number : bool
        Number the identifiers also where they are usable numbers: jobs of several buckets are then told apart.

    Raises
    ------
    OSError
        Where the folder cannot be written.
    """
    wanted = {"sources": dict(sources), "people_per_bucket": people_per_bucket, "number": number, "form": 1}
    if (there := _there(out)) and there["wanted"] == wanted:
        return Buckets(folder=out / "buckets", **there["made"])
    folder = out / "buckets"
    raw, begun = out / "buckets.part", out / "buckets.part" / "begun.json"
    if not begun.exists() or json.loads(begun.read_text(encoding="utf-8")) != wanted | {"polars": pl.__version__}:
        for old in (raw, folder):
            shutil.rmtree(old, ignore_errors=True)
        write_text(begun, json.dumps(wanted | {"polars": pl.__version__}))  # its hash may change from one to the next
    frames = {name: _kept(name, delivered[name]) for name in PREPARED if name in delivered}
    if len({frame.collect_schema()["person_id"] for frame in frames.values()}) > 1:
        frames = {name: frame.with_columns(pl.col("person_id").cast(pl.String)) for name, frame in frames.items()}
    people = frames["participants"].select(pl.len()).collect().item()
    count = max(1, -(-people // people_per_bucket))
    for at, (name, frame) in enumerate(frames.items()):
        _partition(frame, raw / name, count)
        progress(at + 1, len(frames) + count)
    numbered = number or not are_plain(raw, count)
    for bucket in range(count if numbered else 0):
        if not (raw / "numbered" / "participants" / f"b={bucket}").exists():  # the last that is written
            number_bucket(raw, bucket)
        progress(len(frames) + bucket + 1, len(frames) + count)
    first, last = _months(raw)
    made = {"count": count, "people": people, "numbered": numbered, "first_month": first, "last_month": last}
    made["sources"] = dict(sources)
    ready = raw / "numbered" if numbered else raw
    write_text(ready / "made_of.json", json.dumps({"wanted": wanted, "made": made}, indent=2))
    begun.unlink()
    os.replace(ready, folder)
    shutil.rmtree(raw, ignore_errors=True)
    return Buckets(folder=folder, **made)


def _kept(name: str, frame: pl.LazyFrame) -> pl.LazyFrame:
    """The columns that the panel and the outcomes use; days as numbers, the parts of pay added up."""
    if name == "participants":
        frame = frame.with_columns(pl.col("person_id").cast(pl.String).alias("person"), pl.col("site").cast(pl.String))
    if name == "pay":
        amount = {part: pl.col(part).fill_null(0) for part in ("fixed", "hourly", "overtime", "other", "holiday")}
        frame = frame.with_columns(
            regular=amount["fixed"] + amount["hourly"],
            extra=amount["overtime"] + amount["other"],
            holiday=amount["holiday"],
        )
    kinds = PREPARED[name]
    told = [pl.col(column) if kind is ID else pl.col(column).cast(kind) for column, kind in kinds.items()]
    whole = [column for column, kind in frame.collect_schema().items() if kind.is_integer() and kinds.get(column) is ID]
    return frame.select(told).with_columns(pl.col(whole).cast(ID)).filter(pl.col("person_id").is_not_null())


def _partition(frame: pl.LazyFrame, folder: Path, count: int) -> None:
    """One pass over a file, its rows written to the bucket that the person's hash says."""
    if folder.exists():
        return
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    frame.with_columns((pl.col("person_id").hash(0) % count).alias("b")).sink_parquet(
        pl.PartitionBy(part, key="b", include_key=False),
        compression="uncompressed",
        statistics=False,
        row_group_size=ROWS,
        mkdir=True,
        engine="streaming",
    )
    os.replace(part, folder)


def _months(folder: Path) -> tuple[int, int]:
    """The first and the last month that the files tell about: to the last month of pay, where there is pay."""
    jobs = pl.scan_parquet(folder / "jobs").select(first=pl.col("start").min(), last=pl.col("start").max())
    first, last = jobs.collect(engine="streaming").row(0)
    last_month = month_of(last)
    if list((folder / "pay").glob("*/*")):
        paid = pl.scan_parquet(folder / "pay").select(pl.col("month").max()).collect(engine="streaming").item()
        last_month = last_month if paid is None else paid
    return max(month_of(first), last_month - LONGEST_WINDOW + 1), last_month
