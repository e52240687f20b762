"""How a scheme behaves: how often the next arm can be guessed, and how far apart the arms get."""

from collections.abc import Callable
from dataclasses import dataclass
from math import lcm, sqrt

import numpy as np
import numpy.typing as npt

from fotfeste.trial.plan import Plan
from fotfeste.trial.randomisation.schemes import chances
from fotfeste.trial.simulation.chance import generator

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """People in the largest arm less those in the smallest, each divided by its share, at the end of a trial.

    For a factor: the largest over its levels. ``p95`` is the 95th percentile of the trials.
    """

    of: str
    mean: float
    p95: float
    largest: float


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """``guessed`` is the share of people whose arm was guessed right, ``by_chance`` what is guessed knowing nothing."""

    guessed: float
    mc_error: float
    by_chance: float
    differences: tuple[Difference, ...]
    n: int
    replicates: int
    seed: int


def behaviour(plan: Plan, *, replicates: int, seed: int, progress: Progress = lambda done, of: None) -> Behaviour:
    """Run the plan's scheme on made-up people.

    The one who guesses knows every arm so far and says the arm that is furthest behind among people of the same
    stratum, or under minimisation the arm that would balance best; where several are, any of them by its share.
    People have each level of each factor with the same chance.

    Parameters
    ----------
    plan : Plan
        Its scheme, arms, factors and planned number of people.
    replicates : int
        How many trials, at least 2.
    seed : int
        Of the simulation, which has nothing to do with the seed of the trial.
    progress : callable, optional
        Told how many people of how many have been through.

    Returns
    -------
    Behaviour

    References
    ----------
    .. [1] Blackwell and Hodges (1957), Annals of Mathematical Statistics 28:449-460: the guess that converges.
    """
    draw = generator(seed)
    people = _People(plan, replicates, draw)
    step = {"simple": _simple, "permuted_blocks": _permuted_blocks, "minimisation": _minimisation}
    next_arm = step[plan.randomisation.scheme](plan, people, draw)
    right = np.zeros(replicates)
    for done in range(plan.planned_n):
        people.arrive()
        guess, arm = next_arm()
        right += guess == arm
        people.give(arm)
        progress(done + 1, plan.planned_n)
    shares = right / plan.planned_n
    return Behaviour(
        guessed=float(shares.mean()),
        mc_error=float(shares.std(ddof=1)) / sqrt(replicates),
        by_chance=max(plan.shares) / sum(plan.shares),
        differences=people.differences(),
        n=plan.planned_n,
        replicates=replicates,
        seed=seed,
    )


class _People:
    """Everybody so far in every trial: how many of each level in each arm."""

    def __init__(self, plan: Plan, replicates: int, draw: np.random.Generator) -> None:
        self.plan, self.replicates, self.draw = plan, replicates, draw
        self.trials = np.arange(replicates)
        self.shares = np.array(plan.shares)
        self.by = [at for at, factor in enumerate(plan.factors) if factor.column in plan.randomisation.by]
        self.held = [np.zeros((replicates, len(f.levels), len(self.shares)), np.int64) for f in plan.factors]
        self.strata = int(np.prod([len(plan.factors[at].levels) for at in self.by], dtype=int))
        self.in_stratum = np.zeros((replicates, self.strata, len(self.shares)), np.int64)
        self.levels: list[Ints] = []
        self.stratum: Ints = np.zeros(replicates, np.int64)

    def arrive(self) -> None:
        self.levels = [self.draw.integers(len(factor.levels), size=self.replicates) for factor in self.plan.factors]
        self.stratum = np.zeros(self.replicates, np.int64)
        for at in self.by:
            self.stratum = self.stratum * len(self.plan.factors[at].levels) + self.levels[at]

    def give(self, arm: Ints) -> None:
        for held, level in zip(self.held, self.levels, strict=True):
            held[self.trials, level, arm] += 1
        self.in_stratum[self.trials, self.stratum, arm] += 1

    def pick(self, tickets: npt.NDArray[np.number]) -> Ints:
        """One arm in each trial, by the tickets that the arms hold."""
        reach = np.cumsum(tickets, axis=1)
        drawn = self.draw.random(self.replicates) * reach[:, -1]
        arms: Ints = (drawn[:, None] >= reach).sum(axis=1)
        return arms

    def among(self, best: npt.NDArray[np.bool_]) -> Ints:
        return self.pick(best * self.shares)

    def furthest_behind(self) -> Ints:
        held = self.in_stratum[self.trials, self.stratum] / self.shares
        return self.among(held <= held.min(axis=1, keepdims=True))

    def differences(self) -> tuple[Difference, ...]:
        of = {"trial": self.held[0].sum(axis=1, keepdims=True)}
        of |= {factor.column: held for factor, held in zip(self.plan.factors, self.held, strict=True)}
        return tuple(_difference(name, held / self.shares) for name, held in of.items())


def _difference(name: str, held: Floats) -> Difference:
    apart = (held.max(axis=2) - held.min(axis=2)).max(axis=1)
    return Difference(
        of=name, mean=float(apart.mean()), p95=float(np.quantile(apart, 0.95)), largest=float(apart.max())
    )


Step = Callable[[], tuple[Ints, Ints]]


def _simple(plan: Plan, people: _People, draw: np.random.Generator) -> Step:
    tickets = np.tile(people.shares, (people.replicates, 1))
    most = people.shares == people.shares.max()
    return lambda: (people.among(np.tile(most, (people.replicates, 1))), people.pick(tickets))


def _permuted_blocks(plan: Plan, people: _People, draw: np.random.Generator) -> Step:
    sizes = np.array(plan.randomisation.block_sizes)
    left = np.zeros((people.replicates, people.strata, len(people.shares)), np.int64)

    def next_arm() -> tuple[Ints, Ints]:
        guess = people.furthest_behind()
        here = left[people.trials, people.stratum]
        empty = here.sum(axis=1) == 0
        rounds = draw.choice(sizes, people.replicates) // people.shares.sum()
        here = np.where(empty[:, None], rounds[:, None] * people.shares, here)
        arm = people.pick(here)  # a place of a shuffled block, one at a time
        here[people.trials, arm] -= 1
        left[people.trials, people.stratum] = here
        return guess, arm

    return next_arm


def _minimisation(plan: Plan, people: _People, draw: np.random.Generator) -> Step:
    weights = lcm(*plan.shares) // people.shares
    arms = range(len(people.shares))
    tickets = np.array([chances(plan, best) for best in arms])

    def next_arm() -> tuple[Ints, Ints]:
        scores = np.zeros((people.replicates, len(arms)), np.int64)
        for at in people.by:
            held = people.held[at][people.trials, people.levels[at]]
            for arm in arms:
                supposed = (held + (np.arange(len(arms)) == arm)) * weights
                scores[:, arm] += np.ptp(supposed, axis=1)
        best = scores == scores.min(axis=1, keepdims=True)
        return people.among(best), people.pick(tickets[people.among(best)])

    return next_arm
