"""Each specialist opens the demo to five to twelve lines, counted here by the rules of the today page.

The rules: new and unopened; no employer contact yet, a week before the 30 days from start are over or later;
no contact for 14 days in mapping or job development; follow-along due, weekly in the first month of a job and
monthly after; meetings today; meetings in the past without a result. At most one line a person.
"""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from fotfeste_web.demo.story import World, tell

DAYS = [
    date(2026, 11, 17),  # a Tuesday
    date(2026, 11, 22),  # a Sunday
    date(2027, 1, 4),  # the first working day after Christmas
    date(2027, 3, 30),  # the Tuesday after Easter
    date(2026, 7, 31),  # holidays
]


def lines_of(world: World, specialist: str) -> dict[str, set[str]]:
    """The lines, each with its rules: one a participant, one a meeting that is for nobody in particular."""
    today = world.today
    lines: dict[str, set[str]] = defaultdict(set)
    for contact in world.contacts:
        if contact.specialist == specialist and contact.status == "planned":
            for line in contact.participants or (contact.key,):
                if contact.on == today:
                    lines[line].add("meeting today")
                elif contact.on < today:
                    lines[line].add("without result")
    for participant in world.participants:
        period = participant.periods[-1]
        mine = [a for a in period.assignments if a.specialist == specialist and a.ends_on is None]
        paused = any(p.starts_on <= today and (p.ends_on is None or today < p.ends_on) for p in period.pauses)
        if mine and not paused:
            lines[participant.key] |= rules_met(world, participant.key, period, mine[0])
    return {line: rules for line, rules in lines.items() if rules}


def rules_met(world: World, participant: str, period, assignment) -> set[str]:
    today, rules = world.today, set()
    if assignment.opened_on is None:
        return {"new"}
    held = [c for c in world.contacts if participant in c.participants and c.status == "held"]
    held = [c for c in held if c.on >= period.started_on]
    last = max((c.on for c in held), default=period.started_on)
    jobs = [j for j in period.jobs if j.starts_on <= today and (j.ends_on is None or today < j.ends_on)]
    studying = any(s.starts_on <= today and s.ends_on is None for s in period.studies)
    stepped_down = period.step_down is not None and period.step_down.starts_on <= today
    if not jobs and not studying and not stepped_down:
        employer = [c for c in held if c.kind == "employer" and c.channel == "in_person"]
        if not employer and (today - period.started_on).days >= 23:
            rules.add("first employer contact")
        if (today - last).days > 14:
            rules.add("silent")
    if jobs and not stepped_down:
        first_month = today - jobs[0].starts_on < timedelta(28)
        if (today - max(last, min(jobs[0].starts_on, today))).days > (7 if first_month else 31):
            rules.add("follow-along")
    return rules


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_each_specialist_has_five_to_twelve_lines(today):
    world = tell(7, today)
    specialists = [p for p in world.people if p.role == "jobbspesialist" and p.ends_on is None]

    counts = {p.key: len(lines_of(world, p.key)) for p in specialists}

    assert len(counts) == 12
    assert all(5 <= count <= 12 for count in counts.values()), counts


def test_every_rule_of_the_today_page_is_met_somewhere(world):
    specialists = [p.key for p in world.people if p.role == "jobbspesialist"]

    met = {rule for key in specialists for rules in lines_of(world, key).values() for rule in rules}

    assert met == {
        "new",
        "first employer contact",
        "silent",
        "follow-along",
        "meeting today",
        "without result",
    }


def test_each_specialist_meets_two_to_four_times_today(world):
    for person in world.people:
        if person.role == "jobbspesialist" and person.ends_on is None:
            today = [c for c in world.contacts if c.specialist == person.key and c.on == world.today]
            assert 2 <= len(today) <= 4
            assert {c.status for c in today} == {"planned"}
            assert len({c.starts_at for c in today}) == len(today)


def test_a_specialist_who_left_has_nobody(world):
    left = [p.key for p in world.people if p.role == "jobbspesialist" and p.ends_on]

    assert len(left) == 1
    assert lines_of(world, left[0]) == {}
