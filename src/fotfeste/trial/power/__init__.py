"""How many people a trial needs, what power a number of people has, and what difference they can find."""

from fotfeste.trial.errors import BadDesign
from fotfeste.trial.power.designs import Design, Means, TimeToEvent, TwoProportions
from fotfeste.trial.power.solving import Detectable, Losses, Power, Size, detectable, power, size

__all__ = [
    "BadDesign",
    "Design",
    "Detectable",
    "Losses",
    "Means",
    "Power",
    "Size",
    "TimeToEvent",
    "TwoProportions",
    "detectable",
    "power",
    "size",
]
