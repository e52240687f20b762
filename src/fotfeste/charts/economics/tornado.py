"""What each uncertain input means for the answer, alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from fotfeste.charts.economics.words import MONEY, unit
from fotfeste.charts.saving import ACCENT, INK, drawing, plain

LOW_COLOUR = "#c2571a"


def tornado(swings: Sequence[Mapping[str, Any]], *, net_benefit: float, currency: str) -> Any:
    """Bars from the net benefit as the file has it to what it is with the input low and high. A swing has ``name``,
    ``at_low`` and ``at_high``; the widest stands on top."""
    rows = [
        {"name": swing["name"], "start": net_benefit, "end": swing[key], "side": side}
        for swing in swings
        for key, side in (("at_low", "lav verdi"), ("at_high", "høy verdi"))
    ]
    y = alt.Y("name:N", sort=[s["name"] for s in swings], axis=alt.Axis(title=None, labelLimit=320))
    x = alt.X(
        "start:Q",
        scale=alt.Scale(zero=False),
        axis=alt.Axis(title=f"Netto nytte per deltaker, {unit(currency)}", labelExpr=MONEY, labelOverlap=True),
    )
    colour = alt.Color(
        "side:N",
        title=None,
        scale=alt.Scale(domain=["lav verdi", "høy verdi"], range=[LOW_COLOUR, ACCENT]),
        legend=alt.Legend(orient="top"),
    )
    bars = drawing(rows).mark_bar(height=16).encode(x=x, x2="end:Q", y=y, color=colour)
    base = drawing([{"base": net_benefit}]).mark_rule(color=INK).encode(x="base:Q")
    return plain(alt.layer(bars, base).properties(width=400, height=28 * max(len(swings), 1) + 20))
