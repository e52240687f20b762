"""One indicator, quarter by quarter: a bar where there is a number, a word where it is hidden."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from fotfeste.charts.saving import ACCENT, INK, MUTED, drawing, plain

WIDTH, HEIGHT = 440, 150
PERCENT = "replace(datum.label, '%', '\u00a0%')"


def by_quarter(rows: Sequence[Mapping[str, Any]], *, benchmark: float | None = None, percent: bool = False) -> Any:
    """Draw the rows: ``quarter`` and its ``value``, None where nothing is told; ``label`` is written at the bar.

    Parameters
    ----------
    rows : sequence of mapping
        In the order they are drawn; shares from 0 to 1.
    benchmark : float, optional
        What others hold the number against: a dashed line.
    percent : bool, optional
        Whether the values are shares.
    """
    order = [row["quarter"] for row in rows]
    most = max([row["value"] for row in rows if row["value"] is not None] + [benchmark or 0, 0])
    x = alt.X("quarter:N", sort=order, axis=alt.Axis(title=None, labelAngle=0, ticks=False))
    scale = alt.Scale(domain=[0, 1 if percent else max(most, 1)])
    axis = alt.Axis(
        title=None, format="%" if percent else "d", labelExpr=PERCENT, tickCount=4, domain=False, ticks=False
    )
    bars = [{**row, "value": row["value"] or 0} for row in rows]
    drawn = drawing(bars).encode(x=x, y=alt.Y("value:Q", scale=scale, axis=axis))
    layers = [
        drawn.mark_bar(color=ACCENT, size=34),
        drawn.mark_text(baseline="bottom", dy=-3, color=INK).encode(text="label:N"),
    ]
    if benchmark is not None:
        line = drawing([{"value": benchmark}]).mark_rule(color=MUTED, strokeDash=[5, 3])
        layers.insert(0, line.encode(y=alt.Y("value:Q", scale=scale)))
    return plain(alt.layer(*layers).properties(width=WIDTH, height=HEIGHT))
