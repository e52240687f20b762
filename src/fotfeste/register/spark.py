"""The same functions over all rows on a cluster: PySpark, the extra ``fotfeste[cluster]``.

Identifiers must be numbered over all buckets (``make_buckets(..., number=True)``), since no bucket is alone here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals as nw

from fotfeste.register.buckets import PREPARED, Buckets
from fotfeste.register.curves import MONTHS, by_month
from fotfeste.register.definitions import Definition
from fotfeste.register.following import followed
from fotfeste.register.frames import Frame
from fotfeste.register.making import DAYS, panel_and_work
from fotfeste.register.outcomes import outcomes
from fotfeste.register.periods import Run, Window
from fotfeste.register.rules import Rules

TYPES = {"String": "string", "Int32": "int", "Int64": "bigint", "Boolean": "boolean"}


@contextmanager
def cluster(master: str) -> Iterator[Any]:
    """A Spark session, as on ``spark://host:7077`` or ``local[2]``. It runs on the machine's own Java, 17 or newer."""
    from pyspark.sql import SparkSession

    building = SparkSession.builder.master(master).appName("fotfeste register").config("spark.ui.enabled", "false")
    if master.startswith("local"):
        building = building.config("spark.sql.shuffle.partitions", "2")
    spark = building.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


def write_all(
    spark: Any,
    buckets: Buckets,
    out: Path,
    definition: Definition,
    *,
    rules: Rules,
    window: Window,
    months: int = MONTHS,
) -> None:
    """Write ``panel``, ``work``, ``by_person`` and ``outcomes`` under ``out``, each a folder of Parquet files.

    The columns are those of the Polars engine before it writes them for readers: whole numbers.
    """
    files = {name: _read(spark, buckets, name) for name in PREPARED}
    steps = _ladder(spark, max(definition.months * DAYS, window.months, months + 1))
    run = Run(files=files, ladder=steps, rules=rules, window=window, keep=_keep)
    panel, work = panel_and_work(run)
    files |= {"panel": _written(spark, panel, out / "panel"), "work": _written(spark, work, out / "work")}
    people = _keep(followed(files["participants"], window, months=definition.months))
    _written(spark, outcomes(people, files, definition, steps), out / "by_person")
    _written(spark, by_month(people, files, definition, steps, months=months), out / "outcomes")


def _read(spark: Any, buckets: Buckets, name: str) -> Frame:
    kinds = PREPARED[name]
    schema = ", ".join(f"`{column}` {TYPES[kind.__name__]}" for column, kind in kinds.items())
    folder = buckets.folder / name
    there = spark.read.schema(schema).parquet(str(folder)) if folder.exists() else spark.createDataFrame([], schema)
    return nw.from_native(there.select(*kinds))


def _ladder(spark: Any, longest: int) -> Frame:
    return nw.from_native(
        spark.range(1, longest + 1).selectExpr("CAST(id AS INT) AS n", "explode(sequence(0, CAST(id AS INT) - 1)) AS i")
    )


def _keep(frame: Frame) -> Frame:
    """Computed once, and its plan forgotten: it would double at every use."""
    return nw.from_native(frame.to_native().localCheckpoint())


def _written(spark: Any, frame: Frame, folder: Path) -> Frame:
    frame.to_native().write.mode("overwrite").parquet(str(folder))
    return nw.from_native(spark.read.parquet(str(folder)))
