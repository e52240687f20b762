"""Identifiers made numbers within a bucket: text joins slowly, and a job's identifier may be its employer's own."""

from pathlib import Path

import polars as pl

from fotfeste.register.writing import write_frame

MOST = 2**40
"""Identifiers are from 0 to below this, so that a job or a person and a month fit in one number."""
FILES = ("jobs", "pay", "leave", "measures", "benefits", "education", "participants")


def are_plain(folder: Path, buckets: int) -> bool:
    """Whether the delivered identifiers can be used as they are: small whole numbers, and no job of two people."""
    for bucket in range(buckets):
        path = folder / "jobs" / f"b={bucket}"
        if not path.exists():
            continue
        jobs = pl.scan_parquet(path).select("person_id", "job_id", "establishment_org")
        if not all(kind.is_integer() for kind in jobs.collect_schema().dtypes()):
            return False
        told = jobs.select(low=pl.min_horizontal(pl.all().min()), high=pl.max_horizontal(pl.all().max()))
        low, high = told.collect().row(0)
        if low < 0 or high >= MOST or _held_by_two(jobs):
            return False
    return True


def _held_by_two(jobs: pl.LazyFrame) -> bool:
    """Whether a job's identifier is of two people."""
    people = jobs.group_by("job_id").agg(low=pl.col("person_id").min(), high=pl.col("person_id").max())
    told: bool = people.select((pl.col("low") != pl.col("high")).any()).collect().item()
    return told


def number_bucket(folder: Path, bucket: int) -> None:
    """Write the files of one bucket again, to ``folder/numbered``, with the identifiers numbered.

    People who are no participants are left out, and pay and leave without a job.
    """
    start = bucket * 2**24
    files = {name: pl.read_parquet(path) for name in FILES if (path := folder / name / f"b={bucket}").exists()}
    if "participants" not in files:
        return
    if "jobs" not in files:
        files = {name: frame for name, frame in files.items() if "job_id" not in frame.columns}
    people = files["participants"].select("person_id").unique(maintain_order=True).with_row_index("number", start)
    jobs = files.get("jobs", pl.DataFrame(schema=["person_id", "job_id"])).select("person_id", "job_id")
    numbers = jobs.unique(maintain_order=True).with_row_index("job", start)
    for name, frame in files.items():
        if "job_id" in frame.columns:
            frame = frame.join(numbers, on=["person_id", "job_id"], how="inner", maintain_order="left")
            frame = frame.with_columns(job_id=pl.col("job").cast(pl.Int64)).drop("job")
        if "establishment_org" in frame.columns:
            frame = frame.with_columns(_establishment(frame["establishment_org"]))
        frame = frame.join(people, on="person_id", how="inner", maintain_order="left")
        frame = frame.with_columns(person_id=pl.col("number").cast(pl.Int64)).drop("number")
        write_frame(frame, folder / "numbered" / name / f"b={bucket}" / "0.parquet")


def _establishment(told: pl.Series) -> pl.Series:
    """An organisation number as it is; other names as a number that is the same wherever the name is."""
    text = told.cast(pl.String)
    number = text.cast(pl.Int64, strict=False)
    plain = number.cast(pl.String).eq_missing(text) & number.is_between(0, MOST // 2 - 1)
    other = (text.hash(0) % (MOST // 2)).cast(pl.Int64) + MOST // 2
    return pl.select(pl.when(plain).then(number).when(text.is_not_null()).then(other)).to_series().alias(told.name)
