"""Who works where: services, teams, NAV offices and everybody who signs in."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fotfeste_web.demo.story.days import workday_from, workday_until
from fotfeste_web.demo.story.phrases import lines
from fotfeste_web.demo.story.world import Absence, NavOffice, Person, Service, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a service works. The weak one has every fault the fidelity scale looks for."""

    started: int  # people started over two years
    waiting: int
    not_started: int
    contacts_a_week: float  # with employers, a full-time specialist
    first_contact_days: int  # median from start to the first employer contact
    job_share: float  # in ordinary work within 18 months of start
    wait_days: tuple[int, int]  # from referral to start
    months_open: int


# Good services: 37.4 % in work at 18 months (Reme 2019), 5 to 6 employer contacts a week (IPS-25, item 17).
PACES = {
    "bodo": Pace(
        started=68, waiting=3, not_started=5, contacts_a_week=5.8, first_contact_days=25,
        job_share=0.40, wait_days=(4, 18), months_open=24,
    ),
    "tromso": Pace(
        started=54, waiting=4, not_started=4, contacts_a_week=5.5, first_contact_days=26,
        job_share=0.40, wait_days=(5, 20), months_open=24,
    ),
    "drammen": Pace(
        started=66, waiting=8, not_started=9, contacts_a_week=2.9, first_contact_days=70,
        job_share=0.15, wait_days=(25, 75), months_open=24,
    ),
}  # fmt: skip
SERVICES = {
    "bodo": ("IPS Bodø", "1804"),
    "tromso": ("IPS Tromsø", "5501"),
    "drammen": ("IPS Drammen", "3301"),
}
TEAMS = {
    "bodo": (("FACT Bodø", "fact"), ("DPS Salten, poliklinikken", "dps"), ("FACT ung Salten", "young")),
    "tromso": (("FACT Tromsø", "fact"), ("DPS Tromsø, poliklinikken", "dps")),
    "drammen": (
        ("FACT Drammen", "fact"),
        ("DPS Drammen, poliklinikken", "dps"),
        ("Ungteamet Drammen", "young"),
    ),
}
NAV_OFFICES = {
    "bodo": ("NAV Bodø", "NAV Fauske"),
    "tromso": ("NAV Tromsø",),
    "drammen": ("NAV Drammen", "NAV Lier"),
}
# Post shares of the specialists there today; the last in Bodø came when another left.
SHARES = {"bodo": (100, 100, 100, 80, 100), "tromso": (100, 100, 100, 80), "drammen": (100, 50, 50)}
DAYS_SINCE_CHANGE = 210  # one specialist in Bodø left and another took over


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    services: tuple[Service, ...]
    nav_offices: tuple[NavOffice, ...]
    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    absences: tuple[Absence, ...]

    def of(self, service: str, role: str) -> list[Person]:
        return [person for person in self.people if service in person.services and person.role == role]


def gather(rng: Random, today: date) -> Cast:
    """Everybody but the participants."""
    names = _names(rng)
    services, teams, offices, people = [], [], [], []
    for key, (name, municipality) in SERVICES.items():
        opened_on = workday_from(today - timedelta(round(PACES[key].months_open * 30.4)))
        services.append(
            Service(key=key, name=name, municipality=municipality, opened_on=opened_on, weak=key == "drammen")
        )
        mine = [
            Team(key=f"{key}-team-{n}", service=key, name=team, kind=kind)
            for n, (team, kind) in enumerate(TEAMS[key], 1)
        ]
        near = [
            NavOffice(key=f"{key}-nav-{n}", service=key, name=office) for n, office in enumerate(NAV_OFFICES[key], 1)
        ]
        teams += mine
        offices += near
        people += _staff(key, opened_on, today, mine, near, names)
    people += _outside(today, names)
    return Cast(
        services=tuple(services),
        nav_offices=tuple(offices),
        teams=tuple(teams),
        people=tuple(people),
        absences=tuple(_absences(rng, people, today)),
    )


def _names(rng: Random):
    """Names nobody else in the world has. The first three are those of the pictures in the documentation."""
    yield from ("Kari Nilsen", "Ola Berg", "Marte Lie")
    pairs = [f"{first} {last}" for first in lines("names.first") for last in lines("names.last")]
    rng.shuffle(pairs)
    yield from pairs


def _staff(key, opened_on, today, teams, offices, names) -> list[Person]:
    people: list[Person] = []

    def add(role, employed_by, *, share=100, starts_on=opened_on, ends_on=None, teams=(), nav_office=None):
        number = sum(person.role == role for person in people) + 1
        people.append(
            Person(
                key=f"{key}-{role}-{number}",
                name=next(names),
                role=role,
                services=(key,),
                employed_by=employed_by,
                post_share=share,
                starts_on=starts_on,
                ends_on=ends_on,
                teams=tuple(t.key for t in teams),
                nav_office=nav_office,
            )
        )

    changed_on = workday_until(today - timedelta(DAYS_SINCE_CHANGE))
    shares = SHARES[key]
    for n, share in enumerate(shares):
        newcomer = key == "bodo" and n == len(shares) - 1
        add(
            "jobbspesialist",
            "nav",
            share=share,
            starts_on=changed_on if newcomer else opened_on,
            teams=[teams[n % len(teams)]],
        )
        if n == 0:  # so that the three names of the pictures go to the right people
            add("behandler", "health_trust", teams=[teams[0]])
            add("nav_veileder", "nav", nav_office=offices[0].key)
    if key == "bodo":
        add("jobbspesialist", "nav", ends_on=changed_on, teams=[teams[(len(shares) - 1) % len(teams)]])
        add("arbeidsspesialist", "health_trust", teams=[teams[0]])
    add("metodeveileder", "nav", share=50 if key == "drammen" else 100, teams=teams)
    for team in teams:
        add("behandler", "municipality" if team.kind == "fact" else "health_trust", teams=[team])
    for office in offices:
        add("nav_veileder", "nav", nav_office=office.key)
    return people


def _outside(today, names) -> list[Person]:
    """Those who belong to all services; the administrator to the installation."""
    since = workday_from(today - timedelta(700))
    roles = {
        "leder": ("leder", "health_trust"),
        "kvalitetsvurderer": ("kvalitetsvurderer", "foundation"),
        "forsker": ("forsker", "other"),
        "administrator": ("administrator", "nav"),
        "kvalitetsvurderer-2": ("kvalitetsvurderer", "foundation"),
    }
    return [
        Person(
            key=key,
            name=next(names),
            role=role,
            services=() if role == "administrator" else tuple(SERVICES),
            employed_by=employed_by,
            post_share=100,
            starts_on=since,
        )
        for key, (role, employed_by) in roles.items()
    ]


def _absences(rng: Random, people: list[Person], today: date):
    """Summer holidays, and a week in winter. None in the last two months: the demo shows people at work."""
    for person in people:
        if person.role != "jobbspesialist":
            continue
        for year in range(person.starts_on.year, today.year + 1):
            summer = date(year, 7, 1) + timedelta(rng.randrange(0, 14))
            winter = date(year, 2, 15) + timedelta(rng.randrange(0, 14))
            for start, days in ((winter, 7), (summer, 21)):
                end = start + timedelta(days)
                if person.starts_on <= start and end <= (person.ends_on or today - timedelta(60)):
                    yield Absence(person=person.key, starts_on=start, ends_on=end)
