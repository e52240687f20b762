"""The participants and what is known of them beside work: education, health, questionnaires, and fidelity of sites."""

import numpy as np
import polars as pl

from fotfeste.register.simulation.jobs import day
from fotfeste.register.simulation.lives import Ints, People

SITES = 6
LOST = {True: 4 / 50, False: 9 / 46}
"""Who does not answer at 12 months, by whether the intervention was offered: as in SEED (derived from its tables)."""


def participants(people: People, random: np.random.Generator, *, epoch: int, inclusion_day: Ints) -> pl.DataFrame:
    n = people.person_id.size
    none = np.full(n, np.datetime64("NaT"), dtype="datetime64[D]")
    gone_on = day(people.gone, random.integers(23, 29, n), epoch)
    withdrawn = random.random(n) < np.where(people.offered, 0.01, 0.02)
    included = day(people.included, inclusion_day, epoch)
    age = np.where(people.young, random.integers(18, 31, n), random.integers(31, 60, n))
    return pl.DataFrame(
        {
            "person_id": people.person_id,
            "birth_year": (people.included + epoch) // 12 - age,
            "sex": pl.Series(["woman", "man"]).gather(random.integers(0, 2, n)),
            "education_level": random.choice([2, 3, 4, 6], n, p=[0.35, 0.25, 0.25, 0.15]),
            "diagnosis_group": pl.Series(["psychosis", "bipolar", "depression", "anxiety"]).gather(
                random.integers(0, 4, n)
            ),
            "severity": pl.Series(["moderate", "severe"]).gather(random.integers(0, 2, n)),
            "site": pl.Series([f"site {number}" for number in range(1, SITES + 1)]).gather(
                random.integers(0, SITES, n)
            ),
            "inclusion_date": included,
            "arm": pl.Series(["control", "ips"]).gather(people.offered.astype(np.int64)),
            "consent": ~withdrawn,
            "withdrawn_date": np.where(withdrawn, included + random.integers(30, 500, n), none),
            "death_date": np.where(people.died, gone_on, none),
            "emigration_date": np.where(people.emigrated, gone_on, none),
        }
    )


def education(people: People, random: np.random.Generator, *, epoch: int) -> pl.DataFrame:
    at = np.flatnonzero(random.random(people.person_id.size) < 0.1)
    start = day(people.included[at] + random.integers(1, 24, at.size), 15, epoch)
    return pl.DataFrame(
        {
            "person_id": people.person_id[at],
            "course": pl.Series(["upper secondary", "vocational", "bachelor"]).gather(random.integers(0, 3, at.size)),
            "start": start,
            "end": start + random.integers(100, 700, at.size),
            "kind": pl.Series(["ordinary"]).gather(np.zeros(at.size, dtype=np.int64)),
        }
    ).sort("start", "person_id")


def health_episodes(people: People, random: np.random.Generator, *, epoch: int) -> pl.DataFrame:
    person = np.repeat(np.arange(people.person_id.size), random.integers(0, 4, people.person_id.size))
    start = day(people.included[person] + random.integers(-12, 24, person.size), 10, epoch)
    stay = random.random(person.size) < 0.2
    return pl.DataFrame(
        {
            "person_id": people.person_id[person],
            "level": pl.Series(["3", "1"]).gather(stay.astype(np.int64)),
            "specialty": pl.Series(["adult mental health", "TSB"]).gather(random.integers(0, 2, person.size)),
            "icd10": pl.Series(["F20", "F31", "F32", "F41"]).gather(random.integers(0, 4, person.size)),
            "in_date": start,
            "out_date": start + np.where(stay, random.integers(1, 60, person.size), 0),
            "coercion": stay & (random.random(person.size) < 0.3),
        }
    ).sort("in_date", "person_id")


def questionnaires(people: People, random: np.random.Generator, *, epoch: int) -> pl.DataFrame:
    """HADS in total at 0, 6 and 12 months: about 15.6 with a standard deviation of 7.7 at the start."""
    parts = []
    for wave in (0, 6, 12):
        answers = random.random(people.person_id.size) >= np.where(people.offered, LOST[True], LOST[False]) * wave / 12
        at = np.flatnonzero(answers)
        parts.append(
            pl.DataFrame(
                {
                    "person_id": people.person_id[at],
                    "wave": np.full(at.size, wave),
                    "date": day(people.included[at] + wave, 20, epoch),
                    "score": np.clip(np.rint(random.normal(15.6 - wave / 6, 7.7, at.size)), 0, 42),
                }
            )
        )
    told = pl.concat(parts).with_columns(instrument=pl.lit("HADS"), item=pl.lit("total"))
    return told.select("person_id", "instrument", "item", "wave", "date", "score").sort("date", "person_id")


def fidelity(random: np.random.Generator, *, years: range) -> pl.DataFrame:
    rows = [
        {"site": f"site {site}", "date": f"{year}-06-01", "item": item, "assessor": assessor}
        for site in range(1, SITES + 1)
        for year in years
        for assessor in ("A", "B")
        for item in range(1, 26)
    ]
    return pl.DataFrame(rows).with_columns(
        pl.col("date").str.to_date(), score=random.choice([3, 4, 5], len(rows), p=[0.25, 0.45, 0.3])
    )
