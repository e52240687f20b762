"""The files that are made in the background. What is read is what the one who asked may see, on the day it is made.

Every process reads this file to know the kinds; what makes the files takes long to import and is for the worker.
"""

from datetime import date
from typing import Any

from django.urls import reverse

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import read_by, read_list_by
from fotfeste_web.background.kinds import CannotDo, Outcome, Progress, work_kind
from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import Scope

from .models import Extract
from .pseudonyms import Pseudonyms


@work_kind("person_export", name="Alt som er lagret om en deltaker", permission=Permission.PARTICIPANT_WRITE)
def person_export(about: dict[str, Any], *, by: User, today: date, scope: Scope, progress: Progress) -> Outcome:
    from .person import FILES, everything_about

    person = Participant.objects.select_related("service").filter(pk=about["participant"]).first()
    if person is None or not scope.works_with(person):
        raise CannotDo("Du arbeider ikke med deltakeren lenger. Ingen fil er laget.")
    read_by(by, person, "person_given", ground=scope.ground(person.pk))
    type_, write = FILES[about["code"]]
    record = everything_about(person, today=today)
    progress(1, 2)
    return Outcome(
        sentence="Alt som er lagret, er skrevet til filen. Les gjennom den før du gir den fra deg: noe kan handle om "
        "andre enn deltakeren.",
        file=write(record),
        file_name=f"alt-om-deltakeren-{today}.{about['code']}",
        media_type=type_,
        link=reverse("participant", args=[person.pk]),
    )


@work_kind("extract_tables", name="Tabeller, til analyse", permission=Permission.EXPORT_SERVICE)
def extract_tables(about: dict[str, Any], *, by: User, today: date, scope: Scope, progress: Progress) -> Outcome:
    from .tables.zipped import zipped

    extract = _extract(about, by, scope)
    names = Pseudonyms(extract.service_id)
    return Outcome(
        sentence="Tabellene er skrevet, med dataordbok. Les LESMEG.txt i filen først.",
        file=zipped(extract.service_id, names, purpose=extract.purpose, on=today, progress=progress),
        file_name=f"fotfeste-tabeller-{today}.zip",
        media_type="application/zip",
    )


@work_kind("extract_records", name="Registreringer, til analyse", permission=Permission.EXPORT_SERVICE)
def extract_records(about: dict[str, Any], *, by: User, today: date, scope: Scope, progress: Progress) -> Outcome:
    from .records import zipped_records

    extract = _extract(about, by, scope)
    names = Pseudonyms(extract.service_id)
    return Outcome(
        sentence="Registreringene er skrevet. Les LESMEG.txt i filen først.",
        file=zipped_records(extract.service_id, names, purpose=extract.purpose, on=today),
        file_name=f"fotfeste-registreringer-{today}.zip",
        media_type="application/zip",
    )


@work_kind("extract_participants", name="Deltakerfil til registre", permission=Permission.EXPORT_SERVICE)
def extract_participants(about: dict[str, Any], *, by: User, today: date, scope: Scope, progress: Progress) -> Outcome:
    from .participants import zipped_participants

    extract = _extract(about, by, scope)
    names, public = Pseudonyms(extract.service_id), bytes.fromhex(about["public"])
    return Outcome(
        sentence="Deltakerfilen og den låste nøkkelfilen er skrevet. Les LESMEG.txt i filen først.",
        file=zipped_participants(extract.service_id, names, public=public, purpose=extract.purpose, on=today),
        file_name=f"fotfeste-deltakerfil-{today}.zip",
        media_type="application/zip",
    )


def _extract(about: dict[str, Any], by: User, scope: Scope) -> Extract:
    """Find what was asked for, and leave the read event of everybody whom it is about."""
    extract = Extract.objects.filter(pk=about["extract"]).first()
    if extract is None or not scope.may(Permission.EXPORT_SERVICE, extract.service_id):
        raise CannotDo("Du kan ikke ta ut data fra tjenesten lenger. Ingen fil er laget.")
    people = Participant.objects.filter(service=extract.service_id).order_by("pk").values_list("pk", flat=True)
    read_list_by(by, people, "service_export", service_id=extract.service_id)
    return extract
