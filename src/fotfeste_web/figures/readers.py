"""The results as those without access to people see them: what is small is hidden before it is stored."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fotfeste.indicators.definitions import indicator_definition
from fotfeste.periods import add_months

from .cells import SMALLEST_SHOWN
from .disclosure import hidden
from .relations import Count, counts_of, relations_of
from .year import OF_A_YEAR

DAY = timedelta(days=1)
DEAR = {"parts": 1, "left_out": 1, "n": 3, "of": 12}  # a denominator is hidden last: without it a number says little


def for_readers(results: Mapping[str, Any]) -> dict[str, Any]:
    """Hide small counts and all they could be found by. None stands for what is hidden.

    Job specialists, and who of the denominator was on pause or in work at the start, are left out whole. A figure
    that follows people for a time is there when the last of its span could have been followed so long: so it does
    not change with each one who has.
    """
    until = date.fromisoformat(results["until"])
    ends = {span: date.fromisoformat(end) for span, _, end in results["spans"]}
    kept = {
        figure: {
            span: {name: value for name, value in cell.items() if name != "groups"}
            for span, cell in cells.items()
            if followed_until(figure, cell["version"], ends[span]) <= until
        }
        for figure, cells in results["figures"].items()
    }
    counts = counts_of(kept)
    on_page = set(counts)
    relations = relations_of(counts, list(ends))
    away = hidden(counts, on_page, relations, dear=lambda key: DEAR[key[2]] + counts[key] / 100)
    shown = {
        figure: {span: _shown(cell, span, figure, away) for span, cell in cells.items()}
        for figure, cells in kept.items()
    }
    return {"until": results["until"], "spans": results["spans"], "figures": shown}


def followed_until(figure: str, version: int, end: date) -> date:
    """The day by which everybody of a span has been followed as long as the figure asks."""
    if figure.startswith(OF_A_YEAR):
        return end - DAY
    definition = indicator_definition(figure, version)
    if definition.outcome:
        return add_months(end - DAY, definition.outcome.months)
    return end - DAY + timedelta(weeks=definition.of_weeks)


def _shown(cell: Mapping[str, Any], span: str, figure: str, away: set[Count]) -> dict[str, Any]:
    def unless_hidden(value: int | None, name: str, which: str = "") -> int | None:
        return None if (span, figure, name, which) in away else value

    if "n" not in cell:  # the job specialists' posts: nobody's who gets help
        return dict(cell)
    told = {"version": cell["version"], "n": unless_hidden(cell["n"], "n")}
    if cell.get("of") is not None:
        told["of"] = unless_hidden(cell["of"], "of")
    for name in ("parts", "left_out"):
        if cell.get(name):
            told[name] = {which: unless_hidden(n, name, which) for which, n in cell[name].items()}
    if "median" in cell:
        told["median"] = cell["median"] if (told["n"] or 0) >= SMALLEST_SHOWN else None
    return told
