"""A new key takes over: what the old one encrypted is encrypted anew, a few rows at a time, while the site runs.

It may be stopped anywhere and run again. Which key a row has is found out by reading it, so nothing is remembered but
which two keys are in use (rows/models.py). It ends when a look through all rows finds none with the old key, after
everybody who could have read one and written it back is done.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pgtrigger
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction

from fotfeste_web.accounts import adapter
from fotfeste_web.background import files
from fotfeste_web.background.models import Work
from fotfeste_web.backup.errors import BackupError
from fotfeste_web.backup.progress import shown
from fotfeste_web.caseload import identity
from fotfeste_web.caseload.models import Participant
from fotfeste_web.config.installed import keep_key, refuse_other_key
from fotfeste_web.config.secrets import fingerprint
from fotfeste_web.imports.models import ImportFile
from fotfeste_web.rows.models import IDENTITY_KEY, NEXT_IDENTITY_KEY, Mark

BATCH = 200  # rows in one transaction: some tenths of a second in which nobody else writes them
WAIT_SECONDS = 60
HISTORY = "caseload.Participant:update_update"  # a record that is encrypted anew has not been changed
# Processes of the site that write with another key, by the names of their connections (settings.py).
WITH_ANOTHER_KEY = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name ~ '^fotfeste-(web|worker)'
  AND application_name !~ ('^fotfeste-[a-z]+ ' || %s)
"""
AT_WORK_SINCE = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < %s
"""
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Encrypted:
    """Rows that hold something encrypted, and what is to stand in one that has the old key."""

    rows: models.QuerySet
    anew: Callable[[Any], Values | None]

    def batches(self) -> Iterator[list[Any]]:
        rows = self.rows.order_by("pk")
        while batch := list(rows[:BATCH]):
            yield batch
            rows = rows.filter(pk__gt=batch[-1].pk)


def everything() -> list[Encrypted]:
    """All that the identity key has encrypted. A test holds every column of bytes against it."""
    history = apps.get_model("caseload", "ParticipantEvent")
    return [
        *(Encrypted(model.objects.exclude(identity_encrypted=None), _number) for model in (Participant, history)),
        Encrypted(Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN), _second_factor),
        Encrypted(Work.objects.exclude(file=None), _file),
        Encrypted(ImportFile.objects.all(), _file_of_import),
    ]


def rotate() -> int:
    """Encrypt everything anew with the newest key, and tell how many rows that was.

    Raises
    ------
    BackupError
        When a process of the site writes with another key, or a row can be read with none. What is done stays done.
    """
    keep_key()
    refuse_other_key()
    if not Mark.objects.filter(of=NEXT_IDENTITY_KEY).exists():
        return 0
    _refuse_those_with_another_key()
    renewed = 0
    while True:
        _wait_for_those_at_work()
        old, changed = _go_through()
        renewed += changed
        if not old:
            break
    _refuse_those_with_another_key()
    with transaction.atomic():
        Mark.objects.filter(of=IDENTITY_KEY).update(fingerprint=fingerprint(settings.FOTFESTE_IDENTITY_KEY))
        Mark.objects.filter(of=NEXT_IDENTITY_KEY).delete()
    return renewed


def _go_through() -> tuple[int, int]:
    """Count the rows with the old key, and those of them that were encrypted anew: one in use must wait."""
    old = changed = 0
    kinds = everything()
    with shown("Krypterer på nytt", sum(kind.rows.count() for kind in kinds)) as advance:
        for kind in kinds:
            for batch in kind.batches():
                if keys := [row.pk for row in batch if _anew(kind, row)]:
                    old += len(keys)
                    changed += _write(kind, keys)
                advance(len(batch))
    return old, changed


def _write(kind: Encrypted, keys: list[Any]) -> int:
    changed = 0
    with transaction.atomic(), pgtrigger.ignore(HISTORY):
        for row in kind.rows.filter(pk__in=keys).select_for_update(skip_locked=True):
            if values := _anew(kind, row):
                try:
                    changed += kind.rows.filter(pk=row.pk).update(**values)
                except IntegrityError:
                    raise BackupError(
                        f"Raden {row.pk} har et fødselsnummer som en annen deltaker i tjenesten også har. Rett det på "
                        "nettstedet, og kjør kommandoen igjen."
                    ) from None
    return changed


def _anew(kind: Encrypted, row: Any) -> Values | None:
    try:
        return kind.anew(row)
    except (InvalidTag, InvalidToken):
        raise BackupError(
            f"Raden {row.pk} i {row._meta.db_table} kan ikke leses med noen av nøklene. Begge er fortsatt i bruk."
        ) from None


def _number(row: Any) -> Values | None:
    new = identity.renewed(row.identity_encrypted, row.id, row.service_id)
    return new and dict(zip(("identity_encrypted", "identity_hash"), new, strict=True))


def _file(work: Work) -> Values | None:
    new = files.renewed(work.file, work.pk)
    return new and {"file": new}


def _file_of_import(file: ImportFile) -> Values | None:
    new = files.renewed(file.content, file.pk)
    return new and {"content": new}


def _second_factor(factor: Authenticator) -> Values | None:
    held = (name for name in ("secret", "seed") if name in factor.data)  # of a one-time code, of recovery codes
    new = {name: secret for name in held if (secret := adapter.renewed(factor.data[name]))}
    return {"data": factor.data | new} if new else None


def _refuse_those_with_another_key() -> None:
    if _count(WITH_ANOTHER_KEY, fingerprint(settings.FOTFESTE_IDENTITY_KEY)[:8]):
        raise BackupError(
            "Nettstedet går med en annen nøkkel enn den nye. Start det på nytt, og kjør kommandoen igjen. Ingen "
            "nøkkel er tatt vekk."
        )


def _wait_for_those_at_work() -> None:
    """Let everybody end who may have read a row before it was encrypted anew, and may write it back as it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now = cursor.fetchone()[0]
    end = time.monotonic() + WAIT_SECONDS
    while _count(AT_WORK_SINCE, now):
        if time.monotonic() > end:
            raise BackupError(
                f"Noe i databasen har holdt på i over {WAIT_SECONDS} sekunder. Kjør kommandoen igjen når det er ferdig."
            )
        time.sleep(0.1)


def _count(query: str, value: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        return cursor.fetchone()[0]
