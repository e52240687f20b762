"""The file that a work made, encrypted with a key outside the database and bound to its work."""

from uuid import UUID

from fotfeste_web.sealing import resealed, seal, unseal

USE = b"fotfeste file of a work"


def encrypt(content: bytes, work_id: UUID) -> bytes:
    return seal(content, use=USE, to=work_id.bytes)


def decrypt(encrypted: bytes, work_id: UUID) -> bytes:
    return unseal(encrypted, use=USE, to=work_id.bytes)


def renewed(encrypted: bytes, work_id: UUID) -> bytes | None:
    return resealed(encrypted, use=USE, to=work_id.bytes)
