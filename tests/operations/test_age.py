"""The encrypted form of backups and key files: that of age, so that other programs open it."""

import io
from base64 import b64decode

import pytest

from fotfeste_web.backup import age
from fotfeste_web.backup.age import Damaged, NotAge, Opened, Sealed, WrongPassphrase

PASSPHRASE = "blå bær på tur"
# Written by age 1.1.1 (Debian 12): age -p -o theirs.age plain
THEIRS = """
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBxc3pnOVZ5YnRZV2VybEdFOTZrMkNRIDE4Ckx5SkZ0dXpGbjIyMkJwYkQ5OHN5UTdhYXFxVUUr
ZFQ0L0tIMG5QZi9VZG8KLS0tIGJvZ0dnK3M3YTY4NjlUQjdKeFY0QlpwS0huM004K0Y5SS9QMzdLQ2hSeEUKyWBuwqtMFurLAboXXsJME1mBhrLaeBQO
s8cZWkRIvaD+Az3piFhPO+Y2qazakxEVtvzOVqg=
"""


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(age, "WORK", 4)


def sealed(content: bytes) -> bytes:
    file = io.BytesIO()
    writer = Sealed(file, PASSPHRASE)
    for start in range(0, len(content), 50_000):
        writer.write(content[start : start + 50_000])
    writer.finish()
    return file.getvalue()


def inside(file: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return b"".join(Opened(io.BytesIO(file), passphrase).pieces())


def test_a_file_that_age_wrote_opens():
    assert inside(b64decode(THEIRS)).decode() == "Fra ønske til jobb.\n"


def test_the_passphrase_costs_what_owasp_asks_for():
    asked = int(sealed(b"")[: len("age-encryption.org/v1\n-> scrypt ") + 25].split()[-1])
    assert asked >= 17  # OWASP Password Storage Cheat Sheet, scrypt: N=2^17, r=8, p=1


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_what_went_in_comes_out(quick, size):
    content = bytes(range(256)) * (size // 256 + 1)
    assert inside(sealed(content[:size])) == content[:size]


def test_a_file_changed_in_any_part_is_refused(quick):
    whole = sealed(bytes(70_000))
    for place in [*range(240), 65_700, 65_900, len(whole) - 1]:
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises((NotAge, WrongPassphrase, Damaged)):
            inside(bytes(changed))


def test_pieces_moved_left_out_doubled_or_cut_off_are_refused(quick):
    whole = sealed(bytes(150_000))
    piece = 65_536 + 16
    head = len(whole) - 2 * piece - (150_000 - 131_072 + 16)
    first, second, last = whole[head : head + piece], whole[head + piece : head + 2 * piece], whole[head + 2 * piece :]
    assert inside(whole[:head] + first + second + last) == bytes(150_000)
    for pieces in ([second, first, last], [first, last], [first, first, second, last], [first, second], [first], []):
        with pytest.raises(Damaged):
            inside(whole[:head] + b"".join(pieces))


def test_another_passphrase_does_not_open_it(quick):
    with pytest.raises(WrongPassphrase):
        inside(sealed(b"x"), "blå bær på tur ")


def test_a_file_that_asks_for_a_gigabyte_is_refused_at_once(quick):
    whole = sealed(b"x")
    with pytest.raises(Damaged):
        inside(whole.replace(b" 4\n", b" 25\n", 1))
