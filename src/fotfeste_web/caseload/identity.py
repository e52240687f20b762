"""The identity number: encrypted with a key outside the database, and found by a keyed hash within one service.

The two keys are derived from one secret. The hash holds the service, so that the same person in two services gives two
hashes: neither service can find out about the other.
"""

import hmac
from uuid import UUID

from fotfeste.norway.identity import Identity
from fotfeste_web.sealing import derived, resealed, seal, unseal

ENCRYPTION, HASH = b"fotfeste identity encryption", b"fotfeste identity hash"


def encrypt(identity: Identity, participant_id: UUID) -> bytes:
    """Encrypt the number for one participant: moved to another row it cannot be read."""
    return seal(identity.digits.encode(), use=ENCRYPTION, to=participant_id.bytes)


def decrypt(encrypted: bytes, participant_id: UUID) -> str:
    return unseal(encrypted, use=ENCRYPTION, to=participant_id.bytes).decode()


def hash_in_service(identity: Identity, service_id: int) -> bytes:
    return hashes_in_service(identity.digits, service_id)[0]


def hashes_in_service(digits: str, service_id: int) -> list[bytes]:
    """Give the hash by each key in use, the newest first: while a key takes over for another, rows have either."""
    return [hmac.digest(key, f"{service_id}:{digits}".encode(), "sha256") for key in derived(HASH)]


def renewed(encrypted: bytes, participant_id: UUID, service_id: int) -> tuple[bytes, bytes] | None:
    """Give the number encrypted and hashed anew with the newest key; nothing, when it is that one's already."""
    new = resealed(encrypted, use=ENCRYPTION, to=participant_id.bytes)
    return new and (new, hashes_in_service(decrypt(new, participant_id), service_id)[0])
