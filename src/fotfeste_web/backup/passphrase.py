"""The passphrase of a file: from a file of its own, from the environment, or asked for."""

import os
import sys
from pathlib import Path

import typer

from fotfeste_web.backup.errors import BackupError

VARIABLE = "FOTFESTE_BACKUP_PASSPHRASE"
KEYS_VARIABLE = "FOTFESTE_KEYS_PASSPHRASE"  # another one: who has the backup shall not thereby have the key
SHORTEST = 16  # characters: four words, or what a generator gives


def passphrase(file: Path | None, *, new: bool, variable: str = VARIABLE) -> str:
    """Give the passphrase; a new one is asked for twice and must be long enough."""
    given = _from_file(file) if file else os.environ.get(variable, "")
    if not given and not sys.stdin.isatty():
        raise BackupError(f"Passordfrasen mangler. Gi den i en fil med --passphrase-file, eller i {variable}.")
    given = given or typer.prompt("Passordfrase", hide_input=True, confirmation_prompt=new and "Den samme en gang til")
    if new and len(given) < SHORTEST:
        raise BackupError(f"Passordfrasen må ha minst {SHORTEST} tegn. Fire–fem tilfeldige ord er bra.")
    return given


def _from_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise BackupError(f"Passordfrasen kan ikke leses fra {file}.") from None
