"""The forest plot: each study's interval, the pooled effect as a diamond, and where a new study may fall."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np

from fotfeste.charts.evidence.words import (
    LONGEST,
    RATIOS,
    Language,
    axis_labels,
    decimal,
    measure_name,
    percent,
    short,
    told_apart,
    word,
)
from fotfeste.charts.saving import ACCENT, INK, MUTED, drawing, plain

LETTER = 6.6


def forest(
    rows: Sequence[Mapping[str, Any]],
    *,
    lang: Language = "nb",
    measure: str = "RR",
    title: str = "",
    level: float = 0.95,
    groups: tuple[str, str] | None = None,
) -> Any:
    """Draw rows of kind ``study``, ``heading`` and ``pooled`` from the top, effects on the scale they were pooled on.

    ``groups``: what the effect is of, and what it is compared with; IPS and control without.
    """
    one, two = groups or (word("one", lang), word("two", lang))
    interval = word("ci", lang, level=f"{100 * level:g}")
    ratio = measure in RATIOS
    back = np.exp if ratio else np.asarray
    step = 22 if len(rows) <= 60 else 14
    drawn, polygons, predictions = [], [], []
    cut: list[dict[str, Any]] = []
    shown = _range(rows)

    def inside(row: Mapping[str, Any], ends: tuple[str, str], y: float, colour: str) -> list[float]:
        """Both ends as they are drawn; one that lies outside gets an arrow."""
        beyond = (row[ends[0]] < shown[0], row[ends[1]] > shown[1])
        places = [float(back(np.clip(row[end], *shown))) for end in ends]
        cut.extend(
            {"y": y, "x": place, "to": to, "colour": colour}
            for place, to, is_cut in zip(places, ("left", "right"), beyond, strict=True)
            if is_cut
        )
        return places

    for i, (row, name) in enumerate(zip(rows, _names(rows, lang), strict=True)):
        line: dict[str, Any] = {
            "y": i,
            "name": name,
            "kind": row["kind"],
            "counts1": row.get("counts1", ""),
            "counts2": row.get("counts2", ""),
        }
        if "effect" in row:
            low, high = inside(row, ("ci_low", "ci_high"), i, INK if row["kind"] == "study" else ACCENT)
            line |= {
                "effect": float(back(row["effect"])),
                "low": low,
                "high": high,
                "size": min(30 + 14 * (row.get("weight") or 4), 260),
                "text": _interval(back, row, lang),
                "weight": "" if row.get("weight") is None else percent(row["weight"], lang, 1),
            }
        if row["kind"] == "pooled":
            centre = float(back(row["effect"]))
            for order, (across, down) in enumerate(
                ((line["low"], i), (centre, i - 0.32), (line["high"], i), (centre, i + 0.32), (line["low"], i))
            ):
                polygons.append({"row": i, "order": order, "x": across, "yy": down})
            if row.get("pi_low") is not None and row["pi_low"] < row["ci_low"]:
                limits = inside(row, ("pi_low", "pi_high"), i + 0.5, ACCENT)
                predictions.append({"y": i + 0.5, "low": limits[0], "high": limits[1]})
        drawn.append(line)
    last = rows[-1]
    prediction = _limits(back, last, ("pi_low", "pi_high"), lang) if predictions else ""
    height = step * (len(rows) + 1)
    y_scale = alt.Scale(domain=[-1, len(rows)], reverse=True, nice=False, zero=False)
    y = alt.Y("y:Q", scale=y_scale, axis=None)
    x_scale = alt.Scale(
        type="log" if ratio else "linear", domain=[float(back(shown[0])), float(back(shown[1]))], nice=False, clamp=True
    )
    axis = alt.Axis(
        title=[
            measure_name(measure, lang),
            f"← {word('favours', lang, group=two)}   |   {word('favours', lang, group=one)} →",
            *([word("prediction", lang, interval=prediction)] if predictions else []),
        ],
        labelExpr=axis_labels(lang),
        **_ticks(shown, ratio),
    )
    base = drawing(drawn)
    x = alt.X("low:Q", scale=x_scale, axis=axis)
    studies = base.transform_filter("datum.kind == 'study'")
    none = (
        drawing([{"x": 1.0 if ratio else 0.0}])
        .mark_rule(color=MUTED, strokeDash=[3, 3])
        .encode(x=alt.X("x:Q", scale=x_scale))
    )
    bars = studies.mark_rule(color=INK).encode(x=x, x2="high:Q", y=y)
    points = studies.mark_point(shape="square", filled=True, opacity=1, color=ACCENT).encode(
        x=alt.X("effect:Q", scale=x_scale), y=y, size=alt.Size("size:Q", scale=None)
    )
    layers = [none, bars, points]
    if polygons:
        layers.append(
            drawing(polygons)
            .mark_line(filled=True, fill=ACCENT, stroke=ACCENT)
            .encode(
                x=alt.X("x:Q", scale=x_scale),
                y=alt.Y("yy:Q", scale=y_scale, axis=None),
                order="order:Q",
                detail="row:N",
            )
        )
    if predictions:
        layers.append(
            drawing(predictions)
            .mark_rule(color=ACCENT, strokeWidth=3, opacity=0.45)
            .encode(x=alt.X("low:Q", scale=x_scale), x2="high:Q", y=y)
        )
    layers += [
        drawing([end for end in cut if end["to"] == to])
        .mark_point(shape=f"triangle-{to}", filled=True, opacity=1, size=40)
        .encode(x=alt.X("x:Q", scale=x_scale), y=y, color=alt.Color("colour:N", scale=None))
        for to in ("left", "right")
    ]
    middle = alt.layer(*layers).properties(width=340, height=height)
    longest = max((len(str(line["name"])) for line in drawn), default=5)
    columns = [_column(drawn, "name", word("study", lang), int(LETTER * longest) + 10, height, y, left=True)]
    if any(line["counts1"] for line in drawn):
        columns += [
            _column(drawn, f"counts{i}", name, max(62, int(LETTER * len(name)) + 8), height, y)
            for i, name in ((1, one), (2, two))
        ]
    right = [
        _column(
            drawn,
            "text",
            f"{measure if measure != 'GEN' else word('pooled', lang)} [{interval}]",
            150,
            height,
            y,
        )
    ]
    if any(line.get("weight") for line in drawn):
        right.append(_column(drawn, "weight", word("weight", lang), 52, height, y))
    chart = alt.hconcat(*columns, middle, *right, spacing=6)
    return plain(chart.properties(title=title) if title else chart)


def _column(
    drawn: list[dict[str, Any]], field: str, heading: str, width: int, height: int, y: Any, *, left: bool = False
) -> Any:
    rows = [{"y": -0.9, "told": heading, "bold": True}]
    rows += [{"y": line["y"], "told": line.get(field, ""), "bold": line["kind"] != "study"} for line in drawn]
    place: dict[str, Any] = {"align": "left" if left else "right", "baseline": "middle", "color": INK}
    marks = [
        drawing([r for r in rows if r["bold"] is bold])
        .mark_text(fontWeight="bold" if bold else "normal", **place)
        .encode(y=y, x=alt.value(0 if left else width), text="told:N")
        for bold in (True, False)
    ]
    return alt.layer(*marks).properties(width=width, height=height)


def _interval(back: Any, row: Mapping[str, Any], lang: Language) -> str:
    return f"{_number(back(row['effect']), lang)} {_limits(back, row, ('ci_low', 'ci_high'), lang)}"


def _limits(back: Any, row: Mapping[str, Any], ends: tuple[str, str], lang: Language) -> str:
    low, high = (_number(back(row[end]), lang) for end in ends)
    return f"[{low}; {high}]"


def _names(rows: Sequence[Mapping[str, Any]], lang: Language) -> list[str]:
    studies = iter(told_apart([str(row["study"]) for row in rows if row["kind"] == "study"], LONGEST))
    return [next(studies) if row["kind"] == "study" else _name(row, lang) for row in rows]


def _name(row: Mapping[str, Any], lang: Language) -> str:
    """The pooled effect says how much the studies differ."""
    name = short(str(row.get("study") or word("pooled", lang)), LONGEST)
    if row["kind"] != "pooled" or row.get("i2") is None:
        return name
    return f"{name} (I² {percent(row['i2'], lang)}, τ² {decimal(row['tau2'], lang)})"


def _number(value: Any, lang: Language) -> str:
    size = abs(float(value))
    return decimal(float(value), lang, 2 if size < 100 else 0).replace("-", "\N{MINUS SIGN}")


def _range(rows: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """What is shown: everything, unless a few wide intervals would press the others together; those get arrows.

    The interval of what is pooled of all, the last row, is given more room than the others.
    """
    effects = np.array([row["effect"] for row in rows if "effect" in row])
    if effects.size == 0:
        return -1.0, 1.0
    ends = [row[n] for row in rows for n in ("ci_low", "ci_high", "pi_low", "pi_high") if row.get(n) is not None]
    wide = [row["ci_high"] - row["ci_low"] for row in rows if row["kind"] == "study"]
    spread = max(float(np.ptp(effects)), float(np.median(wide)) if wide else 0.0, 0.5)
    least, most = float(effects.min()), float(effects.max())
    low, high = max(min(ends), least - 0.6 * spread), min(max(ends), most + 0.6 * spread)
    if rows[-1]["kind"] == "pooled":
        low = min(low, max(rows[-1]["ci_low"], least - 2 * spread))
        high = max(high, min(rows[-1]["ci_high"], most + 2 * spread))
    margin = 0.04 * (max(high, 0.0) - min(low, 0.0))
    return min(low, 0.0) - margin, max(high, 0.0) + margin


def _ticks(shown: tuple[float, float], ratio: bool) -> dict[str, Any]:
    if not ratio:
        return {"tickCount": 6}
    marks = [
        m for m in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if shown[0] <= np.log(m) <= shown[1]
    ]
    return {"values": marks, "format": "~g"}
