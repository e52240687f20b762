"""Whether a database has what this code needs of it, asked so that an ordinary start is quick."""

from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from fotfeste_web.config.home import home
from fotfeste_web.config.secrets import fingerprint
from fotfeste_web.rows import install
from fotfeste_web.rows.models import IDENTITY_KEY, KEYS, NEXT_IDENTITY_KEY, RULES, Mark


class OtherKey(CommandError):
    """The key is not the one that this database's identity numbers were encrypted with."""


def is_up_to_date() -> bool:
    """Tell whether every migration has run and the rules are those of this code."""
    return has_every_migration() and Mark.objects.filter(of=RULES, fingerprint=install.fingerprint()).exists()


def has_every_migration() -> bool:
    """Tell whether every migration of this code has run. Imports none of them: that is slow."""
    return set(migrations()) <= MigrationRecorder(connection).applied_migrations().keys()


def migrations() -> Iterator[tuple[str, str]]:
    for app in apps.get_app_configs():
        for module in iter_modules([str(Path(app.path) / "migrations")]):
            if not module.ispkg and module.name[0] not in "_~":  # as Django's own loader says
                yield app.label, module.name


def keep_key() -> None:
    """Remember which key the database begins with, and the one that is to take over for it."""
    current = fingerprint(settings.FOTFESTE_IDENTITY_KEY)
    kept, _ = Mark.objects.get_or_create(of=IDENTITY_KEY, defaults={"fingerprint": current})
    if kept.fingerprint != current and kept.fingerprint in _known_keys():
        Mark.objects.get_or_create(of=NEXT_IDENTITY_KEY, defaults={"fingerprint": current})


def refuse_other_key() -> None:
    """Refuse to go on with another key: what the lost one encrypted could not be read, and nobody would be told."""
    kept = set(Mark.objects.filter(of__in=KEYS).values_list("fingerprint", flat=True))
    if not kept <= _known_keys():
        raise OtherKey(
            "FOTFESTE_IDENTITY_KEY er ikke den nøkkelen som denne databasen er laget med. Med en annen nøkkel kan "
            "ingen fødselsnumre leses, og ingen kan logge inn med engangskode. Finn den gamle og legg den i miljøet "
            f"eller i filen {home() / 'secrets' / 'FOTFESTE_IDENTITY_KEY'}.",
            returncode=2,
        )
    if kept and fingerprint(settings.FOTFESTE_IDENTITY_KEY) not in kept:
        raise OtherKey(
            "Databasen vet ikke om den nye FOTFESTE_IDENTITY_KEY ennå. Kjør først der DATABASE_OWNER_URL er satt: "
            "fotfeste manage prepare",
            returncode=2,
        )


def _known_keys() -> set[str]:
    keys = (settings.FOTFESTE_IDENTITY_KEY, settings.FOTFESTE_IDENTITY_KEY_OLD)
    return {fingerprint(key) for key in keys if key}
