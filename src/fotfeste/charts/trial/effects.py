"""Effects beside each other: over time, and in subgroups."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from fotfeste.charts.evidence.words import Language, axis_labels, decimal
from fotfeste.charts.saving import ACCENT, INK, MUTED, drawing, plain
from fotfeste.charts.trial.words import measure_name, word
from fotfeste.trial.analysis.effect import Effect


def effect_over_time(points: Sequence[tuple[int, Effect]], *, lang: Language = "nb") -> Any:
    """The effect at each month, with its interval and the line of no effect."""
    rows = [{"month": month} | _numbers(effect) for month, effect in points]
    first = points[0][1]
    scale = alt.Scale(type="log" if first.is_ratio else "linear", zero=False)
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, max(month for month, _ in points) + 1], nice=False),
        axis=alt.Axis(title=word("month", lang), values=[0, *(month for month, _ in points)]),
    )
    axis = alt.Axis(title=measure_name(first.measure, lang), labelExpr=axis_labels(lang))
    base = drawing(rows)
    none = (
        drawing([{"y": 1.0 if first.is_ratio else 0.0}])
        .mark_rule(color=MUTED, strokeDash=[3, 3])
        .encode(y=alt.Y("y:Q", scale=scale))
    )
    return plain(
        alt.layer(
            none,
            base.mark_rule(color=INK).encode(x=x, y=alt.Y("low:Q", scale=scale, axis=axis), y2="high:Q"),
            base.mark_line(color=ACCENT).encode(x=x, y=alt.Y("effect:Q", scale=scale)),
            base.mark_point(filled=True, size=80, color=ACCENT, opacity=1).encode(
                x=x, y=alt.Y("effect:Q", scale=scale)
            ),
        ).properties(width=460, height=280)
    )


def subgroup_forest(
    groups: Sequence[tuple[str, Mapping[str, Effect]]], overall: Effect, *, lang: Language = "nb"
) -> Any:
    """All people first, then the levels of each category under its name."""
    lines: list[dict[str, Any]] = [_line(word("all", lang), overall, lang, bold=True)]
    for name, levels in groups:
        lines.append({"name": name, "bold": True, "text": "", "n": ""})
        lines += [_line(f"   {level}", effect, lang) for level, effect in levels.items()]
    for i, line in enumerate(lines):
        line["y"] = i
    height = 24 * (len(lines) + 1)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-1, len(lines)], reverse=True, nice=False), axis=None)
    x_scale = alt.Scale(type="log" if overall.is_ratio else "linear", zero=False)
    axis = alt.Axis(title=measure_name(overall.measure, lang), labelExpr=axis_labels(lang), tickCount=6)
    drawn = drawing([line for line in lines if "effect" in line])
    none = (
        drawing([{"x": 1.0 if overall.is_ratio else 0.0}])
        .mark_rule(color=MUTED, strokeDash=[3, 3])
        .encode(x=alt.X("x:Q", scale=x_scale))
    )
    middle = alt.layer(
        none,
        drawn.mark_rule(color=INK).encode(x=alt.X("low:Q", scale=x_scale, axis=axis), x2="high:Q", y=y),
        drawn.mark_point(shape="square", filled=True, size=70, opacity=1, color=ACCENT).encode(
            x=alt.X("effect:Q", scale=x_scale), y=y
        ),
    ).properties(width=300, height=height)
    longest = max(len(str(line["name"])) for line in lines)
    return plain(
        alt.hconcat(
            _column(lines, "name", int(6.8 * longest) + 12, height, y, left=True),
            _column(lines, "n", 44, height, y),
            middle,
            _column(lines, "text", 150, height, y),
            spacing=8,
        )
    )


def _numbers(effect: Effect) -> dict[str, float]:
    times = 100 if effect.measure == "RD" else 1
    estimate, low, high = effect.shown
    return {"effect": times * estimate, "low": times * low, "high": times * high}


def _line(name: str, effect: Effect, lang: Language, *, bold: bool = False) -> dict[str, Any]:
    numbers = _numbers(effect)
    digits = 2 if effect.is_ratio else 1
    told = [decimal(numbers[n], lang, digits).replace("-", "\N{MINUS SIGN}") for n in ("effect", "low", "high")]
    return {"name": name, "bold": bold, "n": str(effect.n), "text": f"{told[0]} [{told[1]}; {told[2]}]"} | numbers


def _column(lines: list[dict[str, Any]], field: str, width: int, height: int, y: Any, *, left: bool = False) -> Any:
    place: dict[str, Any] = {"align": "left" if left else "right", "baseline": "middle", "color": INK}
    marks = [
        drawing([{"y": line["y"], "told": line[field]} for line in lines if line["bold"] is bold])
        .mark_text(fontWeight="bold" if bold else "normal", **place)
        .encode(y=y, x=alt.value(0 if left else width), text="told:N")
        for bold in (True, False)
    ]
    return alt.layer(*marks).properties(width=width, height=height)
