"""Secrets: from the environment, or, where the embedded server is used, made once and kept in a file."""

import base64
import binascii
import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from fotfeste_web.config.databases import own_server
from fotfeste_web.config.home import home

KEY_BYTES = 32
RECIPE = f"openssl rand -base64 {KEY_BYTES}"


def secret(name: str) -> str:
    """The secret of this name, which is also the name of its variable in the environment."""
    if given := os.environ.get(name):
        return given
    if own_server():
        raise ImproperlyConfigured(
            f"{name} mangler i miljøet. Med en egen database lager ikke Fotfeste hemmeligheter selv. "
            f"Lag en med {RECIPE} og oppbevar den utenfor databasen."
        )
    return _made_once(home() / "secrets" / name)


def key(name: str) -> bytes:
    """The 32 bytes of a secret that something is encrypted with."""
    try:
        found = base64.b64decode(secret(name), validate=True)
    except binascii.Error:
        found = b""
    if len(found) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} må være {KEY_BYTES} byte i base64. Lag en med {RECIPE}.")
    return found


def _made_once(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as stream:
            stream.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)))
            stream.flush()
            os.fsync(descriptor)  # nothing may be encrypted with a key that a power failure takes
        with contextlib.suppress(FileExistsError):  # another process was first: its secret holds
            file.hardlink_to(new)
        new.unlink()
        folder = os.open(file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    return file.read_text()
