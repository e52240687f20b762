"""The key of a participant file: whose each pseudonym is. Locked for the one who has the code, and for nobody else.

Made with X25519 (RFC 7748) and AES-256-GCM: who locks knows only what is public, so the code need not be stored
anywhere, not even where the file is made.
"""

import base64
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BEGINS = b"fotfeste key file 1\n"
BYTES, NONCE = 32, 12
GROUP = 4  # letters of a code that are written together


class WrongCode(ValueError):
    """The code does not open the file: ``reason`` is code, where it cannot be one, or file, where it is of another."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def new_code() -> tuple[str, bytes]:
    """Make a code to be written down, and what is public of it."""
    private = X25519PrivateKey.generate()
    letters = base64.b32encode(private.private_bytes_raw()).decode().rstrip("=").lower()
    groups = (letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
    return "-".join(groups), private.public_key().public_bytes_raw()


def lock(content: bytes, public: bytes) -> bytes:
    """Lock a file for the one who has the code that ``public`` is of."""
    once = X25519PrivateKey.generate()
    shared, nonce = once.exchange(X25519PublicKey.from_public_bytes(public)), os.urandom(NONCE)
    mine = once.public_key().public_bytes_raw()
    return BEGINS + mine + nonce + AESGCM(_key(shared, mine + public)).encrypt(nonce, content, BEGINS)


def unlock(locked: bytes, code: str) -> bytes:
    """Open a locked file.

    Raises
    ------
    WrongCode
    """
    letters = re.sub(r"[\s-]", "", code).upper()
    try:
        private = X25519PrivateKey.from_private_bytes(base64.b32decode(letters + "=" * (-len(letters) % 8)))
    except ValueError as cause:
        raise WrongCode("code") from cause
    at = len(BEGINS)
    theirs, nonce, told = locked[at : at + BYTES], locked[at + BYTES :][:NONCE], locked[at + BYTES + NONCE :]
    if not locked.startswith(BEGINS) or not told:
        raise WrongCode("file")
    shared = private.exchange(X25519PublicKey.from_public_bytes(theirs))
    public = private.public_key().public_bytes_raw()
    try:
        return AESGCM(_key(shared, theirs + public)).decrypt(nonce, told, BEGINS)
    except InvalidTag as cause:
        raise WrongCode("file") from cause


def _key(shared: bytes, both: bytes) -> bytes:
    return HKDF(SHA256(), length=BYTES, salt=None, info=BEGINS + both).derive(shared)
