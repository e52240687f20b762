"""Whether small studies tell another story than large ones, and what the result would be without that."""

from fotfeste.evidence.bias.asymmetry import (
    Asymmetry,
    PetPeese,
    RankTest,
    begg,
    egger,
    harbord,
    pet_peese,
    peters,
    regression_test,
)
from fotfeste.evidence.bias.excess_significance import ExcessSignificance, excess_significance
from fotfeste.evidence.bias.fail_safe import fail_safe_n, orwin_n, rosenberg_n, rosenthal_n
from fotfeste.evidence.bias.trim_and_fill import TrimFill, trim_and_fill

__all__ = [
    "Asymmetry",
    "ExcessSignificance",
    "PetPeese",
    "RankTest",
    "TrimFill",
    "begg",
    "egger",
    "excess_significance",
    "fail_safe_n",
    "harbord",
    "orwin_n",
    "pet_peese",
    "peters",
    "regression_test",
    "rosenberg_n",
    "rosenthal_n",
    "trim_and_fill",
]
