"""What has become rows so far, by the keys of the story; and at what time of the day things were done."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Contact, Employer, Participant, Round
from fotfeste_web.demo.story import World
from fotfeste_web.demo.story import world as told
from fotfeste_web.organisations.models import NavOffice, Service, TreatmentTeam

ROWS_AT_A_TIME = 1000
FIRST_MINUTE, LAST_MINUTE = 8 * 60 + 15, 15 * 60 + 30


@dataclass
class Loaded:
    world: World
    now: datetime
    services: dict[str, Service] = field(default_factory=dict)
    teams: dict[str, TreatmentTeam] = field(default_factory=dict)
    offices: dict[str, NavOffice] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)
    employers: dict[str, Employer] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = Random(self.world.seed)  # noqa: S311  made-up people, no secrets
        self.people = {person.key: person for person in self.world.people}
        self.supervisors = {
            service: person
            for person in self.world.people
            if person.role == "metodeveileder"
            for service in person.services
        }

    def at_work(self, day: date) -> datetime:
        """A moment in the working hours of a day, and never one that is still to come."""
        minute = self.rng.randrange(FIRST_MINUTE, LAST_MINUTE)
        return self.moment(day, time(minute // 60, minute % 60))

    def moment(self, day: date, at: time, *, after: timedelta = timedelta(0)) -> datetime:
        return min(timezone.make_aware(datetime.combine(day, at)) + after, self.now)

    def user(self, key: str | None) -> User | None:
        return self.users[key] if key else None

    def supervisor(self, service: str) -> User:
        return self.users[self.supervisors[service].key]

    def periods(self) -> Iterator[tuple[told.Participant, told.Period]]:
        for participant in self.world.participants:
            for period in participant.periods:
                yield participant, period

    def begun(self) -> Iterator[tuple[told.Participant, told.Period]]:
        return ((participant, period) for participant, period in self.periods() if has_begun(period))

    def current(self) -> Iterator[tuple[told.Participant, told.Period]]:
        return ((participant, period) for participant, period in self.begun() if period.closing is None)

    def specialist_on(self, period: told.Period, day: date) -> User:
        """The job specialist of a day; of one before the first, the first."""
        then = [a for a in period.assignments if a.starts_on <= day] or [period.assignments[0]]
        return self.users[then[-1].specialist]


def has_begun(period: told.Period) -> bool:
    """Tell whether the start-up meeting was held. Who is given a job specialist and not opened, still waits for it."""
    return any(assignment.opened_on for assignment in period.assignments)
