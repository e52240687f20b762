"""The seed, and the sealed commitment that binds it to the plan before the first person is randomised."""

import os
from hashlib import sha256
from pathlib import Path

from fotfeste.trial.plan import Plan
from fotfeste.trial.randomisation.stream import ALGORITHM

BYTES = 32
MARK = "fotfeste-seed-1"
FEWEST_DIFFERENT = 16
"""32 random bytes with fewer than 16 different values turn up less than once in 10**16 seeds: such a seed was typed."""


class BadSeed(ValueError):
    """A seed file cannot be used; ``reason`` is exists, unwritable, unreadable, not_made_here, short or typed."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


def write_seed(path: Path, seed: bytes) -> None:
    """Write a new seed file that only its owner can read. One that is there is never written over.

    Raises
    ------
    BadSeed
        The file exists, or cannot be written.
    """
    _check(path, seed)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadSeed(path.name, "exists") from None
    except OSError as cause:
        raise BadSeed(path.name, "unwritable") from cause
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{MARK} {seed.hex()}\n")


def read_seed(path: Path) -> bytes:
    """Read a seed that ``write_seed`` wrote.

    Raises
    ------
    BadSeed
        It cannot be read, was not made here, is short or was typed.
    """
    try:
        mark, _, told = path.read_text(encoding="ascii").strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        raise BadSeed(path.name, "unreadable") from None
    if mark != MARK:
        raise BadSeed(path.name, "not_made_here")
    try:
        seed = bytes.fromhex(told)
    except ValueError:
        raise BadSeed(path.name, "not_made_here") from None
    _check(path, seed)
    return seed


def _check(path: Path, seed: bytes) -> None:
    if len(seed) != BYTES:
        raise BadSeed(path.name, "short")
    if len(set(seed)) < FEWEST_DIFFERENT:
        raise BadSeed(path.name, "typed")


def commitment(plan: Plan, seed: bytes) -> str:
    """SHA-256, as 64 hex digits, of what the allocation follows from: algorithm, plan file, scheme and seed."""
    lines = (ALGORITHM, plan.sha256, scheme_line(plan), seed.hex())
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def scheme_line(plan: Plan) -> str:
    """The scheme in one line, the same for the same scheme however the plan is laid out."""
    scheme = plan.randomisation
    parts = [scheme.scheme, ",".join(f"{arm.id}:{n}" for arm, n in zip(plan.arms, plan.shares, strict=True))]
    if scheme.block_sizes:
        parts.append("sizes=" + ",".join(map(str, scheme.block_sizes)))
    if scheme.by:
        parts.append("by=" + ",".join(scheme.by))
    if scheme.p is not None:
        parts.append(f"p={scheme.p:.3f}")
    return " ".join(parts)
