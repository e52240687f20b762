"""The records that the method's commands read, of one service: every id in them a pseudonym."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import models

from fotfeste.indicators.records import Records, write_records
from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Contact, Employer, Job, Referral, Round
from fotfeste_web.figures.records import records_of
from fotfeste_web.organisations.models import NavOffice, Service, TreatmentTeam
from fotfeste_web.plans.models import JobApplication
from fotfeste_web.teamwork.models import Supervision, TeamMeeting
from fotfeste_web.ui.formats import day

from .pseudonyms import Pseudonyms

# Of which table the id in a field is, and that of a record itself. To the method each referral is a participant.
NAMED: dict[str, type[models.Model]] = {
    "service": Service,
    "treatment_team": TreatmentTeam,
    "team": TreatmentTeam,
    "nav_office": NavOffice,
    "participant": Referral,
    "participants": Referral,
    "person": Referral,
    "specialist": User,
    "supervisor": User,
    "present": User,
    "employer": Employer,
    "round": Round,
    "job": Job,
}
OWN: dict[str, type[models.Model]] = {
    "participants": Referral,
    "specialists": User,
    "rounds": Round,
    "contacts": Contact,
    "jobs": Job,
    "team_meetings": TeamMeeting,
    "supervisions": Supervision,
    "applications": JobApplication,
    "employers": Employer,
}
READ_FIRST = """REGISTRERINGER FRA FOTFESTE, SLIK KOMMANDOENE LESER DEM

Tatt ut {on}. Formål: {purpose}

Pakk ut i en mappe og kjør: fotfeste fidelity suggest MAPPE
Kolonnene står i docs/methods/records.md. Det som ikke føres i Fotfeste, er tomt.

Alle id-er er pseudonymer, laget med en nøkkel som ikke finnes lenger. En deltaker er én periode i tjenesten: kommer
noen tilbake, er det en ny. Dette er likevel personopplysninger. Bruk filene bare til formålet, lagre dem kryptert, og
slett dem når arbeidet er gjort.
"""


def zipped_records(service_id: int, names: Pseudonyms, *, purpose: str, on: date) -> bytes:
    out = BytesIO()
    with TemporaryDirectory() as folder, ZipFile(out, "w", ZIP_DEFLATED) as files:
        write_records(without_ids(records_of(service_id, on), names), Path(folder))
        files.writestr("LESMEG.txt", READ_FIRST.format(on=day(on), purpose=purpose))
        for file in sorted(Path(folder).iterdir()):
            files.write(file, file.name)
    return out.getvalue()


def without_ids(records: Records, names: Pseudonyms) -> Records:
    told = {
        field.name: tuple(_told(row, names, OWN.get(field.name)) for row in getattr(records, field.name))
        for field in fields(Records)
    }
    return Records(**told)


def _told(row: Any, names: Pseudonyms, own: type[models.Model] | None) -> Any:
    changed = {}
    for field in fields(row):
        value, table = getattr(row, field.name), own if field.name == "id" else NAMED.get(field.name)
        if isinstance(value, tuple) and value and is_dataclass(value[0]):  # the posts of a job specialist, terms
            changed[field.name] = tuple(_told(inside, names, None) for inside in value)
        elif table and value is not None:
            several = isinstance(value, tuple)
            told = tuple(names.of(table._meta.db_table, key) for key in (value if several else (value,)))
            changed[field.name] = told if several else told[0]
    return replace(row, **changed)
