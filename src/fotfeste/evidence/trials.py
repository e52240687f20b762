"""The randomised trials of IPS, and the labour law of the countries where they were done."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from fotfeste.files import Cells, read_cells


def trials_path() -> Path:
    return Path(str(files("fotfeste.evidence") / "data" / "ips_trials.csv"))


def policy_path() -> Path:
    return Path(str(files("fotfeste.evidence") / "data" / "ips_country_policy.csv"))


def load_trials(*, recalled: bool = False) -> Cells:
    """The trials whose figures were read in a published text; with ``recalled``, also those that were not read
    again."""
    table = read_cells(trials_path())
    return table if recalled else table.only([v == "seen" for v in table.text("verified")])


@dataclass(frozen=True, slots=True)
class PolicyFigure:
    country: str
    indicator: str
    year: int
    value: float


@cache
def _policy() -> tuple[PolicyFigure, ...]:
    with policy_path().open(encoding="utf-8", newline="") as source:
        return tuple(
            PolicyFigure(row["country"], row["indicator"], int(row["year"]), float(row["value"]))
            for row in csv.DictReader(source)
        )


def policy_at(country: str, indicator: str, year: int, *, within: int = 3) -> PolicyFigure | None:
    """The figure of the year, or of the nearest year at most ``within`` years off, the earlier one of two equally
    near."""
    found = [f for f in _policy() if f.country == country and f.indicator == indicator and abs(f.year - year) <= within]
    return min(found, key=lambda f: (abs(f.year - year), f.year), default=None)


def policy_indicators() -> tuple[str, ...]:
    return tuple(sorted({f.indicator for f in _policy()}))
