"""Fill an empty database with the made-up world; on the next start, leave what is there."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant
from fotfeste_web.demo.models import DemoWorld
from fotfeste_web.rows.exceptions import OWNERS_ALONE

# What the migrations wrote, and nobody else.
KEPT = (OWNERS_ALONE.keys() - {"pghistory_context"}) | {"django_content_type"}


class Command(BaseCommand):
    help = "Fyll en tom database med oppdiktede tjenester og personer."
    requires_system_checks = ()  # the start waits for this

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=4, help="Samme tall gir de samme personene.")
        parser.add_argument("--fresh", action="store_true", help="Slett det oppdiktede og lag det på nytt.")

    def handle(self, *, seed: int, fresh: bool, **_: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Oppdiktede personer lages bare i en demo. Start den med: fotfeste demo", returncode=2)
        demo = DemoWorld.objects.first()
        if demo is None and (User.objects.exists() or Participant.objects.exists()):
            raise CommandError(
                "Denne databasen har folk i seg og er ikke en demo. Demoen rører den ikke. "
                "Velg en annen mappe med FOTFESTE_HOME, eller en annen DATABASE_URL.",
                returncode=2,
            )
        if demo is None or fresh:
            with transaction.atomic():
                empty()
                with connection.cursor() as cursor:  # as they come: what waits is gone through for each row of history
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                self._fill(seed)
        elif demo.told_for < timezone.localdate():
            self.stdout.write(
                f"Demoen ble laget {demo.told_for:%d.%m.%Y}, og linjene på «I dag» hører til den dagen. "
                "Lag den på nytt for i dag med: fotfeste demo --fresh"
            )

    def _fill(self, seed: int) -> None:
        # Here, since a start on a database that is filled already has no use for them.
        from rich.console import Console
        from rich.progress import Progress

        from fotfeste_web.demo.load import STAGES, load
        from fotfeste_web.demo.story import tell

        console = Console()
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("Lager demoen", total=len(STAGES) + 1)

            def say(label: str) -> None:
                console.print(f"{label} …")
                progress.advance(task)

            say("Dikter to år i tre tjenester")
            load(tell(seed, timezone.localdate()), now=timezone.now(), on_stage=say)


def empty() -> None:
    """Remove every row that a demo can have, invitations and sessions among them."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - KEPT)
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
