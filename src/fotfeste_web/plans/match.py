"""How an occupation that was tried goes with those that the person wishes for."""

from collections.abc import Sequence
from enum import StrEnum

NEAR_DIGITS = 2  # of four: the same sub-major group of STYRK-08, such as sales workers


class Match(StrEnum):
    WISHED = "wished"
    NEAR = "near"
    OTHER = "other"
    UNKNOWN = "unknown"  # no wishes are written down

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Match.WISHED: "Et ønsket yrke",
    Match.NEAR: "Nær et ønsket yrke",
    Match.OTHER: "Ikke blant ønskene",
    Match.UNKNOWN: "Ingen ønsker skrevet",
}


def match(styrk08: str, wished: Sequence[str]) -> Match:
    if not wished:
        return Match.UNKNOWN
    if styrk08 in wished:
        return Match.WISHED
    return Match.NEAR if styrk08[:NEAR_DIGITS] in {code[:NEAR_DIGITS] for code in wished} else Match.OTHER
