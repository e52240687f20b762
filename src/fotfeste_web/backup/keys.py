"""The identity key in a file of its own, apart from every backup; and a secret that takes over for another."""

import contextlib
import json
import os
from pathlib import Path

from fotfeste_web.backup.age import Damaged, NotAge, Opened, Sealed, WrongPassphrase
from fotfeste_web.backup.errors import BackupError
from fotfeste_web.backup.files import written_whole
from fotfeste_web.config.databases import own_server
from fotfeste_web.config.home import home
from fotfeste_web.config.secrets import RECIPE, REPLACED, known, replaced, secret

IDENTITY = "FOTFESTE_IDENTITY_KEY"
SIGNING = "FOTFESTE_SECRET_KEY"
SCHEMA, VERSION = "fotfeste.keys", 1
NO_FILE = "Filen er ingen nøkkelfil fra Fotfeste."


def export_keys(file: Path, passphrase: str) -> None:
    keys = known(IDENTITY)
    if not keys:
        raise BackupError(f"Her er ingen {IDENTITY} å skrive ut. Den lages første gang Fotfeste starter.")
    with written_whole(file) as stream:
        sealed = Sealed(stream, passphrase)
        sealed.write(json.dumps({"schema": SCHEMA, "version": VERSION, "keys": keys}).encode())
        sealed.finish()


def import_keys(file: Path, passphrase: str) -> list[Path]:
    """Lay the keys of a file where the site reads them, and say where. One that is there is never replaced."""
    keys = _read(file, passphrase)
    folder = home() / "secrets"
    for name, key in keys.items():
        if (folder / name).exists() and (folder / name).read_text() != key:
            raise BackupError(
                f"{folder / name} finnes fra før og er en annen nøkkel. Ingenting er endret. Flytt den vekk, hvis "
                "ingen database trenger den."
            )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, key in keys.items():
        with written_whole(folder / name) as stream:
            stream.write(key.encode())
    return [folder / name for name in keys]


def begin_to_replace(name: str) -> bool:
    """Make a new secret beside the one it takes over for. Tells whether one was made; it is not when it is under way.

    Raises
    ------
    BackupError
        Where secrets come from the environment, with what to set there.
    """
    if replaced(name):
        return False
    old, new = home() / "secrets" / (name + REPLACED), home() / "secrets" / name
    if own_server() or os.environ.get(name):
        raise BackupError(
            f"{name} står i miljøet, så den nye må settes der. Lag den med {RECIPE}. Sett {name + REPLACED} til den "
            f"gamle og {name} til den nye, start Fotfeste på nytt og kjør kommandoen igjen."
        )
    if not new.exists():
        raise BackupError(f"Her er ingen {name} å bytte. Den lages første gang Fotfeste starter.")
    new.rename(old)  # killed here, the next start makes the new one
    secret(name)
    return True


def _read(file: Path, passphrase: str) -> dict[str, str]:
    try:
        with open(file, "rb") as stream:
            given = json.loads(b"".join(Opened(stream, passphrase).pieces()))
    except OSError as error:
        raise BackupError(f"{file} kan ikke leses: {error.strerror}.") from None
    except WrongPassphrase:
        raise BackupError("Passordfrasen er feil, eller filen er skadet.") from None
    except Damaged:
        raise BackupError("Nøkkelfilen er skadet eller ikke hel.") from None
    except (NotAge, ValueError):
        raise BackupError(NO_FILE) from None
    with contextlib.suppress(TypeError, KeyError, AttributeError):
        if given["schema"] == SCHEMA and set(given["keys"]) <= {IDENTITY, IDENTITY + REPLACED}:
            return given["keys"]
    raise BackupError(NO_FILE)
