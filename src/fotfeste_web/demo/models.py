"""That this is a demo database, and who can be picked there."""

from django.core.management.base import CommandError
from django.db import models


class DemoWorld(models.Model):
    """The one row that marks a demo database: from which seed it was made, and for which day."""

    seed = models.IntegerField()
    told_for = models.DateField()
    made_at = models.DateTimeField()
    # As the sign-in page lists them: roles stand in rows that nobody sees before signing in.
    persons = models.JSONField(default=list)


class DemoDatabase(CommandError):
    """The database holds made-up people, and a real service may not begin on it."""


def refuse_demo_database() -> None:
    """Called before the site starts for real."""
    if DemoWorld.objects.exists():
        raise DemoDatabase(
            "Denne databasen er en demo med oppdiktede personer. Start den med: fotfeste demo. "
            "En virkelig tjeneste begynner på en tom database: velg en annen mappe med FOTFESTE_HOME, "
            "eller en annen DATABASE_URL.",
            returncode=2,
        )
