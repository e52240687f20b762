"""A made-up nation: 100 services, 600 job specialists, 12,000 participants and 100,000 former ones, 3 million contacts.

The database makes the rows itself, from numbers alone: the same each time. Run as the superuser of the embedded server,
on empty tables: no history is written and no key is asked, since the rows fit by how they are made.
"""

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

SERVICES, SPECIALISTS, ACTIVE_EACH, FORMER_EACH = 100, 600, 20, 167
EMPLOYERS_EACH = 200  # a service
CONTACTS_EACH = 5000  # a job specialist, over four years
PEOPLE = SPECIALISTS * (ACTIVE_EACH + FORMER_EACH)
# n counts people from 0; the job specialist of one is n % 600, and who comes first is active.
PERSON = "md5('person ' || n)::uuid"
SPECIALIST = "n % 600 + 1"
ACTIVE = f"n < {SPECIALISTS * ACTIVE_EACH}"
STARTED = f"(CASE WHEN {ACTIVE} THEN today - 20 - (n / 600 * 17) % 400 ELSE today - 500 - (n / 600 * 7) % 1000 END)"
ENDED = f"(CASE WHEN NOT {ACTIVE} THEN {STARTED} + 200 + n % 200 END)"
HAS_JOB = "n % 5 < 2"


def make(database: Connection) -> None:
    database.execute("SET session_replication_role = replica")
    _fill(database, Service, _to(SERVICES), id="n + 1", name="'IPS ' || n")
    _fill(database, TreatmentTeam, _to(2 * SERVICES), id="n + 1", service="n % 100 + 1", name="'Team ' || n")
    # Job specialists first, then one supervisor a service.
    people = _to(SPECIALISTS + SERVICES)
    _fill(
        database,
        User,
        people,
        id="n + 1",
        email="'n' || n || '@example.test'",
        name="'Navn Nummer ' || n",
        made_up="true",
    )
    role = "CASE WHEN n < 600 THEN 'jobbspesialist' ELSE 'metodeveileder' END"
    _fill(database, Membership, people, user="n + 1", service="n % 100 + 1", role=role, starts_on="today - 1500")
    _fill(
        database,
        Employer,
        _to(SERVICES * EMPLOYERS_EACH),
        id="n + 1",
        service="n % 100 + 1",
        name="(ARRAY['Bakeri','Kafé','Lager','Verksted','Butikk','Hotell'])[n % 6 + 1] || ' ' || n",
        organisation_number="lpad((800000000 + n)::text, 9, '0')",
    )
    names = {
        "first_name": "(ARRAY['Lun','Rask','Vakker','Stille','Blid','Klok','Varm','Lett'])[n % 8 + 1]",
        "last_name": "(ARRAY['Bekk','Fjell','Skog','Strand','Myr','Hei','Vik','Ås','Lund'])[n / 8 % 9 + 1] || n",
    }
    team = "n % 200 + 1"
    _fill(database, Participant, _to(PEOPLE), id=PERSON, service="n % 100 + 1", treatment_team=team, **names)
    about = {"participant": PERSON}
    _fill(
        database,
        Referral,
        _to(PEOPLE),
        id="n + 1",
        **about,
        service="n % 100 + 1",
        received_on=f"{STARTED} - 10",
        source="'therapist'",
        wish="'Vil jobbe'",
        short_name="'Lun B.'",
        outcome="'started'",
        concluded_on=STARTED,
    )
    end = {"ends_on": ENDED, "end_reason": f"CASE WHEN {ACTIVE} THEN '' ELSE 'work_unsubsidised' END"}
    _fill(database, Period, _to(PEOPLE), **about, referral="n + 1", starts_on=STARTED, **end)
    _fill(
        database,
        Assignment,
        _to(PEOPLE),
        **about,
        specialist=SPECIALIST,
        starts_on=STARTED,
        ends_on=ENDED,
        opened_at="now()",
    )
    _fill(database, Wishes, _to(PEOPLE), **about, goal="'Vil jobbe med folk'")
    _fill(
        database, NextStep, _to(PEOPLE), **about, text="'Oppdatere CV'", due_on=f"coalesce({ENDED}, today + n % 30 - 3)"
    )
    _jobs(database)
    _contacts(database)
    for model in (User, Service, TreatmentTeam, Employer, Referral, Job, Contact):
        table = model._meta.db_table
        database.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
    database.execute("ANALYZE")


def _jobs(database: Connection) -> None:
    source = f"{_to(PEOPLE)} WHERE {HAS_JOB}"
    starts = f"{STARTED} + 15"
    _fill(
        database,
        Job,
        source,
        id="n + 1",
        participant=PERSON,
        employer=f"n % 100 + 1 + 100 * (n % {EMPLOYERS_EACH})",
        styrk08="'5223'",
        starts_on=starts,
        begun="true",
        ends_on=f"{ENDED} - 5",
        ended_by=f"CASE WHEN {ACTIVE} THEN '' ELSE 'person' END",
        found_how="'specialist_contact'",
    )
    _fill(
        database,
        Term,
        source,
        job="n + 1",
        starts_on=starts,
        ends_on=f"{ENDED} - 5",
        hours_per_week="20",
        form="'permanent'",
    )


def _contacts(database: Connection) -> None:
    """Contact n is of job specialist n % 600; every fourth is with an employer, and most are for one person."""
    source, day = _to(SPECIALISTS * CONTACTS_EACH), f"today - (n / {SPECIALISTS} * 1400 / {CONTACTS_EACH})"
    _fill(
        database,
        Contact,
        source,
        id="n + 1",
        service="n % 100 + 1",
        specialist=SPECIALIST,
        kind="CASE WHEN n / 600 % 4 = 0 THEN 'employer' ELSE 'participant' END",
        status="'held'",
        on=day,
        minutes="45",
        place="'cafe'",
        employer=f"CASE WHEN n / 600 % 4 = 0 THEN n % 100 + 1 + 100 * (n / 600 % {EMPLOYERS_EACH}) END",
        decision_maker="CASE WHEN n / 600 % 4 = 0 THEN n % 3 = 0 END",
        logged_at=f"({day})::timestamptz",
    )
    # The newest third was for those who are active now.
    whom = f"n % 600 + 600 * (CASE WHEN n < 1000000 THEN n / 600 % {ACTIVE_EACH} ELSE 20 + n / 600 % {FORMER_EACH} END)"
    _fill(
        database,
        ContactParticipant,
        f"{source} WHERE n / 600 % 8 <> 0",
        contact="n + 1",
        participant=f"md5('person ' || ({whom}))::uuid",
        note="'Gikk gjennom planen.'",
    )


def _to(count: int) -> str:
    return f"generate_series(0, {count - 1}) AS n, (SELECT current_date AS today) AS days"


def _fill(database: Connection, model: type[models.Model], source: str, /, **expressions: str) -> None:
    """Insert a row for each n, with the model's own defaults where nothing else is said, and no history."""
    columns = {field: expressions.get(field.name, _default(field)) for field in model._meta.concrete_fields}
    unknown = expressions.keys() - {field.name for field in columns}
    assert not unknown, unknown
    given = {field.column: value for field, value in columns.items() if value is not None}
    table, names = model._meta.db_table, ", ".join(f'"{column}"' for column in given)
    database.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(given.values())} FROM {source}")  # noqa: S608


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
