"""Make the tables of the privacy and operations papers anew (docs/personvern, docs/drift)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from fotfeste_web.papers.marks import made
from fotfeste_web.papers.parts import PARTS


class Command(BaseCommand):
    help = "Lag tabellene i personvern- og driftspapirene på nytt av modellene og reglene. Rører ikke databasen."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mappe", type=Path, default=Path("docs"), help="Der papirene ligger. Ellers docs.")

    def handle(self, *, mappe: Path, **_: Any) -> None:
        for file, text in made(mappe, PARTS).items():
            if text != file.read_text(encoding="utf-8"):
                file.write_text(text, encoding="utf-8")
                self.stdout.write(f"{file} er laget på nytt.")
