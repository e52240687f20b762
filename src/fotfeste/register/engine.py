"""What runs the functions of the panel and the outcomes: one machine with Polars, or a cluster with Spark.

Both read the same prepared files, run the same functions and write the same files, ``b=N.parquet`` for each bucket of
people, so that either can make outcomes of a panel that either has made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import narwhals as nw
import polars as pl

from fotfeste.register.buckets import PREPARED, Buckets
from fotfeste.register.frames import Frame
from fotfeste.register.writing import write_frame

Shown = Callable[[Frame], Frame]


@dataclass(frozen=True, slots=True)
class Portion:
    """The buckets that an engine takes at a time: the step of progress, of memory and of a restart."""

    buckets: Buckets
    numbers: Sequence[int]

    def prepared(self, file: str) -> list[Path]:
        """The folders with its rows of a file; none where there are no rows."""
        return [path for number in self.numbers if (path := self.buckets.path(file, number)).exists()]

    def results(self, folder: Path) -> list[Path]:
        """Its files of a result."""
        return [folder / f"b={number}.parquet" for number in self.numbers]

    def is_made(self, *folders: Path) -> bool:
        return all(path.exists() for folder in folders for path in self.results(folder))


def as_it_is(frame: Frame) -> Frame:
    return frame


class Engine(Protocol):
    @property
    def told(self) -> str:
        """Its name, for the result's provenance; with its version, where that is not told beside it."""

    @property
    def at_once(self) -> int:
        """How many portions to take at a time."""

    def portions(self, buckets: Buckets) -> list[Portion]: ...

    def files(self, portion: Portion) -> dict[str, Frame]:
        """The prepared files of a portion, those not delivered without rows."""

    def results(self, folder: Path, portion: Portion) -> Frame:
        """What was written of a portion."""

    def ladder(self, longest: int) -> Frame:
        """The rows (n, i) with 0 <= i < n, for n up to ``longest``."""

    def keep(self, frame: Frame) -> Frame:
        """Compute a frame once."""

    def write(
        self, frame: Frame, folder: Path, portion: Portion, *, days: Sequence[str] = (), shown: Shown = as_it_is
    ) -> None:
        """Write a frame with ``person_id`` to ``folder/b=N.parquet``, whole or not at all.

        Parameters
        ----------
        days : sequence of str
            The columns with day numbers that a reader is to see as dates.
        shown : callable
            What a reader is to see of the frame; it may take ``person_id`` away.
        """


class OneMachine:
    """Polars, three buckets at a time: while one waits for a single thread, the others have the rest."""

    told = "polars"
    at_once = 3

    def portions(self, buckets: Buckets) -> list[Portion]:
        return [Portion(buckets, (number,)) for number in range(buckets.count)]

    def files(self, portion: Portion) -> dict[str, Frame]:
        return {name: self._read(portion.prepared(name), kinds) for name, kinds in PREPARED.items()}

    def results(self, folder: Path, portion: Portion) -> Frame:
        return self._read(portion.results(folder), {})

    def _read(self, paths: list[Path], kinds: Mapping[str, type[pl.DataType]]) -> Frame:
        return nw.from_native(pl.scan_parquet(paths) if paths else pl.LazyFrame(schema=kinds))

    def ladder(self, longest: int) -> Frame:
        counts = pl.DataFrame({"n": range(1, longest + 1)}, schema={"n": pl.Int32})
        steps = counts.with_columns(i=pl.int_ranges(0, pl.col("n"), dtype=pl.Int32)).explode("i")
        return nw.from_native(steps.lazy())

    def keep(self, frame: Frame) -> Frame:
        kept: pl.DataFrame = frame.to_native().collect()
        return nw.from_native(kept.lazy())

    def write(
        self, frame: Frame, folder: Path, portion: Portion, *, days: Sequence[str] = (), shown: Shown = as_it_is
    ) -> None:
        (path,) = portion.results(folder)
        told: pl.LazyFrame = shown(frame).to_native()
        write_frame(told.with_columns(pl.col(days).cast(pl.Date)).collect(), path)
