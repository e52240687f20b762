"""What is hidden, so that no number shown points at a person, and none that is hidden can be worked out.

The rule: a count of 1 to 4 is hidden, and it stays hidden while another world, with one more or one fewer there and
nowhere fewer than none or more than 4 for a small one, would show exactly the same page: no subtraction tells the two
apart. So for each small count such a world is looked for, and where none is found, one number more is hidden, the
least dear of those that gave it away.

A relation is what a reader knows to hold between counts: a whole and its parts, one set of people within another, the
year and its quarters. Counts that no page shows, such as those without a job, are counts like the others: a relation
names them, and a small one must not be found by subtraction either.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import TypeVar

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .cells import SMALLEST_SHOWN, shown

Key = TypeVar("Key", bound=Hashable)
Relation = Mapping[Key, int]  # the coefficient of each count, +1 or -1; the sum is 0


class CannotHide(RuntimeError):
    """A small count that relations alone give away. Nothing is stored then."""


def hidden(
    counts: Mapping[Key, int],
    on_page: Collection[Key],
    relations: Iterable[Relation[Key]],
    *,
    dear: Callable[[Key], int] = lambda key: 0,
) -> set[Key]:
    """Choose what to hide of the counts on the page.

    Raises
    ------
    CannotHide
        Where all that is connected with a count is hidden already, and it is given away all the same.
    """
    relations = list(relations)
    name = _one_name_each(counts, relations)
    page = {name[key] for key in on_page}
    worlds = _Worlds(counts, set(page), _renamed(relations, name))
    small = sorted({name[key] for key in counts if shown(counts[key]) is None}, key=repr)
    worlds.shown -= set(small)
    safe: set[Key] = set()
    for key in small:
        while key not in safe:
            if moved := worlds.another(key, page):
                safe |= moved
            elif gave_away := worlds.nearest_shown(key):
                cheapest = sorted(gave_away, key=lambda one: (dear(one), counts[one], repr(one)))
                worlds.hide_what_helps(cheapest, key, page)
            else:
                raise CannotHide(key)
    return {key for key in on_page if name[key] not in worlds.shown}


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


class _Worlds:
    """The worlds that show the same page as the true one."""

    def __init__(self, counts: Mapping[Key, int], shown: set[Key], relations: list[Relation[Key]]) -> None:
        self.counts, self.shown, self.relations = counts, shown, relations
        self.of: dict[Key, list[int]] = defaultdict(list)
        for number, relation in enumerate(relations):
            for key in relation:
                self.of[key].append(number)

    def another(self, key: Key, on_page: Collection[Key]) -> set[Key]:
        """Give the counts that are others in a world with one more or fewer at a key; none where there is no such.

        No count moves by more than one, none below 0, and no small one that the page hides, nor the key, above 4.
        """
        unseen, relations = self._not_found_by_subtraction(*self._connected(key))
        if key not in unseen:
            return set()
        place = {one: column for column, one in enumerate(unseen)}
        most = [SMALLEST_SHOWN - 1 - self.counts[one] if self._is_small(one) else 1 for one in unseen]
        bound = [one in on_page or one == key for one in unseen]
        low = np.array([-min(self.counts[one], 1) for one in unseen])
        high = np.array([min(room, 1) if held else 1 for room, held in zip(most, bound, strict=True)])
        balanced = LinearConstraint(self._matrix(relations, place), 0, 0) if relations else ()
        # Any world will do; one in which much is otherwise answers for many counts at once.
        much = np.random.default_rng(len(unseen)).choice((-1.0, 1.0), len(unseen))
        for step in (1, -1):
            column = place[key]
            if not low[column] <= step <= high[column]:
                continue
            lowest, highest = low.copy(), high.copy()
            lowest[column] = highest[column] = step
            found = milp(much, constraints=balanced, bounds=Bounds(lowest, highest), integrality=1)
            if found.success:
                moves = zip(unseen, np.rint(found.x), most, strict=True)
                return {one for one, move, room in moves if move and move <= room}
        return set()

    def _is_small(self, key: Key) -> bool:
        return shown(self.counts[key]) is None

    def _matrix(self, relations: list[int], place: Mapping[Key, int]) -> csr_array:
        cells = [
            (sign, row, place[one])
            for row, number in enumerate(relations)
            for one, sign in self.relations[number].items()
            if one in place
        ]
        signs, rows, columns = zip(*cells, strict=True)
        return csr_array((signs, (rows, columns)), shape=(len(relations), len(place)))

    def _connected(self, key: Key) -> tuple[list[Key], list[int]]:
        """The counts nobody sees that may have to give way when this one does, and the relations between them."""
        unseen, relations, edge = {key: None}, dict.fromkeys(self.of[key]), [key]
        while edge:
            for number in self.of[edge.pop()]:
                relations[number] = None
                for other in self.relations[number]:
                    if other not in self.shown and other not in unseen:
                        unseen[other] = None
                        edge.append(other)
        return list(unseen), list(relations)

    def _not_found_by_subtraction(self, unseen: list[Key], relations: list[int]) -> tuple[list[Key], list[int]]:
        """Leave out what follows where a relation has one unknown alone, and then the next: no search is needed."""
        open_ = {number: {one for one in self.relations[number] if one not in self.shown} for number in relations}
        single = [number for number in relations if len(open_[number]) == 1]
        found: set[Key] = set()
        while single:
            for one in tuple(open_[single.pop()]):
                found.add(one)
                for number in self.of[one]:
                    open_[number].discard(one)
                    if len(open_[number]) == 1:
                        single.append(number)
        return [one for one in unseen if one not in found], [number for number in relations if open_[number]]

    def hide_what_helps(self, cheapest: list[Key], key: Key, on_page: Collection[Key]) -> None:
        """Hide the first that alone is enough, else the first: then one more is asked for."""
        for one in cheapest:
            self.shown.remove(one)
            if self.another(key, on_page):
                return
            self.shown.add(one)
        self.shown.remove(cheapest[0])

    def nearest_shown(self, key: Key) -> set[Key]:
        """The shown counts that the fewest relations lead to."""
        reached, edge = {key}, {key}
        while edge:
            edge = {other for one in edge for number in self.of[one] for other in self.relations[number]} - reached
            reached |= edge
            if found := edge & self.shown:
                return found
        return set()
