"""Draws on the cost-effectiveness plane, and how sure the choice is by what one is willing to pay."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from fotfeste.charts.economics.words import EFFECTS, EFFECTS_OF_MANY, MONEY, NUMBERS, PER_CENT, unit
from fotfeste.charts.saving import ACCENT, INK, MUTED, drawing, plain

SIZE = 400
MOST = 2000
"""Points that are drawn; more are only darker."""


def plane(draws: Sequence[Mapping[str, float]], *, mean: Mapping[str, float], effect: str, currency: str) -> Any:
    """Extra effect across, extra cost upwards; the intervention against the reference in the middle."""
    x = alt.X("effect:Q", axis=alt.Axis(title=f"Ekstra {EFFECTS_OF_MANY[effect]} per deltaker", labelExpr=NUMBERS))
    y = alt.Y("cost:Q", axis=alt.Axis(title=f"Ekstra kostnad per deltaker, {unit(currency)}", labelExpr=MONEY))
    lines = (
        drawing([{"effect": 0.0}]).mark_rule(color=MUTED).encode(x="effect:Q"),
        drawing([{"cost": 0.0}]).mark_rule(color=MUTED).encode(y="cost:Q"),
    )
    points = drawing(list(draws[:MOST])).mark_point(filled=True, size=14, opacity=0.25, color=ACCENT).encode(x=x, y=y)
    middle = drawing([mean]).mark_point(shape="cross", filled=True, size=160, color=INK, opacity=1).encode(x=x, y=y)
    return plain(alt.layer(*lines, points, middle).properties(width=SIZE, height=SIZE))


def acceptability(rows: Sequence[Mapping[str, float]], *, effect: str, currency: str) -> Any:
    """Share of draws in which the intervention is worth its cost."""
    x = alt.X(
        "willingness_to_pay:Q",
        axis=alt.Axis(
            title=f"Betalingsvilje per {EFFECTS[effect]}, {unit(currency)}", labelExpr=MONEY, labelOverlap=True
        ),
    )
    y = alt.Y(
        "probability:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(title="Sannsynlighet for at det er verdt kostnaden", labelExpr=PER_CENT),
    )
    line = drawing(list(rows)).mark_line(color=ACCENT, strokeWidth=2, point={"color": ACCENT}).encode(x=x, y=y)
    return plain(line.properties(width=520, height=300))
