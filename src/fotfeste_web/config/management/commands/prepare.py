"""What a start needs of the database, in one process: its tables and rules, its keys, and somebody to sign in as."""

import logging
import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from fotfeste_web.config.installed import is_up_to_date, keep_key, refuse_other_key
from fotfeste_web.demo.models import DemoWorld, refuse_demo_database
from fotfeste_web.organisations.actions import first_administrator_link

logger = logging.getLogger(__name__)
ONE_START_AT_A_TIME = 5_770_051  # any number, as long as nobody else takes it

BEHIND = (
    "Tabellene i databasen er ikke de som denne utgaven av Fotfeste trenger, og uten DATABASE_OWNER_URL blir de ikke "
    "oppdatert her. Kjør der den er satt: fotfeste manage prepare"
)
NO_OWNER = (
    "DATABASE_OWNER_URL er ikke satt: tabellene er kontrollert, ikke oppdatert. Lenken til den første administratoren "
    "lages der den er satt, med: fotfeste manage prepare"
)
NO_OWNER_OF_DEMO = "Demoen fylles av databasens eier. Sett DATABASE_OWNER_URL, eller bruk den innebygde databasen."
STOPPED = (
    "Oppdateringen av tabellene stoppet ({fault}). Steget som feilet, er tatt tilbake, og ingenting er mistet. Forrige "
    "utgave av Fotfeste kan startes igjen. Si fra til dem som lager Fotfeste, og oppgi: {step}."
)
FIRST_LINK = (
    "Ingen er her ennå. Åpne denne lenken når Fotfeste svarer, så blir du den første administratoren. Den virker én "
    "gang, i 24 timer:\n{link}"
)


class Command(BaseCommand):
    help = "Gjør databasen klar: oppdater tabellene, og fyll demoen eller lag lenken til den første administratoren."
    requires_system_checks = ()  # the start waits for this

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=4, help="I en demo: samme tall gir de samme personene.")
        parser.add_argument("--fresh", action="store_true", help="I en demo: slett det oppdiktede og lag det på nytt.")

    def handle(self, *, seed: int, fresh: bool, **_: Any) -> None:
        if os.environ.get("FOTFESTE_ROLE") != "owner":
            return self._look()
        with connection.cursor() as cursor:  # let go of when the process ends
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_START_AT_A_TIME])
        if not is_up_to_date():
            _update_tables()
        keep_key()
        refuse_other_key()
        if settings.DEMO:
            call_command("load_demo", seed=seed, fresh=fresh, stdout=self.stdout)
        else:
            refuse_demo_database()
            if link := first_administrator_link(settings.SITE_URL):
                self.stdout.write(FIRST_LINK.format(link=link))
        return None

    def _look(self) -> None:
        """Without the owner nothing can be mended, only refused."""
        if not is_up_to_date():
            raise CommandError(BEHIND, returncode=2)
        refuse_other_key()
        if not settings.DEMO:
            refuse_demo_database()
        elif not DemoWorld.objects.exists():
            raise CommandError(NO_OWNER_OF_DEMO, returncode=2)
        self.stdout.write(NO_OWNER)


def _update_tables() -> None:
    """Each step is a transaction of its own: one that fails leaves nothing."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:  # its words may hold what stands in a row: the log has its place alone
        logger.exception("The tables were not updated.")
        fault = type(error.__cause__ or error).__name__
        raise CommandError(STOPPED.format(fault=fault, step=_first_left() or "radreglene"), returncode=2) from None


def _first_left() -> str:
    from django.db.migrations.executor import MigrationExecutor  # slow, and needed here alone

    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return str(left[0][0]) if left else ""
