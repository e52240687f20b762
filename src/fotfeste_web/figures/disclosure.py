"""What is hidden, so that no number shown points at a person, and none that is hidden can be worked out.

The rule: a count of 1 to 4 is hidden, and it stays hidden while another world, with one more or one fewer there and
nowhere fewer than none or more than 4 for a small one, would show exactly the same page: no subtraction tells the two
apart. So for each small count the nearest such world is looked for, and the shown counts that are others in it, the
least dear that will do, are hidden too.

A relation is what a reader knows to hold between counts: a whole and its parts, one set of people within another, the
year and its quarters. Counts that no page shows, such as those without a job, are counts like the others: a relation
names them, and a small one must not be found by subtraction either.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import TypeVar

from .cells import shown

Key = TypeVar("Key", bound=Hashable)
Relation = Mapping[Key, int]  # the coefficient of each count, +1 or -1; the sum is 0
LAST_RESORT = 1000.0  # what it costs to think of a hidden one as none: none at all is mostly shown


class CannotHide(RuntimeError):
    """A small count that relations alone give away. Nothing is stored then."""


def hidden(
    counts: Mapping[Key, int],
    on_page: Collection[Key],
    relations: Iterable[Relation[Key]],
    *,
    dear: Callable[[Key], float] = lambda key: 1,
) -> set[Key]:
    """Choose what to hide of the counts on the page: all that are small, and the least dear that give one away.

    Raises
    ------
    CannotHide
        Where a count follows from the relations even when nothing is shown.
    """
    from .worlds import Worlds  # with SciPy, which no process shall wait for that hides nothing

    relations = list(relations)
    name = _one_name_each(counts, relations)
    worth: dict[Key, float] = {}
    for key in on_page:
        worth[name[key]] = max(dear(key), worth.get(name[key], 0))
    small = sorted({name[key] for key in counts if shown(counts[key]) is None}, key=repr)
    worlds = Worlds({name[key]: counts[key] for key in counts}, worth.keys(), _renamed(relations, name))
    unseen = {key for key in name.values() if key not in worth} | set(small)
    safe: set[Key] = set()
    for key in small:
        if key not in safe:
            moved = worlds.nearest(key, {one: 0 if one in unseen else worth[one] for one in worlds.place})
            unseen |= moved.keys()
            safe |= {one for one in moved if worlds.stays_small(one, moved[one])}
    return {key for key in on_page if name[key] in unseen}


def hide_small(cells: Mapping[str, int]) -> dict[str, int | None]:
    """Hide the small cells of a table whose sum is known, and what they could be found by."""
    parts: dict[str, int] = {f"part {key}": count for key, count in cells.items()}
    relation = dict.fromkeys(parts, 1) | {"sum": -1}
    counts = parts | {"sum": sum(parts.values())}
    away = hidden(counts, counts, [relation], dear=lambda key: 1000 * LAST_RESORT if key == "sum" else 1 + counts[key])
    return {key: None if f"part {key}" in away else count for key, count in cells.items()}


def _one_name_each(counts: Iterable[Key], relations: Iterable[Relation[Key]]) -> dict[Key, Key]:
    """Give one name to counts that are the same set."""
    name = {key: key for key in counts}

    def found(key: Key) -> Key:
        while name[key] != key:
            key = name[key]
        return key

    for relation in relations:
        if len(relation) == 2 and sum(relation.values()) == 0:
            one, other = map(found, relation)
            name[one] = other
    return {key: found(key) for key in name}


def _renamed(relations: Iterable[Relation[Key]], name: Mapping[Key, Key]) -> list[Relation[Key]]:
    renamed: dict[frozenset[tuple[Key, int]], Relation[Key]] = {}
    for relation in relations:
        sums: dict[Key, int] = defaultdict(int)
        for key, sign in relation.items():
            sums[name[key]] += sign
        if kept := {key: sign for key, sign in sums.items() if sign}:
            renamed[frozenset(kept.items())] = kept
    return list(renamed.values())
