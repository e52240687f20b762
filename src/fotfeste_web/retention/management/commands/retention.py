"""What the coming night would do, and nothing done: numbers, never names."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from fotfeste_web.organisations.models import Service
from fotfeste_web.retention import nightly
from fotfeste_web.rows.kept import rules_by_table
from fotfeste_web.rows.scope import within_service


class Command(BaseCommand):
    help = "Vis hva oppbevaringsreglene (policies/retention.yaml) ville gjort. Ingenting endres."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dager", type=int, default=0, help="Så mange dager fram i tid.")

    def handle(self, *, dager: int, **_: Any) -> None:
        on: date = timezone.localdate() + timedelta(dager)
        for service in Service.objects.order_by("name"):
            with within_service(service.pk):
                steps = nightly.due(service.pk, on)
            self.stdout.write(
                f"{service.name}: {len(steps.lock)} låses, {len(steps.export)} skrives til arkivet, "
                f"{len(steps.erase)} slettes"
            )
        for table, number in nightly.old(on).items():
            self.stdout.write(f"{rules_by_table()[table].label}: {number} slettes")
        self.stdout.write("Ingenting er endret.")
