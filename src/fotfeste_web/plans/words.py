"""Two texts word by word: what was added and what was taken out."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORD = re.compile(r"^\s+|\S+\s*")  # with the space after it


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    change: Change


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Give the later text with what was taken out in its place: what is kept and added, joined, is the later text."""
    old, new = WORD.findall(before), WORD.findall(after)
    words = SequenceMatcher(a=[w.strip() for w in old], b=[w.strip() for w in new], autojunk=False)
    pieces: list[Piece] = []
    for what, i, j, k, m in words.get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(new[k:m]), Change.KEPT))
            continue
        for tokens, change in ((old[i:j], Change.REMOVED), (new[k:m], Change.ADDED)):
            if tokens:
                pieces.append(Piece("".join(tokens), change))
    return tuple(pieces)
