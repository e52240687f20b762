"""Register files of made-up people, with a known effect and everything in them that registers get wrong."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import polars as pl

from fotfeste.register.simulation import beside, rows
from fotfeste.register.simulation.jobs import NAMES, Traps, report, spells
from fotfeste.register.simulation.lives import Bools, Lives, People, in_work, true_effect

BLOCK = 50_000
"""People made at a time: what bounds the memory."""
FIRST_INCLUDED, LAST_INCLUDED = 2013 * 12 + 6, 2015 * 12 + 11
"""July 2013 to December 2015: on both sides of the break in the registers."""
DIED, EMIGRATED = 0.0005, 0.0005
"""A month."""
YOUNG_SHARE = 0.5
FOLLOWED = 48


class BadPlan(ValueError):
    """What is asked for cannot be made: ``option`` is people or years."""

    def __init__(self, option: str) -> None:
        super().__init__(option)
        self.option = option


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to make.

    Attributes
    ----------
    people, seed
        How many, and what makes the files the same again.
    first_year, years
        The calendar years that the registers cover; the years of inclusion, 2013 to 2015, and one more must be in it.
    pay_from
        First year with pay by month: in Norway 2015. An earlier one makes a harder task for a benchmark.
    """

    people: int
    seed: int = 1
    first_year: int = 2012
    years: int = 8
    pay_from: int = 2015
    lives: Lives = field(default_factory=Lives)
    traps: Traps = field(default_factory=Traps)

    def __post_init__(self) -> None:
        if self.people < 1:
            raise BadPlan("people")
        if self.first_year > 2013 or self.first_year + self.years < 2017:
            raise BadPlan("years")


