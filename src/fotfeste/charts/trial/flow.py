"""The CONSORT 2025 flow chart: boxes from those assessed to those analysed in each arm."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from fotfeste.charts.evidence.words import Language
from fotfeste.charts.saving import INK, MUTED, drawing, plain
from fotfeste.charts.trial.words import word
from fotfeste.trial.flow import ArmFlow, Flow

WIDTH, LINE, PADDING, GAP = 215, 17, 12, 34
LETTERS = 32  # of a name that fit in a box


def flow_chart(told: Flow, *, names: Mapping[str, str], lang: Language = "nb") -> Any:
    """Draw the flow; ``names`` are the arms' names by id."""
    columns = len(told.arms)
    full = columns * WIDTH + (columns - 1) * GAP
    boxes: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    top = 0.0
    middle = full / 2
    if told.screened is not None:
        top = _box(boxes, middle, top, [f"{word('screened', lang)} (n = {told.screened})"])
        side = [f"{word('not_randomised', lang)} (n = {told.not_randomised})"]
        _box(boxes, middle + 8 + WIDTH, top + GAP / 2 - 20, side)
        _line(lines, (middle, top), (middle, top + 2 * GAP))
        _line(lines, (middle, top + GAP / 2), (middle + 8 + WIDTH / 2, top + GAP / 2))
        top += 2 * GAP
    bottom = _box(boxes, middle, top, [f"{word('randomised', lang)} (n = {told.randomised})"])
    branch = bottom + GAP / 2
    _line(lines, (middle, bottom), (middle, branch))
    deepest = branch
    for i, arm in enumerate(told.arms):
        centre = WIDTH / 2 + i * (WIDTH + GAP)
        _line(lines, (middle, branch), (centre, branch))
        at = branch + GAP / 2
        _line(lines, (centre, branch), (centre, at))
        for text in _arm_boxes(arm, names[arm.arm], lang):
            if boxes[-1]["x"] == centre:
                _line(lines, (centre, at - GAP), (centre, at))
            at = _box(boxes, centre, at, text) + GAP
        deepest = max(deepest, at - GAP)
    x = alt.Scale(
        domain=[-4, max(full, middle + 8 + 1.5 * WIDTH if told.screened is not None else full) + 4], nice=False
    )
    y = alt.Scale(domain=[-4, deepest + 4], reverse=True, nice=False)
    chart = alt.layer(
        drawing(lines)
        .mark_rule(color=MUTED)
        .encode(x=alt.X("x:Q", scale=x, axis=None), y=alt.Y("y:Q", scale=y, axis=None), x2="x2:Q", y2="y2:Q"),
        drawing(boxes)
        .mark_rect(fill="white", stroke=INK)
        .encode(x=alt.X("left:Q", scale=x), x2="right:Q", y=alt.Y("top:Q", scale=y), y2="bottom:Q"),
        drawing(
            [
                {"x": b["x"], "y": b["top"] + PADDING + (k + 0.5) * LINE, "told": t}
                for b in boxes
                for k, t in enumerate(b["text"])
            ]
        )
        .mark_text(color=INK, baseline="middle")
        .encode(x=alt.X("x:Q", scale=x), y=alt.Y("y:Q", scale=y), text="told:N"),
    )
    return plain(chart.properties(width=x.domain[1] - x.domain[0], height=deepest + 8))


def _arm_boxes(arm: ArmFlow, name: str, lang: Language) -> list[list[str]]:
    """What stands in each box of an arm, from the top."""
    lost = [f"{word(what, lang)} (n = {getattr(arm, what)})" for what in ("withdrew", "died", "lost")]
    return [
        [*_wrapped(name), f"(n = {arm.randomised})"],
        lost,
        [f"{word('with_outcome', lang)} (n = {arm.with_outcome})", f"{word('analysed', lang)} (n = {arm.analysed})"],
    ]


def _wrapped(name: str) -> list[str]:
    import textwrap

    return textwrap.wrap(name, LETTERS) or [""]


def _box(boxes: list[dict[str, Any]], centre: float, top: float, text: list[str]) -> float:
    bottom = top + 2 * PADDING + LINE * len(text)
    edges = {"left": centre - WIDTH / 2, "right": centre + WIDTH / 2, "top": top, "bottom": bottom}
    boxes.append({"x": centre, "text": text} | edges)
    return bottom


def _line(lines: list[dict[str, Any]], start: tuple[float, float], end: tuple[float, float]) -> None:
    lines.append({"x": start[0], "y": start[1], "x2": end[0], "y2": end[1]})
