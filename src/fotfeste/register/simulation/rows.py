"""Made-up lives as rows of the register files, in the order that registers deliver them: by month, not by person."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from fotfeste.register.simulation.jobs import (
    BACKWARDS,
    BESIDE,
    ELSEWHERE,
    FEES,
    ORDINARY,
    PRACTICE,
    SHELTERED,
    SUBSIDISED,
    TINY,
    UNKNOWN,
    UNPAID,
    Reported,
    Spells,
    Traps,
    day,
)
from fotfeste.register.simulation.lives import Bools, Ints, People, runs

FULL_TIME = 37.5
FIRST_ORGANISATION = 100_000_000
"""Real organisation numbers begin with 8 or 9."""
TYPES = {PRACTICE: "no_employment", FEES: "freelance", UNKNOWN: "X9"}
WITHOUT_PAY = (PRACTICE, UNPAID, BACKWARDS, UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of people and all that is known of them; months are counted from ``epoch``."""

    people: People
    worked: Bools
    told: Spells
    reported: Reported
    job_id: Ints
    epoch: int
    pay_month: int


def jobs(block: Block) -> pl.DataFrame:
    """One row a job, and an earlier one where it was corrected."""
    told, reported = block.told, block.reported
    establishment = told.establishment + FIRST_ORGANISATION
    kinds = pl.Series([TYPES.get(kind, "ordinary") for kind in range(UNKNOWN + 1)])
    rows = pl.DataFrame(
        {
            "person_id": block.people.person_id[told.person],
            "job_id": block.job_id,
            "type": kinds.gather(told.kind),
            "establishment_org": establishment,
            "entity_org": establishment // 4,
            "start": reported.start,
            "end": reported.end,
            "percent": told.percent,
            "percent_changed": reported.start,
            "fulltime_hours": np.full(len(told), FULL_TIME),
            "styrk08": pl.Series(["5223", "9112", "5120", "4110", "9333"]).gather(block.job_id % 5),
            "permanent_or_temporary": pl.Series(["permanent", "temporary"]).gather(block.job_id % 3 % 2),
            "reported_at": np.where(np.isnat(reported.end), reported.start, reported.end) + 35,
            "wrong_end": reported.wrong_end,
        }
    )
    wrong = rows.filter(pl.col("wrong_end").is_not_null()).with_columns(
        end="wrong_end", reported_at=pl.col("start") + pl.duration(days=35)
    )
    return pl.concat([rows, wrong]).drop("wrong_end").sort("reported_at", "job_id")


