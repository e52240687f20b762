"""What is written down about a person besides meetings: profile, openness, next steps."""

from datetime import date, timedelta
from random import Random

from fotfeste_web.demo.story.days import workday_from, workday_until
from fotfeste_web.demo.story.phrases import Phrases, lines, read
from fotfeste_web.demo.story.ways import Way
from fotfeste_web.demo.story.world import Employer, NextStep, Openness, Period, Profile

HOURS = (8.0, 10.0, 12.0, 15.0, 18.0, 20.0, 22.5, 30.0, 37.5)


def freeze(way: Way, rng: Random, phrases: Phrases, employers: list[Employer], today: date) -> Period:
    """The way as a finished period."""
    until = min(today, way.closing.closed_on if way.closing else today)
    return Period(
        key=way.key,
        referral=way.referral,
        started_on=way.started_on,
        assignments=tuple(way.assignments),
        profiles=_profiles(way, rng, until),
        openness=_openness(way, rng, until),
        next_steps=_next_steps(way, rng, phrases, employers, until, today),
        jobs=tuple(way.jobs),
        studies=tuple(way.studies),
        pauses=tuple(way.pauses),
        step_down=way.step_down,
        closing=way.closing,
    )


def _profiles(way: Way, rng: Random, until: date) -> tuple[Profile, ...]:
    trades = read("trades")
    wishes = [occupation for trade in way.trades for occupation in trades[trade]["occupations"]]
    first = {
        "goal": rng.choice(trades[way.trades[0]]["goals"]),
        "hours_per_week": rng.choice(HOURS),
        "times_of_day": rng.choice(lines("start.mapping.times_of_day")),
        "place": rng.choice(lines("start.mapping.near")),
        "environment": rng.choice(lines("start.mapping.environment")),
        "helps_at_work": ", ".join(rng.sample(lines("start.mapping.helps_at_work"), 2)),
    }
    again_on = workday_from(way.mapped_on + timedelta(rng.randrange(40, 120)))
    versions = []
    if way.mapped_on <= until and way.present != "new":
        # The same wish may stand under two trades; it is listed once.
        versions.append(Profile(mapped_on=way.mapped_on, occupations=tuple(dict.fromkeys(wishes[:3])), **first))
    if versions and again_on <= until and rng.random() < 0.5:
        versions.append(Profile(mapped_on=again_on, occupations=tuple(dict.fromkeys(wishes)), **first))
    return tuple(versions)


def _openness(way: Way, rng: Random, until: date) -> tuple[Openness, ...]:
    day, versions = way.mapped_on + timedelta(rng.randrange(1, 10)), []
    for version in (1, 2):
        day = workday_from(day)
        if day > until or (version == 2 and rng.random() < 0.5):
            break
        versions.append(
            Openness(
                agreed_on=day,
                version=version,
                may_contact=rng.choices(("yes", "ask_first", "no"), (70, 20, 10 if version == 1 else 0))[0],
                may_tell=", ".join(rng.sample(lines("openness.may_tell"), 2)),
                must_not_tell=", ".join(rng.sample(lines("openness.must_not_tell"), rng.choice((1, 2)))),
            )
        )
        day += timedelta(rng.randrange(50, 90))
    return tuple(versions)


def _next_steps(way, rng, phrases: Phrases, employers, until: date, today: date) -> tuple[NextStep, ...]:
    steps, day = [], way.started_on + timedelta(7)
    suited = [e for e in employers if e.trade in way.trades] or employers

    def step(agreed_on: date, *, done: bool) -> NextStep:
        state = way.state_on(agreed_on)
        pool = {"study": "education", "step_down": "work", "paused": "mapping"}.get(state, state)
        job = way.job_on(agreed_on)
        employer = next((e for e in employers if job and e.key == job.employer), None) or rng.choice(suited)
        trade = read("trades")[employer.trade]
        text = phrases.pick(
            f"next_steps.{pool}",
            f"{way.key} steps",
            on=agreed_on,
            employer=employer.name,
            task=rng.choice(trade["tasks"]),
            branch=trade["name"],
        )
        due_on = workday_from((agreed_on if done else today) + timedelta(rng.randrange(2, 14)))
        done_on = min(due_on, workday_until(until)) if done else None
        return NextStep(
            text=text,
            by=rng.choice(("specialist", "participant", "both")),
            agreed_on=agreed_on,
            due_on=due_on,
            done_on=done_on,
        )

    while day < until - timedelta(14):
        if way.state_on(day) != "paused":
            steps.append(step(workday_until(day), done=True))
        day += timedelta(rng.randrange(20, 50))
    if way.closing is None and way.present not in ("", "new"):
        agreed_on = max(way.started_on, way.last_contact_on or way.started_on)
        steps += [step(agreed_on, done=False) for _ in range(rng.choice((1, 2, 2, 3)))]
    return tuple(step for step in steps if step.text)
