"""Two texts word by word: what was added and what was taken out."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    change: Change


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Give the later text with what was taken out in its place. The kept and the added are the later text."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    pieces: list[Piece] = []
    for _, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if old[i:j] == new[k:m]:
            pieces.append(Piece("".join(old[i:j]), Change.KEPT))
            continue
        for tokens, change in ((old[i:j], Change.REMOVED), (new[k:m], Change.ADDED)):
            if tokens:
                pieces.append(Piece("".join(tokens), change))
    return tuple(pieces)
