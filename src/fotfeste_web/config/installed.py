"""Whether a database has what this code needs of it, asked so that an ordinary start is quick."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from fotfeste_web.config.home import home
from fotfeste_web.rows.install import fingerprint
from fotfeste_web.rows.models import IDENTITY_KEY, RULES, Mark


class OtherKey(CommandError):
    """The key is not the one that this database's identity numbers were encrypted with."""


def is_up_to_date() -> bool:
    """Tell whether every migration has run and the rules are those of this code."""
    return has_every_migration() and Mark.objects.filter(of=RULES, fingerprint=fingerprint()).exists()


def has_every_migration() -> bool:
    """Tell whether every migration of this code has run. Imports none of them: that is slow."""
    return set(_migrations()) <= MigrationRecorder(connection).applied_migrations().keys()


def _migrations() -> Iterator[tuple[str, str]]:
    for app in apps.get_app_configs():
        for module in iter_modules([str(Path(app.path) / "migrations")]):
            if not module.ispkg and module.name[0] not in "_~":  # as Django's own loader says
                yield app.label, module.name


def keep_key() -> None:
    """Remember which key the database begins with."""
    Mark.objects.get_or_create(of=IDENTITY_KEY, defaults={"fingerprint": _fingerprint_of_key()})


def refuse_other_key() -> None:
    """Refuse to go on with another key: what the lost one encrypted could not be read, and nobody would be told."""
    if Mark.objects.filter(of=IDENTITY_KEY).exclude(fingerprint=_fingerprint_of_key()).exists():
        raise OtherKey(
            "FOTFESTE_IDENTITY_KEY er ikke den nøkkelen som denne databasen er laget med. Med en annen nøkkel kan "
            "ingen fødselsnumre leses, og ingen kan logge inn med engangskode. Finn den gamle og legg den i miljøet "
            f"eller i filen {home() / 'secrets' / 'FOTFESTE_IDENTITY_KEY'}.",
            returncode=2,
        )


def _fingerprint_of_key() -> str:
    key = settings.FOTFESTE_IDENTITY_KEY.encode()
    return blake2b(key, digest_size=16, person=b"which key").hexdigest()
