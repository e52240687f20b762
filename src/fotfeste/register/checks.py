"""What is often wrong in register files: one function a finding, from a few people's rows to the rows it is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from fotfeste.register.schema import FILES, Kind

Frames = Mapping[str, pl.LazyFrame]
"""Files by name, with the rows of some people; each has ``part``, ``row`` and ``year`` beside its columns."""

SMALL_JOB_HOURS = 4.0
SMALL_JOB_DAYS = 6
"""At most this before 2015 kept a job out of the register."""
ROW = ("part", "row")
LAST = pl.date(9999, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """``find`` gives the rows of ``file`` that are found; ``needs`` are the files it cannot do without."""

    name: str
    file: str
    needs: tuple[str, ...]
    find: Callable[[Frames], pl.LazyFrame]


def newest(jobs: pl.LazyFrame) -> pl.LazyFrame:
    """All rows of the newest report of each job."""
    reported = pl.col("reported_at").fill_null(pl.date(1, 1, 1))
    return jobs.filter(reported == reported.max().over("person_id", "job_id"))


def held(frames: Frames) -> pl.LazyFrame:
    """The newest reports, with ``over``, the first day on which the job cannot have lasted (registered as fully
    unemployed, or dead), and ``to``, the last day that it may have."""
    jobs = newest(frames["jobs"])
    over = [pl.lit(None, pl.Date)]
    if "benefits" in frames:
        unemployed = frames["benefits"].filter(pl.col("kind") == "full_unemployment")
        first = (
            jobs.select("person_id", "start", *ROW)
            .join(unemployed.select("person_id", since="start"), on="person_id")
            .filter(pl.col("since") > pl.col("start"))
            .group_by(ROW)
            .agg(pl.col("since").min())
        )
        jobs = jobs.join(first, on=ROW, how="left")
        over.append(pl.col("since"))
    if "participants" in frames:
        jobs = jobs.join(frames["participants"].select("person_id", "death_date"), on="person_id", how="left")
        over.append(pl.col("death_date") + pl.duration(days=1))
    jobs = jobs.with_columns(over=pl.min_horizontal(over))
    last = pl.min_horizontal(pl.col("end"), pl.col("over") - pl.duration(days=1))
    return jobs.with_columns(to=last.fill_null(LAST))


def end_before_start(file: str, start: str, end: str) -> Check:
    return Check(
        name="end_before_start",
        file=file,
        needs=(file,),
        find=lambda frames: frames[file].filter(pl.col(end) < pl.col(start)),
    )


def unknown_code(file: str, column: str, codes: tuple[str, ...]) -> Check:
    return Check(
        name=f"unknown_{column}",
        file=file,
        needs=(file,),
        find=lambda frames: frames[file].filter(~pl.col(column).is_in(codes)),
    )


def not_a_participant(file: str) -> Check:
    def find(frames: Frames) -> pl.LazyFrame:
        return frames[file].join(frames["participants"], on="person_id", how="anti")

    return Check(name="not_a_participant", file=file, needs=(file, "participants"), find=find)


def _missing_end(frames: Frames) -> pl.LazyFrame:
    return held(frames).filter(pl.col("end").is_null() & pl.col("over").is_not_null())


def _late_end(frames: Frames) -> pl.LazyFrame:
    return held(frames).filter(pl.col("end") >= pl.col("over"))


def _corrected(frames: Frames) -> pl.LazyFrame:
    several = pl.col("reported_at").n_unique().over("person_id", "job_id") > 1
    return newest(frames["jobs"].with_columns(several=several)).filter("several")


def _together(frames: Frames, *, same_establishment: bool) -> pl.LazyFrame:
    """Jobs that another job of the person was held beside; of each pair the one that began last."""
    jobs = held(frames).filter(pl.col("start") <= pl.col("to"))
    beside = jobs.select("person_id", "job_id", "establishment_org", "start", "to")
    same = pl.col("establishment_org") == pl.col("establishment_org_right")
    earlier = (pl.col("start_right") < pl.col("start")) | (
        (pl.col("start_right") == pl.col("start")) & (pl.col("job_id_right") < pl.col("job_id"))
    )
    pairs = (
        jobs.join(beside, on="person_id")
        .filter(pl.col("job_id") != pl.col("job_id_right"), earlier, pl.col("to_right") >= pl.col("start"))
        .filter(same if same_establishment else ~same)
    )
    return pairs.unique(ROW)


def _job_without_pay(frames: Frames) -> pl.LazyFrame:
    """Employment since pay is reported, without one row of pay."""
    pay = frames["pay"]
    months = pay.select(first=pl.col("month").min(), final=pl.col("month").max())
    jobs = held(frames).filter(pl.col("type") != "no_employment", pl.col("start") <= pl.col("to"))
    return (
        jobs.join(months, how="cross")
        .filter(_month("to") >= pl.col("first"), _month("start") <= pl.col("final"))
        .join(pay, on=("person_id", "job_id"), how="anti")
    )


def _pay_without_job(frames: Frames) -> pl.LazyFrame:
    return frames["pay"].join(frames["jobs"], on=("person_id", "job_id"), how="anti")


def _pay_outside_job(frames: Frames) -> pl.LazyFrame:
    """Pay for a month in which the job had not begun or had ended, as it is reported."""
    days = (
        newest(frames["jobs"])
        .group_by("person_id", "job_id")
        .agg(first=_month("start").min(), final=_month("end").fill_null(12 * 9999).max())
    )
    return (
        frames["pay"]
        .join(days, on=("person_id", "job_id"))
        .filter(~pl.col("month").is_between(pl.col("first"), pl.col("final")))
    )


def _small_job(frames: Frames) -> pl.LazyFrame:
    hours = pl.col("percent") / 1e4 * pl.col("fulltime_hours") / 1e2
    short = (pl.col("end") - pl.col("start")).dt.total_days().is_between(0, SMALL_JOB_DAYS - 1)
    return newest(frames["jobs"]).filter((hours <= SMALL_JOB_HOURS) | short)


def _supported_job(frames: Frames) -> pl.LazyFrame:
    """Reported as an ordinary job, but held with wage subsidy or as set-aside work."""
    support = frames["measures"].filter(pl.col("measure_type").is_in(["wage_subsidy", "inclusion_subsidy", "vta"]))
    support = support.select("person_id", "establishment_org", from_="start", until=pl.col("end").fill_null(LAST))
    jobs = newest(frames["jobs"]).filter(pl.col("type") == "ordinary")
    return (
        jobs.join(support, on="person_id")
        .filter(
            (pl.col("establishment_org") == pl.col("establishment_org_right")).fill_null(True),
            pl.col("from_") <= pl.col("end").fill_null(LAST),
            pl.col("until") >= pl.col("start"),
        )
        .unique(ROW)
    )


def _after_death(frames: Frames) -> pl.LazyFrame:
    dead = frames["participants"].select("person_id", "death_date")
    return frames["jobs"].join(dead, on="person_id").filter(pl.col("start") > pl.col("death_date"))


def _month(column: str) -> pl.Expr:
    return pl.col(column).dt.year() * 12 + pl.col(column).dt.month().cast(pl.Int32) - 1


def _job_check(name: str, find: Callable[[Frames], pl.LazyFrame], *beside: str) -> Check:
    return Check(name=name, file="jobs", needs=("jobs", *beside), find=find)


DAYS = {"jobs": ("start", "end"), "leave": ("start", "end"), "measures": ("start", "end"), "benefits": ("start", "end"),
        "education": ("start", "end"), "health_episodes": ("in_date", "out_date")}  # fmt: skip
CHECKS: tuple[Check, ...] = (
    _job_check("missing_end", _missing_end),
    _job_check("late_end", _late_end),
    _job_check("corrected", _corrected),
    _job_check("job_without_pay", _job_without_pay, "pay"),
    Check(name="pay_without_job", file="pay", needs=("pay", "jobs"), find=_pay_without_job),
    Check(name="pay_outside_job", file="pay", needs=("pay", "jobs"), find=_pay_outside_job),
    _job_check("several_in_establishment", lambda frames: _together(frames, same_establishment=True)),
    _job_check("overlapping_jobs", lambda frames: _together(frames, same_establishment=False)),
    _job_check("small_job", _small_job),
    _job_check("supported_job", _supported_job, "measures"),
    _job_check("after_death", _after_death, "participants"),
    *(end_before_start(file, *days) for file, days in DAYS.items()),
    *(
        unknown_code(file.name, column.name, column.codes)
        for file in FILES.values()
        for column in file.columns
        if column.codes
    ),
    *(not_a_participant(name) for name, file in FILES.items() if "person_id" in file.names and name != "participants"),
)
"""All checks, in the order they are told."""
_DAYS_AND_MONTHS: tuple[Kind, ...] = ("day", "month")


def year_of(file: str) -> pl.Expr:
    """The calendar year of a row: of its month, or of the first of its days that the schema names."""
    column = next(column for column in FILES[file].columns if column.kind in _DAYS_AND_MONTHS)
    return pl.col(column.name) // 12 if column.kind == "month" else pl.col(column.name).dt.year()
