"""Secrets: from the environment, or, where the embedded server is used, made once and kept in a file."""

import base64
import binascii
import contextlib
import os
import secrets
from hashlib import blake2b
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from fotfeste_web.config.databases import own_server
from fotfeste_web.config.home import home

KEY_BYTES = 32
REPLACED = "_OLD"  # the name of a secret that is being replaced
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


def replaced(name: str) -> str:
    """The secret that the one of this name takes over for, as long as both are in use; empty when there is none."""
    return _given(name + REPLACED)


def known(name: str) -> dict[str, str]:
    """The secret and the one that it takes over for, by name, as far as they are here. None is made."""
    return {each: found for each in (name, name + REPLACED) if (found := _given(each))}


def fingerprint(secret: str) -> str:
    """What tells which secret it is, and nothing of what it is."""
    return blake2b(secret.encode(), digest_size=16, person=b"which key").hexdigest()


def _given(name: str) -> str:
    file = home() / "secrets" / name
    return os.environ.get(name) or (file.read_text() if not own_server() and file.exists() else "")


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
