"""Who comes: participants with their referrals; who starts, waits, never starts, or comes back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from fotfeste.norway.identity import make_synthetic
from fotfeste_web.demo.story.cast import PACES, Cast
from fotfeste_web.demo.story.days import workday_from, workday_until
from fotfeste_web.demo.story.phrases import Phrases, lines, read
from fotfeste_web.demo.story.ways import Way, first_contact_after
from fotfeste_web.demo.story.world import Assignment, Consent, Employer, Participant, Period, Person, Referral

# Days since start of the newest participants, specialist by specialist: what the today page needs to find.
RECENT = {
    "bodo": ((1, 30, 58), (27, 44), (2, 33), (25, 52), (1, 29, 40, 66)),
    "tromso": ((1, 26, 47), (31, 60), (2, 24, 38), (28, 53)),
    "drammen": ((1, 12, 26, 38, 50, 63), (2, 29, 47), (20, 33, 58)),
}
NEW_DAYS = 2
SOON_OR_PASSED = (
    23,
    36,
)  # days since start: the first employer contact is about due, and not made in the good services
OLDER_FROM = 76
SOURCES = ("therapist",) * 9 + ("person",) * 4 + ("nav",) * 3 + ("municipality",) * 2 + ("gp", "gp", "family")
NEVER = {  # what became of those who never started, in turn
    "bodo": ("withdrawn", "not_offered:outside_catchment", "wish_changed", "withdrawn", "not_offered:other"),
    "tromso": ("withdrawn", "moved", "not_offered:full", "withdrawn"),
    "drammen": (
        "not_offered:full", "withdrawn", "not_offered:judged_not_ready", "not_offered:full", "withdrawn",
        "not_offered:not_in_treatment", "died", "not_offered:judged_not_ready", "withdrawn",
    ),
}  # fmt: skip


@dataclass(kw_only=True)
class Door:
    """Makes participants and referrals; remembers which names are given."""

    rng: Random
    phrases: Phrases
    cast: Cast
    today: date
    employers: list[Employer]

    def __post_init__(self):
        names = [f"{a} {n}" for a in lines("names.adjectives") for n in lines("names.nouns")]
        self.rng.shuffle(names)
        self._names, self._numbers = iter(names), count(1)

    def newcomers(self, service: str) -> list[tuple[date, Person | None]]:
        """Start dates in order; the newest with the specialist whose today page needs them."""
        rng, pace = self.rng, PACES[service]
        specialists = [p for p in self.cast.of(service, "jobbspesialist") if p.ends_on is None]
        recent: list[tuple[date, Person | None]] = [
            (workday_until(self.today - timedelta(days)), specialist)
            for specialist, since in zip(specialists, RECENT[service], strict=True)
            for days in since
        ]
        older = pace.started - len(recent)
        opened_on = next(s.opened_on for s in self.cast.services if s.key == service)
        span = (self.today - opened_on).days - 40 - OLDER_FROM
        days = [OLDER_FROM + round((n + rng.random() * 0.9) * span / older) for n in range(older)]
        recent += [(workday_until(self.today - timedelta(n)), None) for n in days]
        return sorted(recent, key=lambda start: start[0])

    def start(self, service: str, started_on: date, specialist: Person) -> Way:
        """A person who starts that day."""
        rng, days = self.rng, (self.today - started_on).days
        wait = rng.randint(*PACES[service].wait_days)
        trades = self._two_trades(service)
        participant, referral = self.refer(service, workday_until(started_on - timedelta(wait)), trades)
        way = Way(
            key=f"{participant.key}-1",
            participant=participant,
            referral=self.decided(referral, "started", started_on),
            started_on=started_on,
            trades=trades,
            first_employer_on=None,
            mapped_on=workday_from(started_on + timedelta(rng.randrange(10, 25))),
            assignments=[Assignment(specialist=specialist.key, starts_on=started_on, opened_on=started_on)],
        )
        after = first_contact_after(rng, PACES[service])
        if days >= OLDER_FROM:
            way.first_employer_on = workday_until(started_on + timedelta(min(after, days - 30)))
        elif started_on >= workday_until(self.today - timedelta(NEW_DAYS)):
            way.present = "new"
            way.assignments = [Assignment(specialist=specialist.key, starts_on=started_on)]
        elif PACES[service].first_contact_days > SOON_OR_PASSED[1]:
            way.present = "first_contact" if days >= SOON_OR_PASSED[0] - 1 else ""
        elif SOON_OR_PASSED[0] <= days <= SOON_OR_PASSED[1]:
            way.present = "first_contact"
        else:
            way.first_employer_on = workday_until(started_on + timedelta(min(after, 30)))
        return way

    def back(self, way: Way, specialist: Person) -> Way:
        """A person who was closed comes back: a new period on the same history."""
        assert way.closing
        started_on = workday_from(way.closing.closed_on + timedelta(self.rng.randrange(45, 80)))
        referred_on = workday_until(started_on - timedelta(10))
        branch = read("trades")[way.trades[0]]["name"]
        wish = self.phrases.pick("ending.back.wishes", way.participant.key, on=referred_on, branch=branch)
        referral = self._referral(way.service, "person", wish, referred_on, way.referral.team)
        return Way(
            key=f"{way.participant.key}-2",
            participant=way.participant,
            referral=self.decided(referral, "started", started_on),
            started_on=started_on,
            trades=way.trades,
            first_employer_on=workday_from(started_on + timedelta(self.rng.randrange(8, 20))),
            mapped_on=workday_from(started_on + timedelta(7)),
            assignments=[Assignment(specialist=specialist.key, starts_on=started_on, opened_on=started_on)],
        )

    def waiting_and_never(self, service: str) -> Iterator[tuple[Participant, Period]]:
        """Those on the waiting list, and those whose referral ended without a start."""
        rng, pace = self.rng, PACES[service]
        for n in range(pace.waiting + pace.not_started):
            waits = n < pace.waiting
            days = rng.randrange(2, pace.wait_days[1] + 15) if waits else rng.randrange(60, 640)
            referred_on = workday_until(self.today - timedelta(days))
            participant, referral = self.refer(service, referred_on, self._two_trades(service))
            if not waits:
                ending = NEVER[service][(n - pace.waiting) % len(NEVER[service])]
                decided_on = workday_from(referred_on + timedelta(rng.randrange(5, 50)))
                referral = self.decided(referral, ending, decided_on)
            yield participant, Period(key=f"{participant.key}-1", referral=referral)

    def _two_trades(self, service: str) -> tuple[str, str]:
        first, second = self.rng.sample(sorted({e.trade for e in self.employers if e.service == service}), 2)
        return first, second

    def refer(self, service: str, referred_on: date, trades: tuple[str, str]) -> tuple[Participant, Referral]:
        rng = self.rng
        teams = [t for t in self.cast.teams if t.service == service]
        team = rng.choice(teams)
        minor = team.kind == "young" and rng.random() < 0.15
        years = (
            rng.uniform(16.3, 17.4)
            if minor
            else rng.uniform(18.2, 29)
            if team.kind == "young"
            else rng.triangular(19, 62, 33)
        )
        born_on = referred_on - timedelta(round(years * 365.25))
        key = f"p{next(self._numbers):03}"
        participant = Participant(
            key=key,
            service=service,
            name=next(self._names),
            born_on=born_on,
            identity_number=make_synthetic(born_on, rng) if rng.random() < 1 / 3 else None,
            periods=(),
        )
        source = rng.choice(SOURCES)
        trade = read("trades")[trades[0]]
        wish = self.phrases.pick(
            f"referral.wish.{source}",
            key,
            on=referred_on,
            task=rng.choice(trade["tasks"]),
            branch=trade["name"],
        )
        return participant, self._referral(service, source, wish, referred_on, team.key, minor=minor)

    def _referral(self, service, source, wish, referred_on, team, *, minor=False) -> Referral:
        rng = self.rng
        therapists = [p for p in self.cast.of(service, "behandler") if team in p.teams]
        adviser = rng.choice(self.cast.of(service, "nav_veileder"))
        assert adviser.nav_office
        consent = None
        if minor:
            consent = Consent(
                given_by=rng.choice(lines("referral.consent.given_by")),
                covers=rng.choice(lines("referral.consent.covers")),
                given_on=referred_on,
                until=referred_on + timedelta(365),
            )
        return Referral(
            source=source,
            wish=wish,
            referred_on=referred_on,
            team=team,
            therapist=rng.choice(therapists).key,
            nav_office=adviser.nav_office,
            nav_adviser=adviser.key,
            consent=consent,
        )

    def decided(self, referral: Referral, ending: str, decided_on: date) -> Referral:
        """The referral with its outcome; `not_offered:full` carries the reason."""
        outcome, _, reason = ending.partition(":")
        text = ""
        if reason:
            text = self.phrases.pick(f"referral.not_offered.{reason}", referral.wish, on=decided_on)
        elif outcome != "started":
            text = self.phrases.pick(f"referral.outcome.{outcome}", referral.wish, on=decided_on)
        return replace(referral, outcome=outcome, decided_on=decided_on, not_offered_reason=reason or None, text=text)
