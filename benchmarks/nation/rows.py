"""A made-up nation of any number of services, each with 6 job specialists, 120 participants and 1,000 former ones.

A hundred services have 3 million contacts. The database makes the rows itself, from numbers alone: the same each
time. Run as the superuser of the embedded server, on empty tables: no history is written and no key is asked, since
the rows fit by how they are made.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from psycopg import Connection

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    ContactParticipant,
    Employer,
    Job,
    NextStep,
    Participant,
    Period,
    Referral,
    Term,
    Wishes,
)
from fotfeste_web.organisations.models import Membership, Service, TreatmentTeam

SPECIALISTS_EACH, EMPLOYERS_EACH = 6, 200  # a service
ACTIVE_EACH, FORMER_EACH = 20, 167  # a job specialist
CONTACTS_EACH, DAYS = 5000, 1400  # a job specialist, over four years
NEWEST = 3  # one in so many contacts was for somebody who is active now
PERSON = "md5('person ' || n)::uuid"


@dataclass(frozen=True)
class Nation:
    """The numbers behind the rows. Each person, contact and so on has a number n from 0."""

    services: int

    @property
    def specialists(self) -> int:
        return self.services * SPECIALISTS_EACH

    @property
    def people(self) -> int:
        return self.specialists * (ACTIVE_EACH + FORMER_EACH)

    @property
    def contacts(self) -> int:
        return self.specialists * CONTACTS_EACH

    @property
    def service(self) -> str:
        return f"n % {self.services} + 1"

    @property
    def specialist(self) -> str:
        return f"n % {self.specialists} + 1"

    @property
    def turn(self) -> str:
        """The how manieth of the job specialist it is."""
        return f"n / {self.specialists}"

    @property
    def active(self) -> str:
        return f"n < {self.specialists * ACTIVE_EACH}"

    @property
    def started(self) -> str:
        return (
            f"(CASE WHEN {self.active} THEN today - 20 - ({self.turn} * 17) % 400"
            f" ELSE today - 500 - ({self.turn} * 7) % 1000 END)"
        )

    @property
    def ended(self) -> str:
        return f"(CASE WHEN NOT {self.active} THEN {self.started} + 200 + n % 200 END)"


def make(database: Connection, nation: Nation) -> None:
    database.execute("SET session_replication_role = replica")
    _organisations(database, nation)
    _people(database, nation)
    _jobs(database, nation)
    _contacts(database, nation)
    for model in (User, Service, TreatmentTeam, Employer, Referral, Job, Contact):
        table = model._meta.db_table
        database.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    database.execute("ANALYZE")


def _organisations(database: Connection, nation: Nation) -> None:
    """Job specialists have the first numbers, then one supervisor a service."""
    staff = _to(nation.specialists + nation.services)
    role = f"CASE WHEN n < {nation.specialists} THEN 'jobbspesialist' ELSE 'metodeveileder' END"
    user = {"email": "'n' || n || '@fotfeste.example'", "name": "'Navn Nummer ' || n", "made_up": "true"}
    employer = "(ARRAY['Bakeri','Kafé','Lager','Verksted','Butikk','Hotell'])[n % 6 + 1] || ' ' || n"
    of_service = {"service": nation.service}
    _fill(database, Service, _to(nation.services), id="n + 1", name="'IPS ' || n")
    _fill(database, TreatmentTeam, _to(2 * nation.services), id="n + 1", name="'Team ' || n", **of_service)
    _fill(database, User, staff, id="n + 1", **user)
    _fill(database, Membership, staff, user="n + 1", role=role, starts_on="today - 1500", **of_service)
    _fill(
        database,
        Employer,
        _to(nation.services * EMPLOYERS_EACH),
        id="n + 1",
        name=employer,
        organisation_number="lpad((800000000 + n)::text, 9, '0')",
        **of_service,
    )


def _people(database: Connection, nation: Nation) -> None:
    everybody, about = _to(nation.people), {"participant": PERSON}
    names = {
        "first_name": "(ARRAY['Lun','Rask','Vakker','Stille','Blid','Klok','Varm','Lett'])[n % 8 + 1]",
        "last_name": "(ARRAY['Bekk','Fjell','Skog','Strand','Myr','Hei','Vik','Ås','Lund'])[n / 8 % 9 + 1] || n",
    }
    team = f"n % {2 * nation.services} + 1"
    _fill(database, Participant, everybody, id=PERSON, service=nation.service, treatment_team=team, **names)
    _fill(
        database,
        Referral,
        everybody,
        id="n + 1",
        **about,
        service=nation.service,
        received_on=f"{nation.started} - 10",
        source="'therapist'",
        wish="'Vil jobbe'",
        short_name="'Lun B.'",
        outcome="'started'",
        concluded_on=nation.started,
    )
    dates = about | {"starts_on": nation.started, "ends_on": nation.ended}
    reason = f"CASE WHEN {nation.active} THEN '' ELSE 'work_unsubsidised' END"
    due = f"coalesce({nation.ended}, today + n % 30 - 3)"
    _fill(database, Period, everybody, **dates, referral="n + 1", end_reason=reason)
    _fill(database, Assignment, everybody, **dates, specialist=nation.specialist, opened_at="now()")
    _fill(database, Wishes, everybody, **about, goal="'Vil jobbe med folk'")
    _fill(database, NextStep, everybody, **about, text="'Oppdatere CV'", due_on=due)


def _jobs(database: Connection, nation: Nation) -> None:
    """Two in five have a job."""
    source = f"{_to(nation.people)} WHERE n % 5 < 2"
    dates = {"starts_on": f"{nation.started} + 15", "ends_on": f"{nation.ended} - 5"}
    _fill(
        database,
        Job,
        source,
        id="n + 1",
        participant=PERSON,
        employer=_employer(nation, "n"),
        styrk08="'5223'",
        begun="true",
        ended_by=f"CASE WHEN {nation.active} THEN '' ELSE 'person' END",
        found_how="'specialist_contact'",
        **dates,
    )
    _fill(database, Term, source, job="n + 1", hours_per_week="20", form="'permanent'", **dates)


def _contacts(database: Connection, nation: Nation) -> None:
    """Every fourth is with an employer, and most are for one person."""
    source, with_employer = _to(nation.contacts), f"{nation.turn} % 4 = 0"
    day = f"today - ({nation.turn} * {DAYS} / {CONTACTS_EACH})"
    _fill(
        database,
        Contact,
        source,
        id="n + 1",
        service=nation.service,
        specialist=nation.specialist,
        kind=f"CASE WHEN {with_employer} THEN 'employer' ELSE 'participant' END",
        status="'held'",
        on=day,
        minutes="45",
        place="'cafe'",
        employer=f"CASE WHEN {with_employer} THEN {_employer(nation, nation.turn)} END",
        decision_maker=f"CASE WHEN {with_employer} THEN n % 3 = 0 END",
        logged_at=f"({day})::timestamptz",
    )
    whom = (
        f"CASE WHEN n < {nation.contacts // NEWEST} THEN {nation.turn} % {ACTIVE_EACH}"
        f" ELSE {ACTIVE_EACH} + {nation.turn} % {FORMER_EACH} END"
    )
    _fill(
        database,
        ContactParticipant,
        f"{source} WHERE {nation.turn} % 8 <> 0",
        contact="n + 1",
        participant=f"md5('person ' || (n % {nation.specialists} + {nation.specialists} * ({whom})))::uuid",
        note="'Gikk gjennom planen.'",
    )


def _employer(nation: Nation, which: str) -> str:
    return f"{nation.service} + {nation.services} * ({which} % {EMPLOYERS_EACH})"


def _to(count: int) -> str:
    return f"generate_series(0, {count - 1}) AS n, (SELECT current_date AS today) AS days"


def _fill(database: Connection, model: type[models.Model], source: str, /, **expressions: str) -> None:
    """Insert a row for each n, with the model's own defaults where nothing else is said, and no history."""
    columns = {field: expressions.get(field.name, _default(field)) for field in model._meta.concrete_fields}
    unknown = expressions.keys() - {field.name for field in columns}
    assert not unknown, unknown
    given = {field.column: value for field, value in columns.items() if value is not None}
    table, names = model._meta.db_table, ", ".join(f'"{column}"' for column in given)
    database.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(given.values())} FROM {source}")


def _default(field: models.Field) -> str | None:
    """Say a field's default in SQL; None leaves the column to the database."""
    if field.primary_key or field.null:
        return None
    if isinstance(field, models.DateTimeField):
        return "now()"
    value: Any = field.get_default()
    if isinstance(value, list):
        return "'{}'"
    if isinstance(value, bool | int | Decimal):
        return str(value)
    return f"'{value if value is not None else ''}'"
