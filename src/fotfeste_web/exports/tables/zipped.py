"""The tables of a service as CSV files in one ZIP, with the data dictionary and a page to read first."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO, TextIOWrapper
from zipfile import ZIP_DEFLATED, ZipFile

from fotfeste.documents.sheet import harmless
from fotfeste_web.background.kinds import Progress
from fotfeste_web.exports.pseudonyms import Pseudonyms
from fotfeste_web.ui.formats import day

from .chosen import LEFT_OUT, Chosen, chosen_tables
from .columns import Type, column_of

DICTIONARY = ("tabell", "tabellnavn", "kolonne", "type", "betydning", "koder")
READ_FIRST = """DATAUTTAK FRA FOTFESTE TIL ANALYSE

Tatt ut {on}. Formål: {purpose}

Filene har ingen navn, telefonnumre, e-postadresser, fødselsnumre eller fritekst. Deltakere, ansatte, arbeidsgivere og
alle andre rader heter et pseudonym. Det er laget med en nøkkel som ikke finnes lenger: det samme pseudonymet går igjen
i alle filene her, og aldri i et annet datauttak.

Dette er likevel personopplysninger. Den som kjenner tjenesten, kan kjenne igjen en person på datoer og yrker. Bruk
filene bare til formålet, lagre dem kryptert, og slett dem når arbeidet er gjort.

dataordbok.csv sier hva hver kolonne er og hva kodene betyr, og hva som er utelatt.
Radene er slik de står nå; tidligere utgaver er ikke med.
Utkast til notater er bare med for den som har skrevet dem.

Filene er CSV i UTF-8 med komma mellom kolonnene og punktum i desimaltall. Flere verdier i en celle er skilt med |.
En tom celle betyr at ingenting er ført. Datoer er år-måned-dag. «ends_on» er den første dagen noe ikke gjelder lenger,
eller den siste det gjelder der dataordboken sier «til og med».
"""


def zipped(service_id: int, names: Pseudonyms, *, purpose: str, on: date, progress: Progress) -> bytes:
    """Write the tables. The scope of the transaction says which rows there are."""
    tables, out = list(chosen_tables()), BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as files:
        files.writestr("LESMEG.txt", READ_FIRST.format(on=day(on), purpose=purpose))
        _add(files, "dataordbok.csv", dictionary(tables))
        for number, table in enumerate(tables):
            progress(number, len(tables))
            _add(files, f"{table.name}.csv", _lines(table, service_id, names))
    return out.getvalue()


def dictionary(tables: Iterable[Chosen]) -> Iterator[Iterable[str]]:
    yield DICTIONARY
    for table in tables:
        for field in table.model._meta.concrete_fields:
            column = column_of(field)
            yield table.name, table.label, column.name, column.type, column.meaning, column.codes
    for name, reason in LEFT_OUT.items():
        yield name, "", "", Type.LEFT_OUT, reason, ""


def _lines(table: Chosen, service_id: int, names: Pseudonyms) -> Iterator[Iterable[str]]:
    columns = [column_of(field) for field in table.model._meta.concrete_fields]
    columns = [column for column in columns if column.type is not Type.LEFT_OUT]
    writers = [column.writer(names) for column in columns]
    yield [column.name for column in columns]
    rows = table.of(service_id).values_list(*(column.field.attname for column in columns))
    for row in rows.iterator(chunk_size=2000):
        yield [write(value) for write, value in zip(writers, row, strict=True)]


def _add(files: ZipFile, name: str, lines: Iterable[Iterable[str]]) -> None:
    with files.open(name, "w") as raw, TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows(map(harmless, line) for line in lines)
