"""What `fotfeste keys rotate` runs on the database, as its owner."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fotfeste_web.backup.errors import BackupError
from fotfeste_web.backup.rotation import rotate


class Command(BaseCommand):
    help = "Krypter på nytt det som den gamle nøkkelen har kryptert."
    requires_system_checks = ()

    def handle(self, **_: Any) -> None:
        try:
            renewed = rotate()
        except BackupError as error:
            raise CommandError(str(error), returncode=2) from None
        self.stdout.write(
            f"{renewed} rader er kryptert på nytt. Alt leses nå med den nye nøkkelen. Den gamle trengs bare til "
            "sikkerhetskopier fra før nå: ta vare på en eksport av den så lenge dere har dem, ta den vekk her, og "
            "start Fotfeste på nytt."
        )