def simulate(
    plan: Plan,
    out: Path,
    *,
    form: Literal["parquet", "csv"] = "parquet",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> dict[str, Any]:
    """Write the ten files and ``truth.json`` to a folder.

    Files of more than 50,000 people come in parts, each in the order of its months. The same plan gives the same files.

    Parameters
    ----------
    plan : Plan
        What to make.
    out : Path
        A folder; it is made where it is not there. What was made before under these names is written over.
    form : {"parquet", "csv"}, optional
        How they are written.
    progress : callable, optional
        Told how many blocks are done, of how many.

    Returns
    -------
    dict
        What ``truth.json`` holds: the plan, the true shares in ordinary work by month since inclusion and their
        difference, and how often each thing was planted.
    """
    blocks = person_ids(plan)
    planted: Counter[str] = Counter()
    for number, block in enumerate(blocks):
        told, counts = _block(plan, number, block)
        planted.update(counts)
        for name, frame in told.items():
            _write(frame, out, name, form, part=number if len(blocks) > 1 else None)
        progress(number + 1, len(blocks))
    years = range(plan.first_year, plan.first_year + plan.years)
    _write(beside.fidelity(_random(plan.seed, len(blocks)), years=years), out, "fidelity", form, part=None)
    truth = {
        "plan": asdict(plan),
        "effect_on": "ordinary work in the reference week, by month since inclusion from 0",
        "effect": true_effect(plan.lives, FOLLOWED, YOUNG_SHARE),
        "planted": dict(sorted(planted.items())),
    }
    _whole(out / "truth.json", lambda path: path.write_text(json.dumps(truth, indent=2) + "\n", encoding="utf-8"))
    return truth


def person_ids(plan: Plan) -> list[Any]:
    """The people of each block, in an order that says nothing about them."""
    ids = 1_000_000 + np.random.Generator(np.random.Philox(key=plan.seed)).permutation(plan.people)
    return [ids[start : start + BLOCK] for start in range(0, plan.people, BLOCK)]


def true_lives(plan: Plan, number: int, person_id: Any) -> tuple[People, Bools, np.random.Generator]:
    """The people of a block and whether each is in ordinary work in each month, shape (n, months); the generator as
    it stands after them."""
    random, epoch, months = _random(plan.seed, number), plan.first_year * 12, plan.years * 12
    people = _people(person_id, random, epoch, months)
    return people, in_work(people, plan.lives, months, random), random


def _block(plan: Plan, number: int, person_id: Any) -> tuple[dict[str, pl.DataFrame], dict[str, int]]:
    people, worked, random = true_lives(plan, number, person_id)
    epoch = plan.first_year * 12
    pay_month = max(plan.pay_from * 12 - epoch, 0)
    told = spells(worked, people, plan.traps, random, pay_month=pay_month, establishments=max(plan.people // 5, 50))
    reported = report(told, people, plan.traps, random, epoch=epoch, pay_month=pay_month)
    # 64 jobs a person is more than anyone has, so that no two blocks share a number.
    job_id = 1 + number * BLOCK * 64 + random.permutation(len(told))
    block = rows.Block(
        people=people, worked=worked, told=told, reported=reported, job_id=job_id, epoch=epoch, pay_month=pay_month
    )
    inclusion_day = random.integers(1, 29, person_id.size)
    frames = {
        "participants": beside.participants(people, random, epoch=epoch, inclusion_day=inclusion_day),
        "jobs": rows.jobs(block),
        "pay": rows.pay(block, plan.traps, random),
        "leave": rows.leave(block),
        "measures": rows.measures(block),
        "benefits": rows.benefits(block, random),
        "education": beside.education(people, random, epoch=epoch),
        "health_episodes": beside.health_episodes(people, random, epoch=epoch),
        "questionnaires": beside.questionnaires(people, random, epoch=epoch),
    }
    counts = dict(zip(NAMES, np.bincount(told.kind, minlength=len(NAMES)).tolist(), strict=True))
    late = reported.unemployed & ~np.isnat(reported.end)
    counts |= {"missing_end": int((reported.unemployed & ~late).sum()), "late_end": int(late.sum())}
    counts |= {"late_correction": int((~np.isnat(reported.wrong_end)).sum())}
    counts |= {f"months_without_pay_{reason}": int(spell.size) for reason, (spell, _, _) in reported.silent.items()}
    counts |= {"died": int(people.died.sum()), "emigrated": int(people.emigrated.sum())}
    counts["missing_end_at_death"] = int(reported.died_in_it.sum())
    outside = frames["pay"].filter((pl.col("holiday") > 0) & (pl.col("fixed") == 0) & (pl.col("hourly") == 0))
    counts |= {
        "pay_without_job": frames["pay"].filter(pl.col("job_id") < 0).height,
        "holiday_pay_after": outside.height,
    }
    return frames, counts


def _people(person_id: Any, random: np.random.Generator, epoch: int, months: int) -> People:
    n = person_id.size
    included = random.integers(FIRST_INCLUDED - epoch, LAST_INCLUDED - epoch + 1, n)
    # Months until each would happen; the earlier of the two does, where the registers still run.
    death, emigration = included + random.geometric(DIED, n), included + random.geometric(EMIGRATED, n)
    gone = np.minimum(death, emigration)
    seen = gone < months
    return People(
        person_id=person_id,
        included=included,
        offered=random.random(n) < 0.5,
        young=random.random(n) < YOUNG_SHARE,
        gone=np.where(seen, gone, months),
        died=seen & (death <= emigration),
        emigrated=seen & (emigration < death),
    )


def _random(seed: int, block: int) -> np.random.Generator:
    """Philox is counter based: the same numbers on every machine."""
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, block])))


def _write(frame: pl.DataFrame, out: Path, name: str, form: str, *, part: int | None) -> None:
    path = out / f"{name}.{form}" if part is None else out / name / f"{part:04d}.{form}"
    if form == "parquet":
        _whole(path, frame.write_parquet)
    else:
        _whole(path, frame.write_csv)


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside_it = path.with_name(f"{path.name}.part")
    write(beside_it)
    beside_it.replace(path)
