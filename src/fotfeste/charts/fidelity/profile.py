"""The profile of a review: every item's rating, with the one before it."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from fotfeste.charts.saving import ACCENT, INK, MUTED, drawing, plain
from fotfeste.fidelity import FidelityScore, Scale

BAR = 17


def fidelity_profile(score: FidelityScore, scale: Scale, *, before: Mapping[str, int] | None = None) -> Any:
    """Draw a bar for each item, and where there is a rating from before a ring at it.

    Parameters
    ----------
    score : FidelityScore
        The ratings; an item without one has no bar.
    scale : Scale
        The scale they are by: names, sections, lowest and highest.
    before : mapping of str to int, optional
        Earlier ratings by item, of a review by the same scale.
    """
    rows = [
        {
            "item": f"{item.number} {item.name_nb}",
            "rating": score.ratings[item.id],
            "before": (before or {}).get(item.id),
        }
        for item in scale.items
    ]
    y = alt.Y(
        "item:N",
        scale=alt.Scale(domain=[str(row["item"]) for row in rows]),
        axis=alt.Axis(title=None, labelLimit=320, ticks=False, domain=False),
    )
    values = list(range(scale.lowest, scale.highest + 1))
    x = alt.X(
        "rating:Q",
        scale=alt.Scale(domain=[0, scale.highest], nice=False),
        axis=alt.Axis(title=None, values=values, format="d", orient="top", grid=True, gridColor="#e3e7eb"),
    )
    rated = drawing([row for row in rows if row["rating"] is not None])
    layers = [
        rated.mark_bar(color=ACCENT, size=BAR * 0.6).encode(x=x, y=y),
        rated.mark_text(align="left", dx=5, color=INK).encode(x=x, y=y, text="rating:Q"),
    ]
    if earlier := [row for row in rows if row["before"] is not None]:
        ring = drawing(earlier).mark_point(size=45, stroke=INK, fill="white", strokeWidth=1.5, opacity=1)
        layers.append(ring.encode(x=alt.X("before:Q"), y=y))
    edge = drawing([{"x": 0}]).mark_rule(color=MUTED).encode(x="x:Q")
    return plain(alt.layer(*layers, edge).properties(width=280, height=BAR * len(rows)))
