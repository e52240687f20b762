"""Whether small studies tell another story than large ones, and what the result would be without that."""

from fotfeste.evidence.bias.asymmetry import (
    Asymmetry,
    RankTest,
    begg,
    egger,
    regression_test,
)
from fotfeste.evidence.bias.excess_significance import ExcessSignificance, excess_significance
from fotfeste.evidence.bias.fail_safe import fail_safe_n, orwin_n, rosenberg_n, rosenthal_n
from fotfeste.evidence.bias.trim_and_fill import TrimFill, trim_and_fill

__all__ = [
    "Asymmetry",
    "ExcessSignificance",
    "RankTest",
    "TrimFill",
    "begg",
    "egger",
    "excess_significance",
    "fail_safe_n",
    "orwin_n",
    "regression_test",
    "rosenberg_n",
    "rosenthal_n",
    "trim_and_fill",
]
