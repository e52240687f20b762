"""The file that a work made, encrypted with a key outside the database and bound to its work."""

import base64
import os
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes, as NIST SP 800-38D recommends for GCM


def encrypt(content: bytes, work_id: UUID) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key()).encrypt(nonce, content, work_id.bytes)


def decrypt(encrypted: bytes, work_id: UUID) -> bytes:
    stored = bytes(encrypted)
    return AESGCM(_key()).decrypt(stored[:NONCE], stored[NONCE:], work_id.bytes)


def _key() -> bytes:
    secret = base64.b64decode(settings.FOTFESTE_IDENTITY_KEY)
    return HKDF(SHA256(), length=32, salt=None, info=b"fotfeste file of a work").derive(secret)
