"""The identity number: encrypted with a key outside the database, and found by a keyed hash within one service.

The two keys are derived from one secret. The hash holds the service, so that the same person in two services gives two
hashes: neither service can find out about the other.
"""

import base64
import hmac
import os
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from fotfeste.norway.identity import Identity

NONCE = 12  # bytes, as NIST SP 800-38D recommends for GCM


def encrypt(identity: Identity, participant_id: UUID) -> bytes:
    """Encrypt the number for one participant: moved to another row it cannot be read."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(b"encryption")).encrypt(nonce, identity.digits.encode(), participant_id.bytes)


def decrypt(encrypted: bytes, participant_id: UUID) -> str:
    stored = bytes(encrypted)
    return AESGCM(_key(b"encryption")).decrypt(stored[:NONCE], stored[NONCE:], participant_id.bytes).decode()


def hash_in_service(identity: Identity, service_id: int) -> bytes:
    return hmac.digest(_key(b"hash"), f"{service_id}:{identity.digits}".encode(), "sha256")


def _key(use: bytes) -> bytes:
    secret = base64.b64decode(settings.FOTFESTE_IDENTITY_KEY)
    if len(secret) != 32:
        raise ImproperlyConfigured("FOTFESTE_IDENTITY_KEY must be 32 bytes, written in base64.")
    return HKDF(SHA256(), length=32, salt=None, info=b"fotfeste identity " + use).derive(secret)
