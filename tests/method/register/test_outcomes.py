"""Outcomes for everybody at once against ``fotfeste.employment.outcome``, which goes through one person day by day."""

from datetime import date, timedelta
from decimal import Decimal

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from fotfeste.employment import Form, Job, OutcomeDefinition, Support, Term, definitions, outcome
from fotfeste.periods import Period
from fotfeste.register.engine import OneMachine
from fotfeste.register.following import followed
from fotfeste.register.outcomes import outcomes
from fotfeste.register.periods import Window

PEOPLE = 40
WINDOW = Window(first=2014 * 12, last=2020 * 12 + 11)
EPOCH = date(1970, 1, 1)
OUTCOMES = [one for one in definitions() if isinstance(one, OutcomeDefinition)]


def day(number):
    return EPOCH + timedelta(int(number))


@pytest.fixture(scope="module")
def lives():
    """Made-up people: gaps of a day, weeks that just hold, jobs side by side, death, emigration, late inclusion."""
    draw = np.random.default_rng(7)
    start = (date(2015, 1, 1) - EPOCH).days
    people = [
        (
            p, str(p), "a", "ips", start + int(draw.integers(0, 900)), None, None,
            start + int(draw.integers(300, 1200)) if p % 7 == 0 else None,
            start + int(draw.integers(300, 1200)) if p % 11 == 0 else None,
        )
        for p in range(PEOPLE)
    ]  # fmt: skip
    work, study = [], []
    for p in range(PEOPLE):
        for j in range(int(draw.integers(0, 5))):
            at = people[p][4] + int(draw.integers(-100, 1200 if j == 3 else 300))
            for _ in range(int(draw.integers(1, 6))):
                stop = at + int(draw.choice([1, 6, 7, 8, 20, 33, 91, 120, 365]))
                work.append(
                    (p, 10 * p + j, at, stop, int(draw.choice([0, 350, 800, 1900, 3750])), int(draw.random() < 0.8))
                )
                at = stop + int(draw.choice([0, 1, 2, 7, 20]))
        if p % 5 == 0:
            at = people[p][4] + int(draw.integers(0, 500))
            study.append((p, at, at + 30))
    return people, work, study


@pytest.fixture(scope="module")
def frames(lives):
    people, work, study = lives
    heads = (
        "person_id",
        "person",
        "site",
        "arm",
        "inclusion_date",
        "consent",
        "withdrawn_date",
        "death_date",
        "emigration_date",
    )
    whole = dict.fromkeys(("inclusion_date", "withdrawn_date", "death_date", "emigration_date"), pl.Int32)
    return {
        "participants": pl.DataFrame(people, heads, schema_overrides=whole | {"consent": pl.Boolean}, orient="row"),
        "work": pl.DataFrame(work, ("person_id", "job_id", "start", "stop", "hours", "ordinary"), orient="row"),
        "education": pl.DataFrame(study, ("person_id", "start", "end"), orient="row"),
    }


@pytest.mark.parametrize("definition", OUTCOMES, ids=[one.id for one in OUTCOMES])
def test_everybody_at_once_is_as_one_by_one(lives, frames, definition):
    files = {name: nw.from_native(frame.lazy()) for name, frame in frames.items()}
    people = followed(files["participants"], WINDOW, months=definition.months)
    got = outcomes(people, files, definition, OneMachine().ladder(900)).to_native().collect().sort("person_id")
    expected = [_one_by_one(person, lives, definition) for person in lives[0]]
    assert got.select("value", "censored", "followed_days").rows() == expected
    assert len({value for value, _, _ in expected}) > 1


def _one_by_one(person, lives, definition):
    number, entered, death, emigration = person[0], person[4], person[7], person[8]
    until = min(WINDOW.stop, death + 1 if death else WINDOW.stop, emigration or WINDOW.stop)
    told = outcome(
        _jobs(number, lives[1]),
        definition,
        entered_on=day(entered),
        until=day(until),
        education=[Period(day(start), day(end + 1)) for p, start, end in lives[2] if p == number],
    )
    value = told.value
    if isinstance(value, Decimal):
        value = int(value * 100)
    return value if value is None else int(value), int(told.censored), told.followed_days


def _jobs(number, work):
    for id in {row[1] for row in work if row[0] == number}:
        terms = tuple(
            Term(
                starts_on=day(start),
                ends_on=day(stop),
                hours_per_week=Decimal(hours) / 100,
                form=Form.PERMANENT,
                ordinary_rate=True,
                open_to_anyone=True,
                support=frozenset() if ordinary else frozenset({Support.WAGE_SUBSIDY}),
            )
            for _, job, start, stop, hours, ordinary in work
            if job == id
        )
        yield Job(id=str(id), person="", employer="", occupation="", starts_on=terms[0].starts_on, terms=terms)
