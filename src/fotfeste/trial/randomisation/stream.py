"""Whole numbers that follow from a seed and nothing else. ``docs/methods/trial-randomisation.md`` says it bit by bit.

Written here and not taken from a library's generator, whose numbers may change from one version to the next.
"""

import hmac
from collections.abc import Iterator
from itertools import count
from struct import unpack

ALGORITHM = "fotfeste-randomisation-1"
"""The version of everything that the documentation says. A change of any of it is a new version."""

WORD = 2**64


def words(seed: bytes, plan_sha256: str, label: str) -> Iterator[int]:
    """The endless stream of whole numbers below 2**64 that ``label`` names."""
    start = ALGORITHM.encode() + b"\0" + bytes.fromhex(plan_sha256) + label.encode() + b"\0"
    for counter in count():
        yield from unpack(">4Q", hmac.digest(seed, start + counter.to_bytes(8, "big"), "sha256"))


def below(stream: Iterator[int], n: int) -> int:
    """The next whole number from 0 to ``n - 1``, all equally likely: words that favour small ones are passed by."""
    limit = WORD - WORD % n
    return next(word for word in stream if word < limit) % n


def pick(stream: Iterator[int], tickets: list[int]) -> int:
    """The place that wins when each place holds that many tickets."""
    drawn = below(stream, sum(tickets))
    for place, held in enumerate(tickets):
        if drawn < held:
            return place
        drawn -= held
    raise AssertionError("a draw lies below the sum")
