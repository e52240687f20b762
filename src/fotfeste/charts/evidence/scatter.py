"""Figures of points: funnel, bubble, Baujat, GOSH, radial and L'Abbé."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np

from fotfeste.charts.evidence.words import RATIOS, Language, axis_labels, measure_name, told_apart, word
from fotfeste.charts.saving import ACCENT, INK, MUTED, drawing, plain


def _axis(title: str | list[str], lang: Language) -> Any:
    return alt.Axis(title=title, labelExpr=axis_labels(lang), tickCount=6, format="~f")


def _effect_title(measure: str, lang: Language) -> str:
    return f"{measure_name(measure, lang)} (log)" if measure in RATIOS else measure_name(measure, lang)


def funnel(told: Mapping[str, Any], *, lang: Language = "nb", measure: str = "RR") -> Any:
    """Effects against standard errors, with contours of p around no effect and the imputed studies open."""
    points = told["points"]
    deepest = max(p["se"] for p in points) * 1.05
    centre = told["centre"]
    # From the outside in: beyond 0.01, between 0.05 and 0.01, between 0.10 and 0.05, inside 0.10.
    bands = ((1.6448536, "#ffffff"), (1.959964, "#d9e2ec"), (2.5758293, "#bcccdc"))
    domain = max(abs(p["effect"]) for p in points) * 1.1
    x_scale = alt.Scale(
        domain=[min(-domain, centre - 2.58 * deepest), max(domain, centre + 2.58 * deepest)], nice=False
    )
    y_scale = alt.Scale(domain=[0, deepest], reverse=True, nice=False)
    layers: list[Any] = []
    for z, colour in reversed(bands):
        area = [{"x": -z * deepest, "x2": z * deepest, "se": deepest}, {"x": 0.0, "x2": 0.0, "se": 0.0}]
        layers.append(
            drawing(area)
            .mark_area(color=colour, orient="horizontal", opacity=1, clip=True)
            .encode(y=alt.Y("se:Q", scale=y_scale), x=alt.X("x:Q", scale=x_scale), x2="x2:Q")
        )
    lines = [{"x": centre + s * 1.96 * se, "se": se, "side": s} for s in (-1, 0, 1) for se in (0.0, deepest)]
    layers.append(
        drawing(lines)
        .mark_line(color=INK, strokeDash=[4, 3], strokeWidth=1, clip=True)
        .encode(x=alt.X("x:Q", scale=x_scale), y=alt.Y("se:Q", scale=y_scale), detail="side:N")
    )
    x = alt.X("effect:Q", scale=x_scale, axis=_axis([_effect_title(measure, lang), word("contours", lang)], lang))
    y = alt.Y("se:Q", scale=y_scale, axis=_axis(word("se", lang), lang))
    layers += [
        drawing([p for p in points if p["filled"] is filled])
        .mark_point(filled=not filled, color=ACCENT, opacity=1, size=55)
        .encode(x=x, y=y, tooltip=["study:N", "effect:Q", "se:Q"])
        for filled in (False, True)
    ]
    return plain(alt.layer(*layers).properties(width=460, height=360))


def bubble(
    points: Sequence[Mapping[str, Any]],
    band: Sequence[Mapping[str, Any]],
    moderator: str,
    *,
    lang: Language = "nb",
    measure: str = "RR",
) -> Any:
    """Effects against a moderator, sized by weight, with the line, its interval and the prediction interval."""
    room = alt.Scale(zero=False, padding=14)  # for the points at the ends
    x = alt.X("x:Q", scale=room, axis=_axis(moderator, lang))
    line = drawing(list(band))
    y_axis = _axis(_effect_title(measure, lang), lang)
    return plain(
        alt.layer(
            line.mark_area(color=ACCENT, opacity=0.10).encode(
                x=x, y=alt.Y("pi_low:Q", axis=y_axis, scale=room), y2="pi_high:Q"
            ),
            line.mark_area(color=ACCENT, opacity=0.22).encode(x=x, y="ci_low:Q", y2="ci_high:Q"),
            line.mark_line(color=ACCENT).encode(x=x, y="effect:Q"),
            drawing(list(points))
            .mark_point(filled=True, color=INK, opacity=0.65)
            .encode(
                x=x,
                y="effect:Q",
                size=alt.Size("weight:Q", legend=None, scale=alt.Scale(range=[20, 420])),
                tooltip=["study:N", "x:Q", "effect:Q"],
            ),
        ).properties(width=460, height=340)
    )


def baujat(rows: Sequence[Mapping[str, Any]], *, lang: Language = "nb") -> Any:
    """Which studies make the heterogeneity, and which move the result."""
    base = drawing([{n: r[n] for n in ("study", "baujat_x", "baujat_y")} for r in rows]).encode(
        x=alt.X("baujat_x:Q", axis=_axis(word("baujat_x", lang), lang)),
        y=alt.Y("baujat_y:Q", axis=_axis(word("baujat_y", lang), lang)),
    )
    names = (
        _far_names(rows)
        .mark_text(align="left", dx=6, dy=-4, color=INK, fontSize=11)
        .encode(x="baujat_x:Q", y="baujat_y:Q", text="name:N")
    )
    return plain(
        alt.layer(base.mark_point(filled=True, color=ACCENT, size=50, opacity=0.9), names).properties(
            width=460, height=340
        )
    )


def _far_names(rows: Sequence[Mapping[str, Any]]) -> Any:
    """The ten that stand out most, but for names that would lie on one already there."""
    names = told_apart([row["study"] for row in rows], 24)
    rows = [{**row, "study": name} for row, name in zip(rows, names, strict=True)]
    wide, high = (max(r[n] for r in rows) or 1.0 for n in ("baujat_x", "baujat_y"))
    far = sorted(rows, key=lambda r: -(r["baujat_x"] / wide + r["baujat_y"] / high))[:10]
    told: list[Mapping[str, Any]] = []
    for row in far:
        if not any(
            abs(row["baujat_x"] - r["baujat_x"]) < 0.35 * wide and abs(row["baujat_y"] - r["baujat_y"]) < 0.045 * high
            for r in told
        ):
            told.append(row)
    return drawing([{"name": r["study"], "baujat_x": r["baujat_x"], "baujat_y": r["baujat_y"]} for r in told])


def gosh_cells(told: Any) -> list[dict[str, float]]:
    """How many subsets have an estimate and an I2 within which limits."""
    rows, columns = np.nonzero(told.density)
    edges, i2 = told.estimate_edges, told.i2_edges
    return [
        {
            "estimate_from": float(edges[a]),
            "estimate_to": float(edges[a + 1]),
            "i2_from": float(i2[b]),
            "i2_to": float(i2[b + 1]),
            "subsets": int(told.density[a, b]),
        }
        for a, b in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def gosh_density(cells: Sequence[Mapping[str, float]], *, lang: Language = "nb", measure: str = "RR") -> Any:
    """How many subsets have which estimate and which I2."""
    return plain(
        drawing(list(cells))
        .mark_rect()
        .encode(
            x=alt.X("estimate_from:Q", scale=alt.Scale(zero=False), axis=_axis(_effect_title(measure, lang), lang)),
            x2="estimate_to:Q",
            y=alt.Y("i2_from:Q", axis=_axis("I² (%)", lang), scale=alt.Scale(domain=[0, 100])),
            y2="i2_to:Q",
            color=alt.Color("subsets:Q", scale=alt.Scale(type="log", scheme="blues"), title=word("subsets", lang)),
        )
        .properties(width=460, height=340)
    )


def radial(points: Sequence[Mapping[str, Any]], *, lang: Language = "nb") -> Any:
    """Galbraith's plot: z against precision; the slope of a line from the origin is an effect."""
    rows = [{"study": p["study"], "x": 1 / p["se"], "z": p["effect"] / p["se"]} for p in points]
    far = max(r["x"] for r in rows) * 1.05
    w = np.array([1 / p["se"] ** 2 for p in points])
    mean = float(np.sum(w * np.array([p["effect"] for p in points])) / w.sum())
    lines = [{"x": x, "z": mean * x + s, "s": s} for s in (-1.96, 0.0, 1.96) for x in (0.0, far)]
    x = alt.X("x:Q", axis=_axis(word("precision", lang), lang))
    return plain(
        alt.layer(
            drawing(lines).mark_line(color=MUTED, strokeDash=[4, 3]).encode(x=x, y="z:Q", detail="s:N"),
            drawing(rows)
            .mark_point(filled=True, color=ACCENT, opacity=1, size=50)
            .encode(x=x, y=alt.Y("z:Q", axis=_axis(word("z", lang), lang)), tooltip=["study:N"]),
        ).properties(width=460, height=340)
    )


def labbe(rows: Sequence[Mapping[str, Any]], *, lang: Language = "nb") -> Any:
    """Each study's share with the outcome in the two groups; above the line more with IPS."""
    line = (
        drawing([{"a": 0, "b": 0}, {"a": 1, "b": 1}]).mark_line(color=MUTED, strokeDash=[4, 3]).encode(x="a:Q", y="b:Q")
    )
    scale = alt.Scale(domain=[0, 1])
    points = (
        drawing(list(rows))
        .mark_point(filled=True, color=ACCENT, opacity=0.7)
        .encode(
            x=alt.X(
                "risk2:Q",
                scale=scale,
                axis=alt.Axis(title=word("risk2", lang), labelExpr=axis_labels(lang), format="%"),
            ),
            y=alt.Y(
                "risk1:Q",
                scale=scale,
                axis=alt.Axis(title=word("risk1", lang), labelExpr=axis_labels(lang), format="%"),
            ),
            size=alt.Size("n:Q", legend=None, scale=alt.Scale(range=[20, 500])),
            tooltip=["study:N"],
        )
    )
    return plain(alt.layer(line, points).properties(width=380, height=380))
