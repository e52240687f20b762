"""Enhetsregisteret's file of sub-units, made into the directory that the form of a new employer looks up in."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fotfeste.norway.codes import municipalities
from fotfeste_web.establishments.reading import BadFile, read
from fotfeste_web.establishments.storing import store
from fotfeste_web.ui.formats import number

SENTENCES = {
    "shape": "Filen er ikke slik Enhetsregisteret gir ut underenheter, eller den er ikke lastet ned helt.",
    "packed": "Filen kan ikke pakkes ut. Den er kanskje ikke lastet ned helt.",
    "column": "Rad {row} mangler {column}. Er det filen med underenheter?",
    "number": "Rad {row}, {column}: «{value}» er ikke et organisasjonsnummer.",
}


class Command(BaseCommand):
    help = "Les arbeidssteder med ansatte fra Enhetsregisterets fil med underenheter (JSON eller CSV, gjerne .gz)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fil", type=Path)
        parser.add_argument("--kommune", nargs="+", default=[], metavar="NUMMER", help="Bare disse kommunene.")

    def handle(self, *, fil: Path, kommune: list[str], **_: Any) -> None:
        for code in kommune:
            if code not in municipalities():
                raise CommandError(f"{code} er ikke et kommunenummer.", returncode=2)
        try:
            counted = store(read(fil), municipalities=set(kommune), told=self._told)
        except FileNotFoundError:
            raise CommandError(f"{fil} finnes ikke.", returncode=2) from None
        except BadFile as error:
            sentence = SENTENCES[error.reason].format(row=error.row, column=error.column, value=error.value)
            raise CommandError(f"{fil.name}: {sentence} Ingenting er endret.", returncode=2) from None
        self.stdout.write(
            f"{number(counted.kept)} arbeidssteder kan slås opp. Utelatt: {number(counted.without_staff)} uten ansatte"
            f", {number(counted.closed)} nedlagte, {number(counted.elsewhere)} i andre kommuner."
        )

    def _told(self, read: int) -> None:
        self.stderr.write(f"{number(read)} rader lest")
