"""Files that a passphrase opens, in version 1 of the age format (https://age-encryption.org/v1, C2SP age.md).

A format that others have gone over, and that other programs open: a backup can be read where Fotfeste does not run. The
passphrase opens the key of the file (scrypt); what is inside is encrypted in pieces, each with its number and whether
it is the last, so that none can be changed, moved, left out or cut off.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FIRST_LINE = b"age-encryption.org/v1\n"
SALT_LABEL = b"age-encryption.org/v1/scrypt"
PIECE, TAG = 64 * 1024, 16
WORK = 17  # scrypt's N is 2 to this: OWASP's least (Password Storage Cheat Sheet); 128 MB and some tenths of a second
MOST_WORK = 20  # a file that asks for more than a gigabyte was not written here
LONGEST_LINE = 200


class NotAge(ValueError):
    """The file is something else, or opened by something else than a passphrase."""


class WrongPassphrase(ValueError):
    pass


class Damaged(ValueError):
    """Something is changed, left out or cut off."""


class Sealed:
    """A file being written: what is written here comes out of it encrypted."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        key, nonce = os.urandom(16), os.urandom(16)
        file.write(_header(key, passphrase) + nonce)
        self._file = file
        self._pieces = _Pieces(key, nonce)
        self._waiting = bytearray()

    def write(self, content: bytes) -> None:
        self._waiting += content
        while len(self._waiting) > PIECE:  # the last piece is known at the end alone
            self._file.write(self._pieces.encrypt(bytes(self._waiting[:PIECE]), last=False))
            del self._waiting[:PIECE]

    def finish(self) -> None:
        """Without this the file is one that was cut off."""
        self._file.write(self._pieces.encrypt(bytes(self._waiting), last=True))


class Opened:
    """A file that the passphrase opens. Each piece is checked before it is given.

    Raises
    ------
    NotAge, WrongPassphrase, Damaged
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._file = file
        self._key = _key_of(file, passphrase)
        self._start = file.tell()

    def pieces(self) -> Iterator[bytes]:
        """Give what is inside, from its beginning. The end is there only when everything has been given."""
        self._file.seek(self._start)
        pieces = _Pieces(self._key, self._file.read(16))
        piece = self._file.read(PIECE + TAG)
        while piece:
            following = self._file.read(PIECE + TAG)
            yield pieces.decrypt(piece, last=not following)
            piece = following
        if not pieces.number:
            raise Damaged


class _Pieces:
    def __init__(self, key: bytes, nonce: bytes) -> None:
        self.number = 0
        self._cipher = ChaCha20Poly1305(_derived(key, b"payload", salt=nonce))

    def encrypt(self, piece: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last), piece, None)

    def decrypt(self, piece: bytes, *, last: bool) -> bytes:
        try:
            content = self._cipher.decrypt(self._nonce(last), piece, None)
        except InvalidTag:
            raise Damaged from None
        if not content and self.number > 1:
            raise Damaged
        return content

    def _nonce(self, last: bool) -> bytes:
        nonce = self.number.to_bytes(11, "big") + bytes([last])
        self.number += 1
        return nonce


def _header(key: bytes, passphrase: str) -> bytes:
    salt = os.urandom(16)
    wrapped = _wrapping(passphrase, salt, WORK).encrypt(bytes(12), key, None)
    words = FIRST_LINE + b"-> scrypt %s %d\n%s\n---" % (_base64(salt), WORK, _base64(wrapped))
    return words + b" " + _base64(_seal_of(words, key).finalize()) + b"\n"


def _key_of(file: BinaryIO, passphrase: str) -> bytes:
    lines = [file.readline(LONGEST_LINE) for _ in range(4)]
    if lines[0] != FIRST_LINE or not lines[1].startswith(b"-> scrypt "):
        raise NotAge
    try:
        _, _, salt, work = lines[1][:-1].split(b" ")
        salt, wrapped, seal = (_from_base64(part) for part in (salt, lines[2][:-1], lines[3][4:-1]))
        if (len(salt), len(wrapped), lines[3][:4]) != (16, 32, b"--- ") or not 0 < int(work) <= MOST_WORK:
            raise Damaged
        key = _wrapping(passphrase, salt, int(work)).decrypt(bytes(12), wrapped, None)
        _seal_of(b"".join(lines[:3]) + b"---", key).verify(seal)
    except InvalidTag:
        raise WrongPassphrase from None
    except (ValueError, InvalidSignature):
        raise Damaged from None
    return key


def _wrapping(passphrase: str, salt: bytes, work: int) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(Scrypt(salt=SALT_LABEL + salt, length=32, n=2**work, r=8, p=1).derive(passphrase.encode()))


def _seal_of(words: bytes, key: bytes) -> HMAC:
    seal = HMAC(_derived(key, b"header", salt=None), SHA256())
    seal.update(words)
    return seal


def _derived(key: bytes, use: bytes, *, salt: bytes | None) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=use).derive(key)


def _base64(content: bytes) -> bytes:
    return b64encode(content).rstrip(b"=")


def _from_base64(text: bytes) -> bytes:
    content = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if _base64(content) != text:
        raise ValueError("One content, one way to write it.")
    return content
