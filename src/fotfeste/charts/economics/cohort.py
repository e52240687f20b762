"""Where people are, cycle by cycle, in each arm."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from fotfeste.charts.economics.words import PER_CENT
from fotfeste.charts.saving import drawing, plain

PALETTE = ("#9fb3c8", "#0b5cad", "#4c9f70", "#c2571a", "#7b5ea7", "#d9b44a", "#52606d", "#e08e8e")


def states(rows: Sequence[Mapping[str, Any]], *, names: Sequence[str], arms: Sequence[str]) -> Any:
    """Shares stacked to all, one panel an arm. A row has ``arm``, ``month``, ``state`` and ``share``."""
    order = {name: i for i, name in enumerate(names)}
    colour = alt.Color(
        "state:N",
        title=None,
        sort=list(names),
        scale=alt.Scale(domain=list(names), range=[PALETTE[i % len(PALETTE)] for i in range(len(names))]),
        legend=alt.Legend(orient="top"),
    )
    panels = []
    for place, arm in enumerate(arms):
        own = [{**row, "order": order[row["state"]]} for row in rows if row["arm"] == arm]
        y_axis = alt.Axis(title="Andel av deltakerne" if place == 0 else None, labelExpr=PER_CENT)
        panel = (
            drawing(own)
            .mark_area()
            .encode(
                x=alt.X("month:Q", axis=alt.Axis(title="Måneder", format="d"), scale=alt.Scale(nice=False)),
                y=alt.Y("share:Q", stack="zero", scale=alt.Scale(domain=[0, 1]), axis=y_axis),
                color=colour,
                order="order:Q",
            )
        )
        panels.append(panel.properties(width=260, height=240, title=arm))
    return plain(alt.hconcat(*panels))
