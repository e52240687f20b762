"""The effect curve: how many are in work in each arm, month by month, and the difference with its interval."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from fotfeste.charts.evidence.words import Language, axis_labels
from fotfeste.charts.saving import ACCENT, INK, MUTED, drawing, plain
from fotfeste.register.effect.trial import TrialEffect

WORDS = {
    "nb": {
        "month": "Måneder etter inklusjon",
        "share": "Andel med utfallet (prosent)",
        "mean": "Gjennomsnitt",
        "RD": "Forskjell (prosentpoeng)",
        "MD": "Forskjell i gjennomsnitt",
    },
    "en": {
        "month": "Months since inclusion",
        "share": "Share with the outcome (per cent)",
        "mean": "Mean",
        "RD": "Difference (percentage points)",
        "MD": "Difference in means",
    },
}


def effect_curve(told: TrialEffect, *, names: Mapping[str, str] | None = None, lang: Language = "nb") -> Any:
    """Draw the arms above and their difference below; months that are held back leave a gap.

    ``names`` are what the arms are called.
    """
    rows = curve_rows(told)
    of = names or {}
    share = told.by_month[0].difference is None or any(row["measure"] == "RD" for row in rows)
    last = max(effect.month for effect in told.by_month)
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(
            title=WORDS[lang]["month"], tickMinStep=1, values=list(range(0, last + 1, 6 if last > 11 else 1))
        ),
    )
    arms = [
        {"month": row["month"], "arm": arm, "name": of.get(arm, arm), "mean": row[key]}
        for row in rows
        for arm, key in ((told.intervention, "intervention"), (told.control, "control"))
    ]
    colour = alt.Color(
        "arm:N",
        scale=alt.Scale(domain=[told.intervention, told.control], range=[ACCENT, MUTED]),
        legend=None,
    )
    y = alt.Y("mean:Q", axis=alt.Axis(title=WORDS[lang]["share" if share else "mean"], labelExpr=axis_labels(lang)))
    lines = drawing(arms).mark_line(strokeWidth=2).encode(x=x, y=y, color=colour)
    ends = [row for row in arms if row["month"] == max(one["month"] for one in arms)]
    labels = drawing(ends).mark_text(align="left", dx=6).encode(x=x, y=alt.Y("mean:Q"), text="name:N", color=colour)
    measure = WORDS[lang]["RD" if share else "MD"]
    y_low = alt.Y("low:Q", axis=alt.Axis(title=measure, labelExpr=axis_labels(lang)), scale=alt.Scale(zero=True))
    base = drawing(rows)
    none = drawing([{"y": 0}]).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(y="y:Q")
    band = base.mark_area(opacity=0.2, color=ACCENT).encode(x=x, y=y_low, y2="high:Q")
    middle = base.mark_line(color=INK, strokeWidth=2).encode(x=x, y=alt.Y("estimate:Q"))
    top = alt.layer(lines, labels).properties(width=520, height=220)
    bottom = alt.layer(none, band, middle).properties(width=520, height=180)
    return plain(alt.vconcat(top, bottom, spacing=16))


def curve_rows(told: TrialEffect) -> list[dict[str, Any]]:
    """The numbers of the figure: per cent and percentage points for shares."""
    rows = []
    for effect in told.by_month:
        if effect.difference is None or effect.intervention is None or effect.control is None:
            continue
        times = 100 if effect.difference.measure == "RD" else 1
        estimate, low, high = (times * value for value in effect.difference.shown)
        rows.append(
            {
                "month": effect.month,
                "intervention": times * effect.intervention.mean,
                "control": times * effect.control.mean,
                "measure": effect.difference.measure,
                "estimate": estimate,
                "low": low,
                "high": high,
            }
        )
    return rows
