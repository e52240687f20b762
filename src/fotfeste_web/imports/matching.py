"""Which of our columns each heading is."""

from collections.abc import Mapping, Sequence

from .columns.column import Column
from .kinds.kind import Kind
from .reading.words import fold

NOT_OURS = {fold("Feil"), fold("Rad")}  # what the file to correct adds


def match(headings: Sequence[str], kind: Kind) -> list[str]:
    """Give the key of our column for each heading, or nothing. Of two alike the first is taken."""
    named = {name: column.key for column in kind.columns for name in column.names}
    taken: set[str] = set()
    found = []
    for heading in headings:
        key = named.get(fold(heading), "")
        found.append("" if key in taken else key)
        taken.add(key)
    return found


def match_again(headings: Sequence[str], kind: Kind, before: Mapping[str, str]) -> list[str]:
    """Match a corrected file as the one before it was, by its headings; what is new there is matched by name."""
    kept = [before.get(heading, "") for heading in headings]
    return [
        key or ("" if heading in before or new in kept else new)
        for heading, key, new in zip(headings, kept, match(headings, kind), strict=True)
    ]


def missing(found: Sequence[str], kind: Kind) -> list[str]:
    """Name what no heading gives and every row needs."""
    lacking = [column.heading for column in kind.columns if column.required and column.key not in found]
    if kind.says_who and not any(set(keys) <= set(found) for keys in kind.says_who):
        lacking.insert(0, "Fornavn og Etternavn")
    return lacking


def known_words(kind: Kind) -> set[str]:
    return set().union(*(column.names for column in kind.columns))


def explanations(kind: Kind) -> set[str]:
    return {fold(explained(column)) for column in kind.columns}


def explained(column: Column) -> str:
    """The one line that tells what goes in a column."""
    must = "Må fylles ut. " if column.required else ""
    words = f" Ord: {', '.join(column.words)}." if column.words and column.words != ("ja", "nei") else ""
    return f"{must}{column.help}{words}"
