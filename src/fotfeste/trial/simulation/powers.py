"""The power of a comparison of two proportions by simulation, all trials at once."""

from dataclasses import dataclass
from typing import cast

from fotfeste.trial.errors import BadDesign
from fotfeste.trial.power import TwoProportions
from fotfeste.trial.power.enumeration import ExactTest, rejected
from fotfeste.trial.simulation.chance import generator, monte_carlo_error

TEST_OF = {"normal": "exact-z", "continuity": "exact-yates"}
"""The test whose power a formula approximates: that is the one to run on simulated people."""


@dataclass(frozen=True, kw_only=True)
class SimulatedPower:
    """The share of simulated trials that rejected; ``mc_error`` is the standard error from having run so few."""

    power: float
    mc_error: float
    replicates: int
    seed: int
    n1: int
    n2: int


def simulated_power(design: TwoProportions, *, n1: int, n2: int, replicates: int, seed: int) -> SimulatedPower:
    """Run trials and test each.

    Parameters
    ----------
    design : TwoProportions
        Without a margin.
    n1, n2 : int
        People in each arm.
    replicates : int
        How many trials.
    seed : int
        Of the simulation; the same seed gives the same trials.

    Returns
    -------
    SimulatedPower

    Raises
    ------
    BadDesign
        With a margin, or fewer than two people or trials.
    """
    if design.margin is not None:
        raise BadDesign("margin", "needless")
    for name, value in (("n1", n1), ("n2", n2), ("simulate", replicates)):
        if value < 2:
            raise BadDesign(name, "whole")
    # The number in work is all that the tests look at, so it is drawn instead of the people.
    draw = generator(seed)
    p1, p2 = design.towards_higher
    events1, events2 = draw.binomial(n1, p1, replicates), draw.binomial(n2, p2, replicates)
    test = cast(ExactTest, TEST_OF.get(design.method, design.method))
    share = float(rejected(n1, n2, design.alpha, design.sides, test)[events1, events2].mean())
    error = monte_carlo_error(share, replicates)
    return SimulatedPower(power=share, mc_error=error, replicates=replicates, seed=seed, n1=n1, n2=n2)
