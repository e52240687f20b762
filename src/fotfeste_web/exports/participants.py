"""The participant file of a register follow-up, and apart from it, locked, whose the pseudonyms are."""

import csv
from collections.abc import Iterable
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Min

from fotfeste.register.key_file import lock
from fotfeste_web.caseload.identity import decrypt
from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import Service
from fotfeste_web.ui.formats import day

from .pseudonyms import Pseudonyms

COLUMNS = ("person_id", "birth_year", "site", "inclusion_date")  # docs/methods/register-check.md
KEY = ("person_id", "fodselsnummer")
READ_FIRST = """DELTAKERFIL FRA FOTFESTE TIL OPPFØLGING I REGISTRE

Tatt ut {on}. Formål: {purpose}

participants.csv har {people} deltakere: alle som har begynt, med dagen de begynte første gang. person_id er et
pseudonym. Kjønn, utdanning, samtykke til forskning og gruppe i et forsøk føres ikke i Fotfeste, og må legges til.

nokkel.last sier hvilket fødselsnummer hvert pseudonym er, for de {known} som har det ført. Filen er låst. Den som skal
koble til registrene, åpner den med koden som ble vist én gang da den ble laget:

    fotfeste register open-key nokkel.last --out nokkel.csv

Send fil og kode hver for seg. Den som analyserer, skal ikke ha nokkel.last. Mistes koden, må alt tas ut på nytt.
"""


def zipped_participants(service_id: int, names: Pseudonyms, *, public: bytes, purpose: str, on: date) -> bytes:
    begun = Participant.objects.filter(service=service_id).annotate(begun_on=Min("periods__starts_on"))
    people = [(names.of("participants", one.pk), one) for one in begun.filter(begun_on__isnull=False).order_by("pk")]
    site = names.of(Service._meta.db_table, service_id)
    rows = [(name, one.birth_year or "", site, one.begun_on) for name, one in people]
    key = [(name, decrypt(one.identity_encrypted, one.pk)) for name, one in people if one.identity_encrypted]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as files:
        told = READ_FIRST.format(on=day(on), purpose=purpose, people=len(people), known=len(key))
        files.writestr("LESMEG.txt", told)
        files.writestr("participants.csv", _csv((COLUMNS, *sorted(rows))))
        files.writestr("nokkel.last", lock(_csv((KEY, *sorted(key))), public))
    return out.getvalue()


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
