"""The randomised trials of IPS, and the labour law of the countries where they were done."""

from dataclasses import dataclass, replace
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
    table = read_cells(policy_path())
    columns = (table.text("country"), table.text("indicator"), table.numbers("year"), table.numbers("value"))
    return tuple(PolicyFigure(c, i, int(year), float(value)) for c, i, year, value in zip(*columns, strict=True))


def policy_at(country: str, indicator: str, year: int, *, within: int = 3) -> PolicyFigure | None:
    """The figure of the year, or of the nearest year at most ``within`` years off, the earlier one of two equally
    near."""
    found = [f for f in _policy() if f.country == country and f.indicator == indicator and abs(f.year - year) <= within]
    return min(found, key=lambda f: (abs(f.year - year), f.year), default=None)


def with_policy(table: Cells, column: str, indicator: str, *, within: int = 3) -> Cells:
    """The table with a figure of each trial's country in its ``year``, or the nearest within; blank where none is.

    ``column`` holds the figure and ``column_year`` the year it is of.
    """
    found = [
        policy_at(country, indicator, int(year), within=within)
        for country, year in zip(table.text("country"), table.numbers("year"), strict=True)
    ]
    values = tuple("" if f is None else repr(f.value) for f in found)
    years = tuple("" if f is None else str(f.year) for f in found)
    return replace(table, columns={**table.columns, column: values, f"{column}_year": years})


def policy_indicators() -> tuple[str, ...]:
    return tuple(sorted({f.indicator for f in _policy()}))
