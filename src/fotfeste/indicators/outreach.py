"""What attempts to reach people who are out of touch say of IPS-25 item 25, assertive engagement and outreach.

Five of its six strategies show in the log of attempts; that nobody is closed for missed appointments shows in the
reasons of closures. The numbers are hints for a check list: a person decides.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SEVERAL = 2  # visits to one person


class By(StrEnum):
    SPECIALIST = "specialist"
    TEAM = "team"
    BOTH = "both"


class How(StrEnum):
    PHONE = "phone"
    MESSAGE = "message"
    LETTER = "letter"
    HOME = "home"
    COMMUNITY = "community"


VISITS = (How.HOME, How.COMMUNITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to reach somebody who is out of touch."""

    person: str
    on: date
    by: By
    how: How
    reached: bool
    family: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreach:
    """Counts of attempts, and of the people behind them."""

    attempts: int
    people: int
    by_team: int  # alone or with the job specialist
    visits: int
    people_visited_often: int
    joint_visits: int
    family: int
    reached: int

    @property
    def attempts_a_person(self) -> float | None:
        return self.attempts / self.people if self.people else None


def outreach(attempts: Collection[Attempt]) -> Outreach:
    """Count what was tried."""
    visits = [attempt for attempt in attempts if attempt.how in VISITS]
    visited = Counter(attempt.person for attempt in visits)
    return Outreach(
        attempts=len(attempts),
        people=len({attempt.person for attempt in attempts}),
        by_team=sum(attempt.by is not By.SPECIALIST for attempt in attempts),
        visits=len(visits),
        people_visited_often=sum(times >= SEVERAL for times in visited.values()),
        joint_visits=sum(attempt.by is By.BOTH for attempt in visits),
        family=sum(attempt.family for attempt in attempts),
        reached=sum(attempt.reached for attempt in attempts),
    )
