"""Which of our lists an answer of SSB's Klass is, and what is changed in it before it is one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from fotfeste.norway.codes import Code, CodeList, began, counties, municipalities, occupations

NOWHERE = {"99", "9999"}  # «Uoppgitt» is no place


class NotOurs(ValueError):
    """The answer is none of our lists: ``reason`` is empty, shape, other (most of our codes are not in it) or old."""

    def __init__(self, reason: Literal["empty", "shape", "other", "old"]) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Kept:
    """A list that we keep: the name of its file, what it holds now, and where it lies in Klass."""

    file: str
    now: Callable[[], CodeList]
    classification: int


OCCUPATIONS = Kept("occupations.csv", occupations, 7)
COUNTIES = Kept("counties.csv", counties, 104)
MUNICIPALITIES = Kept("municipalities.csv", municipalities, 131)


def recognised(answered: Iterable[Code]) -> tuple[Kept, tuple[Code, ...]]:
    """Tell which list the codes are, by their levels and how long they are, and give them as we keep them.

    Klass keeps counties and municipalities apart: the parent of a municipality is the county of its two first digits.

    Raises
    ------
    NotOurs
    """
    codes = tuple(answered)
    if not codes:
        raise NotOurs("empty")
    lengths = {(code.level, len(code.code)) for code in codes}
    if lengths == {(level, level) for level in (1, 2, 3, 4)}:
        kept = OCCUPATIONS
    elif lengths == {(1, 2)}:
        kept, codes = COUNTIES, tuple(code for code in codes if code.code not in NOWHERE)
    elif lengths == {(1, 4)}:
        kept = MUNICIPALITIES
        codes = tuple(replace(code, parent=code.code[:2]) for code in codes if code.code not in NOWHERE)
    else:
        raise NotOurs("shape")
    ours = {code.code for code in kept.now().current}
    if began(codes) < began(kept.now().current):
        raise NotOurs("old")
    if 2 * len(ours & {code.code for code in codes}) < len(ours):
        raise NotOurs("other")
    return kept, codes
