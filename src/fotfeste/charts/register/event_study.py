"""The event study: the effect before and after exposure, beside what two-way fixed effects say."""

from typing import Any

import altair as alt

from fotfeste.charts.evidence.words import Language, axis_labels
from fotfeste.charts.saving import ACCENT, MUTED, drawing, plain
from fotfeste.register.effect.between import AreaEffect

WORDS = {
    "nb": {
        "since": "Perioder siden tiltaket kom",
        "effect": "Effekt",
        "staggered": "Mot områder uten tiltaket (Callaway og Sant’Anna)",
        "two_way": "Toveis faste effekter",
    },
    "en": {
        "since": "Periods since exposure",
        "effect": "Effect",
        "staggered": "Against areas not exposed (Callaway and Sant’Anna)",
        "two_way": "Two-way fixed effects",
    },
}
BESIDE = 0.12
"""Periods between the marks of the two estimators."""


def event_study(told: AreaEffect, *, lang: Language = "nb") -> Any:
    """Draw both estimators with their intervals; the period before exposure is the reference, and 0."""
    words = WORDS[lang]
    rows = [
        row
        | {"name": words[row["estimator"]], "x": row["since"] + (BESIDE if row["estimator"] == "two_way" else -BESIDE)}
        for row in event_rows(told)
    ]
    x = alt.X("x:Q", axis=alt.Axis(title=words["since"], tickMinStep=1))
    y = alt.Y("estimate:Q", axis=alt.Axis(title=words["effect"], labelExpr=axis_labels(lang)))
    colour = alt.Color(
        "name:N",
        scale=alt.Scale(domain=[words["staggered"], words["two_way"]], range=[ACCENT, MUTED]),
        legend=alt.Legend(title=None, orient="top", labelLimit=400),
    )
    base = drawing(rows)
    none = drawing([{"y": 0}]).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(y="y:Q")
    begins = drawing([{"x": -0.5}]).mark_rule(color=MUTED).encode(x="x:Q")
    intervals = base.mark_rule(strokeWidth=2).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", color=colour)
    points = base.mark_point(filled=True, size=60, opacity=1).encode(x=x, y=y, color=colour)
    return plain(alt.layer(none, begins, intervals, points).properties(width=520, height=280))


def event_rows(told: AreaEffect) -> list[dict[str, Any]]:
    """The numbers of the figure."""
    right = [(one.since, one.effect) for one in told.staggered.event_study]
    return [
        {"since": since, "estimator": name, "estimate": e.estimate, "low": e.ci_low, "high": e.ci_high}
        for name, effects in (("staggered", right), ("two_way", told.two_way.event_study))
        for since, e in effects
    ]