def pay(block: Block, traps: Traps, random: np.random.Generator) -> pl.DataFrame:
    """One row for each month with pay, in whole kroner; some for jobs that have ended or never were."""
    told, reported = block.told, block.reported
    length = np.where(np.isin(told.kind, WITHOUT_PAY), 0, told.last - told.first + 1)
    offset = np.cumsum(length) - length
    paid = np.ones(int(length.sum()), dtype=np.bool_)
    for spell, first, last in reported.silent.values():
        for month in range(3):
            at = month <= last - first
            paid[offset[spell[at]] + first[at] - told.first[spell[at]] + month] = False
    spell = np.repeat(np.arange(len(told)), length)
    month = np.arange(spell.size) - offset[spell] + told.first[spell]
    paid &= month >= block.pay_month
    spell, month = spell[paid], month[paid]
    full_time = random.integers(26_000, 52_000, len(told))
    amount = np.where(told.kind == TINY, 60, (full_time * told.percent / 100).astype(np.int64))[spell]
    fees, hourly = told.kind[spell] == FEES, (block.job_id % 5 == 0)[spell]
    june = ((month + block.epoch) % 12 == 5) & np.isin(told.kind[spell], (ORDINARY, BESIDE, ELSEWHERE))
    columns = {
        "person_id": block.people.person_id[told.person[spell]],
        "job_id": block.job_id[spell],
        "month": month,
        "fixed": np.where(june, 1000, np.where(fees | hourly, 0, amount)),
        "hourly": np.where(hourly & ~fees, amount, 0),
        "hours": np.where(hourly & ~fees, amount // 220, 0),
        "overtime": np.where(random.random(spell.size) < 0.1, amount // 20, 0),
        "overtime_hours": np.zeros(spell.size, dtype=np.int64),
        "holiday": np.where(june, amount, 0),
        "other": np.where(fees, amount, 0),
    }
    after = _holiday_pay_after(block, traps, random, full_time)
    without = _pay_without_job(block, traps, random)
    rows = pl.concat([pl.DataFrame(columns), after, without]).sort("month", "job_id")
    return rows.with_columns(month=_written_month(pl.col("month") + block.epoch))


def _holiday_pay_after(block: Block, traps: Traps, random: np.random.Generator, full_time: Ints) -> pl.DataFrame:
    told, reported = block.told, block.reported
    ended = (told.kind == ORDINARY) & (reported.end == reported.stop) & (told.last + 1 < block.worked.shape[1])
    at = np.flatnonzero(
        ended & (told.last + 1 >= block.pay_month) & (random.random(len(told)) < traps.holiday_pay_after)
    )
    return _pay_rows(block.people.person_id[told.person[at]], block.job_id[at], told.last[at] + 1, full_time[at] // 4)


def _pay_without_job(block: Block, traps: Traps, random: np.random.Generator) -> pl.DataFrame:
    n, months = block.worked.shape
    at = np.flatnonzero(random.random(n) < traps.pay_without_job)
    month = random.integers(min(block.pay_month, months - 1), months, at.size)
    job = int(block.job_id.max(initial=0)) + 1 + np.arange(at.size)
    return _pay_rows(block.people.person_id[at], -job, month, np.full(at.size, 9_000), "fixed")


def _pay_rows(person: Ints, job: Ints, month: Ints, amount: Ints, column: str = "holiday") -> pl.DataFrame:
    names = ("fixed", "hourly", "hours", "overtime", "overtime_hours", "holiday", "other")
    amounts = {name: amount if name == column else np.zeros(amount.size, dtype=np.int64) for name in names}
    return pl.DataFrame({"person_id": person, "job_id": job, "month": month} | amounts)


def leave(block: Block) -> pl.DataFrame:
    """Layoffs and leave of two whole months without pay."""
    parts = []
    for kind in ("layoff", "other"):
        spell, first, last = block.reported.silent[kind]
        parts.append(
            pl.DataFrame(
                {
                    "person_id": block.people.person_id[block.told.person[spell]],
                    "job_id": block.job_id[spell],
                    "kind": np.full(spell.size, kind),
                    "start": day(first, 1, block.epoch),
                    "end": day(last + 1, 1, block.epoch) - 1,
                    "percent": np.full(spell.size, 100.0),
                },
                schema_overrides={"kind": pl.String},
            )
        )
    return pl.concat(parts).sort("start", "job_id")


def measures(block: Block) -> pl.DataFrame:
    """NAV's measures: wage subsidy and set-aside work in a job, work practice, and follow-up of the control group."""
    told, reported = block.told, block.reported
    names = {SUBSIDISED: "wage_subsidy", SHELTERED: "vta", PRACTICE: "work_practice"}
    at = np.flatnonzero(np.isin(told.kind, list(names)))
    kinds = pl.Series([names.get(kind, "") for kind in range(UNKNOWN + 1)])
    return pl.DataFrame(
        {
            "person_id": block.people.person_id[told.person[at]],
            "measure_type": kinds.gather(told.kind[at]),
            "start": reported.start[at],
            "end": reported.stop[at],
            "establishment_org": told.establishment[at] + FIRST_ORGANISATION,
        }
    ).sort("start", "person_id")


def benefits(block: Block, random: np.random.Generator) -> pl.DataFrame:
    """Work assessment allowance or social assistance out of work, sickness benefit, and full unemployment."""
    told, reported, people = block.told, block.reported, block.people
    months = block.worked.shape[1]
    person, first, last = runs(~block.worked & (np.arange(months) <= people.gone[:, None]))
    drawn = random.random(person.size)
    kind = np.where(drawn < 0.65, "aap", np.where(drawn < 0.85, "social_assistance", "unemployment_benefit"))
    at = np.flatnonzero(reported.unemployed)
    spell, sick_first, sick_last = reported.silent["sick"]
    none = np.datetime64("NaT")
    returns = told.next_first[at]
    parts = [
        (people.person_id[person], kind, day(first, 1, block.epoch), day(last + 1, 1, block.epoch) - 1, 15_000),
        (
            people.person_id[told.person[at]],
            np.full(at.size, "full_unemployment"),
            reported.stop[at] + 1,
            np.where(returns < months, day(returns, 1, block.epoch) - 1, none),
            0,
        ),
        (
            people.person_id[told.person[spell]],
            np.full(spell.size, "sickness_benefit"),
            day(sick_first, 1, block.epoch),
            day(sick_last + 1, 1, block.epoch) - 1,
            22_000,
        ),
    ]
    frames = [
        pl.DataFrame(
            {"person_id": who, "kind": what, "start": start, "end": end},
            schema_overrides={"kind": pl.String, "end": pl.Date},
        ).with_columns(degree=pl.lit(100.0), monthly_amount=pl.lit(amount))
        for who, what, start, end, amount in parts
    ]
    return pl.concat(frames).sort("start", "person_id", "kind")


def _written_month(month: pl.Expr) -> pl.Expr:
    """As registers write it: 201903."""
    return ((month // 12) * 100 + month % 12 + 1).cast(pl.Int32)
