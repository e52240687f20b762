"""The answer as a function of how far ahead one looks."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from fotfeste.charts.economics.words import MONEY, NUMBERS, PAYERS, unit
from fotfeste.charts.saving import ACCENT, INK, MUTED, drawing, plain

WIDTH, HEIGHT = 520, 300
LINES = ("society", "public")
"""The perspectives that are drawn; the file's own comes in between where it is another."""


def horizon(
    months: Sequence[Mapping[str, Any]],
    *,
    perspective: str,
    currency: str,
    horizon: float,
    band: Sequence[Mapping[str, Any]] = (),
) -> Any:
    """Net benefit per participant so far, by month, with the interval that most draws lie in."""
    own = {**dict.fromkeys(LINES), perspective: None}
    rows = [
        {"month": row["month"], "value": row["net_benefit" if name == perspective else name], "who": PAYERS[name]}
        for name in own
        for row in months
    ]
    x = _months("month:Q", "Måneder etter oppstart", max(row["month"] for row in months))
    y_axis = alt.Axis(title=f"Netto nytte per deltaker så langt, {unit(currency)}", labelExpr=MONEY)
    colour = alt.Color(
        "who:N",
        title=None,
        scale=alt.Scale(domain=[PAYERS[n] for n in own], range=_colours(list(own), perspective)),
        legend=alt.Legend(orient="top"),
    )
    layers = [
        drawing([{"zero": 0.0}]).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(y="zero:Q"),
        drawing(rows).mark_line(strokeWidth=2).encode(x=x, y=alt.Y("value:Q", axis=y_axis), color=colour),
        drawing([{"month": horizon}]).mark_rule(color=INK, strokeDash=[6, 3]).encode(x="month:Q"),
    ]
    if band:
        area = drawing(list(band)).mark_area(color=ACCENT, opacity=0.15)
        layers.insert(0, area.encode(x=x, y=alt.Y("low:Q", axis=y_axis), y2="high:Q"))
    return plain(alt.layer(*layers).properties(width=WIDTH, height=HEIGHT))


def break_even_curve(points: Sequence[Mapping[str, Any]], *, title: str, now: float | None = None) -> Any:
    """The value at which the net benefit is zero, by horizon, and what the file says now."""
    rows = [row for row in points if row["value"] is not None]
    told = [row["value"] for row in rows] or [0.0]
    top = max(now or 0.0, sorted(told)[len(told) // 2]) * 3 or 1.0
    x = _months("horizon:Q", "Hvor langt fram det regnes, måneder", max(row["horizon"] for row in points))
    scale = alt.Scale(domain=[0, top])
    y = alt.Y("value:Q", axis=alt.Axis(title=title, labelExpr=NUMBERS), scale=scale)
    layers = [drawing(rows).mark_line(color=ACCENT, strokeWidth=2, clip=True).encode(x=x, y=y)]
    if now is not None:
        here = drawing([{"value": now, "told": "filen sier"}]).encode(y=y)
        name = here.mark_text(align="right", dy=-7, color=INK).encode(x=alt.value(WIDTH), text="told:N")
        layers += [here.mark_rule(color=INK, strokeDash=[6, 3]), name]
    return plain(alt.layer(*layers).properties(width=WIDTH, height=HEIGHT))


def _months(field: str, title: str, last: float) -> Any:
    """An axis of months with a mark each half year, or each whole one where they would be many."""
    step = 6 if last <= 60 else 12 * round(last / 120 + 0.5)
    marks = list(range(0, int(last) + 1, step))
    axis = alt.Axis(title=title, format="d", values=marks if len(marks) > 2 else alt.Undefined)
    return alt.X(field, axis=axis, scale=alt.Scale(domain=[0, last], nice=False))


def _colours(names: list[str], perspective: str) -> list[str]:
    others = iter((INK, "#c2571a"))
    return [ACCENT if name == perspective else next(others) for name in names]
