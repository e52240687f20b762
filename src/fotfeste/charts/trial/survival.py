"""The survival curve: who has not had the event yet, in each arm, with how many are still followed below."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np

from fotfeste.charts.evidence.words import Language, axis_labels
from fotfeste.charts.saving import ACCENT, INK, drawing, plain
from fotfeste.charts.trial.words import word
from fotfeste.trial.analysis.survival import Curve

COLOURS = (ACCENT, "#b44a00", "#3f7d3c", "#6b4ba1")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])
"""Arms differ by dash as well as colour, for those who do not tell colours apart."""
WIDTH = 460


def survival_curve(
    curves: Mapping[str, Curve], *, names: Mapping[str, str], lang: Language = "nb", step: int = 90
) -> Any:
    """Draw one step a time of the event. ``step`` is the days between the counts below."""
    last = max(curve.longest for curve in curves.values())
    shown = [names[arm] for arm in curves]
    rows, bands = [], []
    for arm, curve in curves.items():
        times = np.concatenate(([0.0], curve.times, [curve.longest]))
        lines = [
            np.concatenate(([1.0], v, v[-1:] if v.size else [1.0]))
            for v in (curve.survival, curve.ci_low, curve.ci_high)
        ]
        for day, share, low, high in zip(times, *lines, strict=True):
            rows.append({"day": float(day), "share": float(share), "arm": names[arm]})
            bands.append({"day": float(day), "low": float(low), "high": float(high), "arm": names[arm]})
    x_scale = alt.Scale(domain=[0, last], nice=False)
    axis = alt.Axis(title=word("days", lang), labelExpr=axis_labels(lang), format="~f", values=_marks(last, step))
    colour = alt.Color(
        "arm:N",
        scale=alt.Scale(domain=shown, range=list(COLOURS[: len(shown)])),
        title=None,
        legend=alt.Legend(orient="top", symbolType="stroke", symbolOpacity=1, symbolStrokeWidth=3, labelLimit=300),
    )
    dash = alt.StrokeDash("arm:N", scale=alt.Scale(domain=shown, range=list(DASHES[: len(shown)])), title=None)
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(title=word("without", lang), format="%", labelExpr=axis_labels(lang)),
    )
    curve_layer = alt.layer(
        drawing(bands)
        .mark_area(interpolate="step-after", opacity=0.12)
        .encode(x=alt.X("day:Q", scale=x_scale), y="low:Q", y2="high:Q", color=colour),
        drawing(rows)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(x=alt.X("day:Q", scale=x_scale, axis=axis), y=y, color=colour, strokeDash=dash),
    ).properties(width=WIDTH, height=300)
    counts = [
        {"day": float(day), "arm": names[arm], "n": int(_followed(curve, day))}
        for arm, curve in curves.items()
        for day in _marks(last, step)
    ]
    below = (
        drawing(counts)
        .mark_text(color=INK)
        .encode(
            x=alt.X("day:Q", scale=x_scale, axis=None),
            y=alt.Y(
                "arm:N",
                sort=shown,
                axis=alt.Axis(
                    title=word("at_risk", lang),
                    titleAngle=0,
                    titleAlign="left",
                    titleAnchor="start",
                    titleY=-8,
                    domain=False,
                    ticks=False,
                    labelLimit=220,
                    labelPadding=18,
                ),
            ),
            text="n:Q",
        )
        .properties(width=WIDTH, height=22 * len(shown))
    )
    return plain(alt.vconcat(curve_layer, below, spacing=22))


def _marks(last: float, step: int) -> list[int]:
    return list(range(0, int(last) + 1, step))


def _followed(curve: Curve, day: float) -> int:
    """How many neither had the event nor were censored before the day."""
    return int((curve.followed >= day).sum())
