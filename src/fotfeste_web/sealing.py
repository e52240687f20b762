"""What is encrypted with the key that lies outside the database: with the newest, and read with each that is in use.

Two keys are in use while the new one takes over for the old: from the start that knows both, until everything is
encrypted anew (backup/rotation.py).
"""

import base64
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE = 12  # bytes, as NIST SP 800-38D recommends for GCM


def secrets() -> list[str]:
    """The keys in use, the newest first, as they stand in the environment."""
    return [key for key in (settings.FOTFESTE_IDENTITY_KEY, settings.FOTFESTE_IDENTITY_KEY_OLD) if key]


def derived(use: bytes) -> list[bytes]:
    """Derive from each key one that is for this use alone."""
    return [_derived(use, key) for key in secrets()]


def seal(content: bytes, *, use: bytes, to: bytes) -> bytes:
    """Encrypt for one row: moved to another it cannot be read."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(derived(use)[0]).encrypt(nonce, content, to)


def unseal(sealed: bytes, *, use: bytes, to: bytes) -> bytes:
    """Decrypt with whichever key it is encrypted with; raise InvalidTag when it is none of them."""
    return _opened(sealed, use, to)[0]


def resealed(sealed: bytes, *, use: bytes, to: bytes) -> bytes | None:
    """Encrypt anew with the newest key. Nothing, when that is the one it is encrypted with."""
    content, newest = _opened(sealed, use, to)
    return None if newest else seal(content, use=use, to=to)


def _opened(sealed: bytes, use: bytes, to: bytes) -> tuple[bytes, bool]:
    stored = bytes(sealed)
    for number, key in enumerate(derived(use)):
        try:
            return AESGCM(key).decrypt(stored[:NONCE], stored[NONCE:], to), number == 0
        except InvalidTag:
            continue
    raise InvalidTag


@cache
def _derived(use: bytes, key: str) -> bytes:
    secret = base64.b64decode(key)
    if len(secret) != 32:
        raise ImproperlyConfigured("FOTFESTE_IDENTITY_KEY must be 32 bytes, written in base64.")
    return HKDF(SHA256(), length=32, salt=None, info=use).derive(secret)
