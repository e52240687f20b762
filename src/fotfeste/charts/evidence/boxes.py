"""Figures of boxes and lights: the flow of a search, and the risk of bias."""

from typing import Any

import altair as alt

from fotfeste.charts.evidence.words import LONGEST, Language, short_labels
from fotfeste.charts.saving import INK, MUTED, drawing, plain
from fotfeste.evidence.certainty.flow import Flow
from fotfeste.evidence.certainty.risk_of_bias import StudyBias, Tool

# Told apart by sign as well as by colour; the colours keep their order for those who see red and green alike.
COLOURS = {
    "low": "#2a9d5c",
    "some_concerns": "#f2c14e",
    "moderate": "#f2c14e",
    "no_information": "#b6bec7",
    "high": "#e57a66",
    "serious": "#e57a66",
    "critical": "#7d1128",
}
STEP = 26
LETTER = 6.6
LINE = 15
BOX = 270


def traffic_light(studies: tuple[StudyBias, ...], tool: Tool, *, lang: Language = "nb") -> Any:
    """One light a study and domain, with the overall judgement last; the domains' names stand under the figure."""
    levels = {level.id: level for level in tool.levels}
    heads = [f"D{i}" for i in range(1, len(tool.domains) + 1)] + [{"nb": "Samlet", "en": "Overall"}[lang]]
    lights = [
        {"study": s.study, "x": head, "level": level, "sign": levels[level].sign, "colour": COLOURS[level]}
        for s in studies
        for head, level in zip(heads, (*s.levels, s.overall), strict=True)
    ]
    x = alt.X("x:N", sort=heads, axis=alt.Axis(orient="top", title=None, labelAngle=0, ticks=False, domain=False))
    y = alt.Y(
        "study:N",
        sort=[s.study for s in studies],
        axis=alt.Axis(title=None, ticks=False, domain=False, labelLimit=400, labelExpr=short_labels(LONGEST)),
    )
    base = drawing(lights).encode(x=x, y=y)
    circles = base.mark_circle(size=380, opacity=1).encode(color=alt.Color("colour:N", scale=None))
    dark = alt.condition("datum.level == 'critical'", alt.value("white"), alt.value(INK))
    signs = base.mark_text(fontWeight="bold").encode(text="sign:N", color=dark)
    grid = alt.layer(circles, signs).properties(width=52 * len(heads), height=STEP * len(studies))
    named = [f"D{i}: {getattr(domain, lang)}" for i, domain in enumerate(tool.domains, start=1)]
    named += ["", "   ".join(f"{level.sign} {getattr(level, lang)}" for level in tool.levels)]
    words = drawing([{"i": i, "text": text} for i, text in enumerate(named)])
    under = words.mark_text(align="left", color=INK).encode(
        x=alt.value(0),
        y=alt.Y("i:Q", scale=alt.Scale(domain=[-0.5, len(named)], reverse=True), axis=None),
        text="text:N",
    )
    return plain(alt.vconcat(grid, under.properties(width=52 * len(heads), height=LINE * len(named))))


def flow_lines(flow: Flow, lang: Language = "nb") -> list[tuple[list[str], list[str]]]:
    """The boxes from the top: what went on, and what left."""
    why = [f"{reason} (n = {n})" for reason, n in flow.reasons]
    told: dict[str, list[tuple[list[str], list[str]]]] = {
        "nb": [
            (
                ["Funnet i søk:", f"databaser (n = {flow.databases})", f"registre (n = {flow.registers})"],
                [
                    "Fjernet før vurdering:",
                    f"dubletter (n = {flow.duplicates})",
                    f"annet (n = {flow.removed_otherwise})",
                ],
            ),
            ([f"Vurdert etter tittel og sammendrag (n = {flow.screened})"], [f"Utelatt (n = {flow.excluded})"]),
            ([f"Hentet inn i fulltekst (n = {flow.sought})"], [f"Ikke funnet (n = {flow.not_retrieved})"]),
            ([f"Vurdert i fulltekst (n = {flow.assessed})"], ["Utelatt:", *why] if why else ["Utelatt (n = 0)"]),
            ([f"Studier med (n = {flow.studies})", f"Rapporter om dem (n = {flow.reports})"], []),
        ],
        "en": [
            (
                ["Records identified:", f"databases (n = {flow.databases})", f"registers (n = {flow.registers})"],
                [
                    "Records removed before screening:",
                    f"duplicates (n = {flow.duplicates})",
                    f"other reasons (n = {flow.removed_otherwise})",
                ],
            ),
            ([f"Records screened (n = {flow.screened})"], [f"Records excluded (n = {flow.excluded})"]),
            ([f"Reports sought (n = {flow.sought})"], [f"Reports not retrieved (n = {flow.not_retrieved})"]),
            ([f"Reports assessed (n = {flow.assessed})"], ["Reports excluded:", *why] if why else ["Excluded (n = 0)"]),
            ([f"Studies included (n = {flow.studies})", f"Reports of them (n = {flow.reports})"], []),
        ],
    }
    return told[lang]


def prisma(flow: Flow, *, lang: Language = "nb") -> Any:
    """The PRISMA 2020 flow diagram for databases and registers."""
    boxes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    ends: list[dict[str, Any]] = []
    top, below = 0, None
    rows = flow_lines(flow, lang)
    wide = max(BOX, *(int(LETTER * len(line)) + 24 for row in rows for side in row for line in side))
    for left, right in rows:
        height = LINE * max(len(left), len(right)) + 14
        middle = top + height / 2
        for x, side in ((0, left), (wide + 50, right)):
            if side:
                boxes.append({"x": x, "x2": x + wide, "y": top, "y2": top + height})
                words += [
                    {"x": x + 10, "y": middle + LINE * (i - (len(side) - 1) / 2), "text": line}
                    for i, line in enumerate(side)
                ]
        if right:
            lines.append({"x": wide, "x2": wide + 46, "y": middle, "y2": middle})
            ends.append({"x": wide + 44, "y": middle, "angle": 90})
        if below is not None:
            lines.append({"x": wide / 2, "x2": wide / 2, "y": below, "y2": top - 4})
            ends.append({"x": wide / 2, "y": top - 5, "angle": 180})
        below = top + height
        top = int(below) + 28
    width, total = 2 * wide + 50, int(below or 0)
    across = alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)
    down = alt.Y("y:Q", scale=alt.Scale(domain=[0, total], nice=False, reverse=True), axis=None)
    layers = (
        drawing(lines).mark_rule(color=MUTED, strokeWidth=1.5).encode(x=across, x2="x2:Q", y=down, y2="y2:Q"),
        drawing(ends)
        .mark_point(shape="triangle", filled=True, color=MUTED, opacity=1, size=60)
        .encode(x=across, y=down, angle=alt.Angle("angle:Q", scale=None)),
        drawing(boxes).mark_rect(fill="#f4f6f8", stroke=INK).encode(x=across, x2="x2:Q", y=down, y2="y2:Q"),
        drawing(words).mark_text(align="left", baseline="middle", color=INK).encode(x=across, y=down, text="text:N"),
    )
    return plain(alt.layer(*layers).properties(width=width, height=total))
