"""Code lists made new from SSB's Klass: occupations, municipalities, counties."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from fotfeste.norway.codes import Code, began, read_klass, renew_from, renewed, write_codes
from fotfeste.norway.klass import COUNTIES, MUNICIPALITIES, OCCUPATIONS, Kept, NotOurs, recognised
from fotfeste_web.ui.formats import day

NAMES = {OCCUPATIONS: "Yrker", MUNICIPALITIES: "Kommuner", COUNTIES: "Fylker"}
SENTENCES = {
    "empty": "Filen har ingen koder.",
    "shape": "Filen er verken yrker (Klass 7), fylker (104) eller kommuner (131).",
    "old": "Filen er eldre enn listen vi har.",
    "other": "De fleste av kodene vi har, står ikke i filen. Er det riktig liste?",
}


class Command(BaseCommand):
    help = "Les nye kodelister fra SSB Klass (JSON fra codesAt). Koder som har utgått, kan fortsatt leses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sti", type=Path, help="En fil, eller en mappe med filer (.json).")

    def handle(self, *, sti: Path, **_: Any) -> None:
        files = sorted(sti.glob("*.json")) if sti.is_dir() else [sti]
        if not files:
            raise CommandError(f"{sti} har ingen filer som ender på .json.", returncode=2)
        read = [self._read(file) for file in files]  # all of them, before anything is written
        folder = Path(settings.FOTFESTE_CODES)
        folder.mkdir(parents=True, exist_ok=True)
        for kept, answered in sorted(read, key=lambda one: began(one[1])):
            before = kept.now().every
            after = renewed(before, answered)
            new = folder / f"{kept.file}.new"
            new.write_text(write_codes(after), encoding="utf-8")
            new.rename(folder / kept.file)
            renew_from(folder)
            self.stdout.write(_told(NAMES[kept], before, after))
        self.stdout.write("Start Fotfeste på nytt for å ta dem i bruk.")

    def _read(self, file: Path) -> tuple[Kept, tuple[Code, ...]]:
        try:
            kept, codes = recognised(read_klass(file.read_text(encoding="utf-8")))
        except NotOurs as error:
            sentence = SENTENCES[error.reason]
        except FileNotFoundError:
            sentence = "Filen finnes ikke."
        except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError):
            sentence = "Filen er ikke et svar fra Klass (JSON)."
        else:
            if began(codes) <= timezone.localdate():
                return kept, codes
            sentence = f"Listen gjelder først fra {day(began(codes))}. Les den inn da."
        raise CommandError(f"{file.name}: {sentence} Ingenting er endret.", returncode=2)


def _told(name: str, before: tuple[Code, ...], after: tuple[Code, ...]) -> str:
    ended = {code.code for code in before if code.valid_to is None} - {c.code for c in after if c.valid_to is None}
    begun = [code for code in after if code not in before and code.valid_to is None]
    renamed = [code for code in begun if code.code in {old.code for old in before}]
    current = sum(code.valid_to is None for code in after)
    return (
        f"{name}: {current} gjelder fra {day(began(after))}. {len(begun) - len(renamed)} er "
        f"nye, {len(renamed)} har fått nytt navn, {len(ended)} har utgått og kan fortsatt leses."
    )
