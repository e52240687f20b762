"""The arm of each person in turn. Every scheme takes one person's levels at a time and knows nobody after."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import lcm

from fotfeste.trial.plan import Plan
from fotfeste.trial.randomisation.stream import below, pick, words

Levels = Mapping[str, str]
"""Column of a factor, and the person's value in it."""

THOUSANDTHS = 1000


def allocate(plan: Plan, seed: bytes, people: Iterable[Levels]) -> Iterator[str]:
    """The arm of each person, one at a time and in the order they come.

    Parameters
    ----------
    plan : Plan
        Its arms, their ratio and its scheme.
    seed : bytes
        256 random bits.
    people : iterable of mapping
        The levels of each person in the plan's factors. Asked for one at a time.

    Yields
    ------
    str
        The id of an arm. It depends on the seed, the plan, and those who came before.
    """
    arm_of = SCHEMES[plan.randomisation.scheme](plan, seed)
    for levels in people:
        yield plan.arms[arm_of(levels)].id


def _simple(plan: Plan, seed: bytes) -> Callable[[Levels], int]:
    stream = words(seed, plan.sha256, "simple")
    return lambda levels: pick(stream, list(plan.shares))


def _permuted_blocks(plan: Plan, seed: bytes) -> Callable[[Levels], int]:
    """Each stratum has its own stream, so that what happens in one says nothing about another."""
    sizes, by = plan.randomisation.block_sizes, plan.randomisation.by
    in_stratum: dict[str, Iterator[int]] = {}

    def blocks(label: str) -> Iterator[int]:
        stream = words(seed, plan.sha256, label)
        while True:
            rounds = sizes[below(stream, len(sizes))] // sum(plan.shares)
            block = [arm for arm, share in enumerate(plan.shares) for _ in range(share * rounds)]
            for last in range(len(block) - 1, 0, -1):
                other = below(stream, last + 1)
                block[last], block[other] = block[other], block[last]
            yield from block

    def arm_of(levels: Levels) -> int:
        label = "block" + "".join(f";{column}={levels[column]}" for column in by)
        return next(in_stratum.setdefault(label, blocks(label)))

    return arm_of


def _minimisation(plan: Plan, seed: bytes) -> Callable[[Levels], int]:
    """Pocock and Simon's, with the chances of Han et al. where the arms are not of one size."""
    stream = words(seed, plan.sha256, "minimisation")
    shares, by = plan.shares, plan.randomisation.by
    weights = [lcm(*shares) // share for share in shares]  # so that counts of unequal arms can be compared as wholes
    counts: Counter[tuple[str, str, int]] = Counter()

    def imbalance(levels: Levels, arm: int) -> int:
        """The sum over factors of the range of the weighted counts, were this person given that arm."""
        total = 0
        for column in by:
            held = [weight * (counts[column, levels[column], at] + (at == arm)) for at, weight in enumerate(weights)]
            total += max(held) - min(held)
        return total

    def arm_of(levels: Levels) -> int:
        scores = [imbalance(levels, arm) for arm in range(len(shares))]
        tied = [share if score == min(scores) else 0 for share, score in zip(shares, scores, strict=True)]
        best = pick(stream, tied)
        arm = pick(stream, chances(plan, best))
        counts.update((column, levels[column], arm) for column in by)
        return arm

    return arm_of


def chances(plan: Plan, best: int) -> list[int]:
    """The tickets of each arm when ``best`` balances best; they keep the ratio in the long run.

    References
    ----------
    .. [1] Han, Enas and McEntegart (2009), Statistics in Medicine 28:3329-3346: the other arms have the same chance
       whichever arm is best, in proportion to their share.
    """
    assert plan.randomisation.p is not None
    against = THOUSANDTHS - round(THOUSANDTHS * plan.randomisation.p)
    tickets = [share * against for share in plan.shares]
    tickets[best] = 0
    tickets[best] = THOUSANDTHS * (sum(plan.shares) - min(plan.shares)) - sum(tickets)
    return tickets


SCHEMES: dict[str, Callable[[Plan, bytes], Callable[[Levels], int]]] = {
    "simple": _simple,
    "permuted_blocks": _permuted_blocks,
    "minimisation": _minimisation,
}
