"""The posterior of the mean effect, and of the effect in a new study."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from fotfeste.charts.evidence.words import RATIOS, Language, axis_labels, measure_name, word
from fotfeste.charts.saving import ACCENT, INK, MUTED, drawing, plain


def posterior(
    rows: Sequence[Mapping[str, Any]], threshold: float, *, lang: Language = "nb", measure: str = "RR"
) -> Any:
    """Draw densities with ``curve`` mean or new, on the scale they were pooled on, and the threshold."""
    title = f"{measure_name(measure, lang)} (log)" if measure in RATIOS else measure_name(measure, lang)
    names = {"mean": word("posterior_mean", lang), "new": word("posterior_new", lang)}
    x = alt.X("effect:Q", axis=alt.Axis(title=title, labelExpr=axis_labels(lang), tickCount=8))
    colours = alt.Color(
        "name:N",
        scale=alt.Scale(domain=list(names.values()), range=[ACCENT, MUTED]),
        legend=alt.Legend(title=None, orient="top"),
    )
    curves = (
        drawing([{**row, "name": names[row["curve"]]} for row in rows])
        .mark_area(opacity=0.25, line=True)
        .encode(x=x, y=alt.Y("density:Q", stack=None, axis=None), color=colours)
    )
    limit = drawing([{"x": threshold}]).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="x:Q")
    return plain(alt.layer(curves, limit).properties(width=460, height=240))
