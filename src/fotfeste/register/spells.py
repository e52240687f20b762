"""From reported jobs to spells: the newest report, ended where the holder could not have held it, split by measures.

A spell is part of a job on one set of terms, ``[start, stop)`` in day numbers. Several spells of one job follow each
other.
"""

from collections.abc import Sequence

import narwhals as nw

from fotfeste.register.calendar import day_number
from fotfeste.register.frames import Frame, flag, in_order, least, most, packed_day
from fotfeste.register.periods import Run
from fotfeste.register.rules import PAY_FROM, SMALL_JOB_DAYS, SMALL_JOB_HOURS, Rules

SUBTRACTED = ("wage_subsidy", "vta", "work_practice")
"""Measures that make a job not ordinary. Work practice only takes out a job in its own establishment."""
NEVER = -1_000_000
"""Before every day: a report without a day gives way to one with it."""
COLUMNS = (
    "person_id", "job_id", "establishment_org", "start", "stop", "hours", "percent", "freelance", "job_start",
    "ordinary",
)  # fmt: skip
SPELL = ["job_id", "start"]


def spells(run: Run) -> Frame:
    """The participants' spells up to the end of the window, with the columns ``COLUMNS``.

    ``hours`` a week and ``percent`` are in hundredths, 0 where they are not known; ``ordinary`` is 0 in wage subsidy
    and set-aside work.
    """
    files, rules, window = run.files, run.rules, run.window
    people = files["participants"].select("person_id", "death_date")
    jobs = _newest(files["jobs"].filter(nw.col("type") != "no_employment")).join(people, on="person_id", how="inner")
    stop = [nw.lit(window.stop), (nw.col("end") + 1).fill_null(window.stop)]
    if rules.cut_death:
        stop.append((nw.col("death_date") + 1).fill_null(window.stop))
    jobs = jobs.with_columns(
        stop=least(*stop),
        job_start=nw.col("start").min().over("job_id"),
        hours=(nw.col("percent") * nw.col("fulltime_hours") + 5000) // 10_000,
        freelance=flag(nw.col("type") == "freelance"),
        ordinary=nw.lit(1),
    )
    if rules.cut_unemployment:
        jobs = _cut_at_unemployment(jobs, files["benefits"])
    jobs = jobs.filter(nw.col("start") < nw.col("stop"))
    jobs = (
        _not_before_pay(jobs, rules)
        .with_columns(nw.col("hours", "percent").fill_null(0).cast(nw.Int32))
        .select(COLUMNS)
    )
    return run.keep(_split_by_measures(run.keep(jobs), run)) if rules.subtract_measures else run.keep(jobs)


def _newest(jobs: Frame) -> Frame:
    """A job is reported many times; all rows of its newest report hold."""
    jobs = jobs.with_columns(reported_at=nw.col("reported_at").fill_null(NEVER))
    return jobs.filter(nw.col("reported_at") == nw.col("reported_at").max().over("job_id"))


def _cut_at_unemployment(jobs: Frame, benefits: Frame) -> Frame:
    """End each job where its holder was first registered as fully unemployed after it began."""
    registered = benefits.filter(nw.col("kind") == "full_unemployment").select("person_id", unemployed="start")
    cuts = (
        jobs.select("person_id", "job_id", "job_start")
        .unique()
        .join(registered, on="person_id", how="inner")
        .filter(nw.col("job_start") < nw.col("unemployed"))
        .group_by("job_id")
        .agg(nw.col("unemployed").min())
    )
    jobs = jobs.join(cuts, on="job_id", how="left")
    return jobs.with_columns(stop=least(nw.col("stop"), nw.col("unemployed").fill_null(nw.col("stop"))))


def _not_before_pay(jobs: Frame, rules: Rules) -> Frame:
    """Leave out what the register did not hold before 2015: small jobs, and freelancers, whom only pay can show."""
    since = day_number(PAY_FROM)
    before = jobs.filter(nw.col("job_start") < since)
    out = nw.lit(0)
    if rules.threshold_2015:
        days = nw.col("stop").max().over("job_id") - nw.col("job_start")
        out = flag((days <= SMALL_JOB_DAYS) | (nw.col("hours") <= SMALL_JOB_HOURS).fill_null(False))
    if rules.freelancers:
        out = most(out, nw.col("freelance"))
    before = before.with_columns(out=out)
    late = most(nw.col("start"), nw.lit(since))
    before = before.with_columns(start=nw.when(nw.col("out") == 1).then(late).otherwise(nw.col("start"))).drop("out")
    return nw.concat([before.filter(nw.col("start") < nw.col("stop")), jobs.filter(nw.col("job_start") >= since)])


def _split_by_measures(jobs: Frame, run: Run) -> Frame:
    """Split spells where a measure begins or ends; a measure without establishment holds in all the person's jobs."""
    practice_without_place = (nw.col("measure_type") == "work_practice") & nw.col("place").is_null()
    periods = (
        run.files["measures"]
        .filter(nw.col("measure_type").is_in(SUBTRACTED))
        .select("person_id", "measure_type", "end", from_="start", place="establishment_org")
        .filter(~practice_without_place)
        .with_columns(to=(nw.col("end") + 1).fill_null(run.window.stop))
        .select("person_id", "place", "from_", "to")
    )
    hit = (
        jobs.join(periods, on="person_id", how="inner")
        .filter(nw.col("place").fill_null(nw.col("establishment_org")) == nw.col("establishment_org"))
        .filter((nw.col("from_") < nw.col("stop")) & (nw.col("to") > nw.col("start")))
    )
    hit = run.keep(hit)
    outside, inside = split(hit, COLUMNS)
    whole = jobs.join(hit.select(SPELL).unique(), on=SPELL, how="anti").select(COLUMNS)
    return nw.concat([whole, outside, inside.with_columns(ordinary=nw.lit(0)).select(COLUMNS)])


def split(hit: Frame, columns: Sequence[str]) -> tuple[Frame, Frame]:
    """The parts of spells outside and inside the periods that hit them.

    Parameters
    ----------
    hit : LazyFrame
        One row for each spell and each period ``[from_, to)`` that overlaps it; periods may overlap each other.
    columns : sequence of str
        Of the spell; ``start`` and ``stop`` become those of the part.
    """
    job = nw.col("job_id")
    hit = hit.with_columns(
        began=packed_day(job, most(nw.col("from_"), nw.col("start"))),
        ended=packed_day(job, least(nw.col("to"), nw.col("stop"))),
    )
    steps = ({"reached": nw.col("ended").cum_max()}, {"reached": nw.col("reached").shift(1)})
    hit = in_order(hit, "began", "ended", of="job_id", then=steps)
    reached = nw.col("reached").fill_null(-1) - packed_day(job, nw.lit(0))  # an earlier spell's is before the start
    hit = hit.with_columns(reached=most(reached, nw.col("start")).cast(nw.Int32))
    before = hit.with_columns(part=nw.col("reached"), stop=least(nw.col("from_"), nw.col("stop")))
    inside = hit.with_columns(part=most(nw.col("reached"), nw.col("from_")), stop=least(nw.col("to"), nw.col("stop")))
    ends = hit.group_by(SPELL).agg(nw.col("to").max().alias("part"))
    after = hit.select(columns).unique().join(ends, on=SPELL, how="inner")
    outside = nw.concat([before.select(*columns, "part"), after.select(*columns, "part")])
    return _parts(outside, columns), _parts(inside, columns)


def _parts(parts: Frame, columns: Sequence[str]) -> Frame:
    return parts.filter(nw.col("part") < nw.col("stop")).with_columns(start=nw.col("part")).select(columns)
