"""The figures of the studies and their pooled effect, and of a review's search and its studies' risk of bias, each
with its rows."""

from typing import Any, Literal

import numpy as np

from fotfeste.charts.evidence import flow_lines, forest, labbe, prisma, radial, traffic_light
from fotfeste.commands.evidence import results
from fotfeste.commands.evidence.inputs import BadOption, Studies
from fotfeste.evidence.pooling import PooledEffect
from fotfeste.evidence.review import Review


def of_studies(
    figure: Literal["forest", "radial", "labbe"], studies: Studies, pooled: PooledEffect, lang: Literal["nb", "en"]
) -> tuple[Any, list[dict[str, Any]]]:
    if figure == "forest":
        rows = results.forest_rows(studies, pooled)
        return forest(rows, lang=lang, measure=studies.measure, level=pooled.level), rows
    if figure == "radial":
        rows = [
            {"study": name, "effect": float(y), "se": float(np.sqrt(v))}
            for name, y, v in zip(studies.names, studies.effects, studies.variances, strict=True)
        ]
        return radial(rows, lang=lang), rows
    counts = studies.counts()
    if counts is None:
        raise BadOption("--figure", figure, "counts")
    risk1, risk2 = counts["events1"] / counts["n1"], counts["events2"] / counts["n2"]
    people = counts["n1"] + counts["n2"]
    rows = [
        {"study": name, "risk1": float(a), "risk2": float(b), "n": float(n)}
        for name, a, b, n in zip(studies.names, risk1, risk2, people, strict=True)
    ]
    return labbe(rows, lang=lang), rows


def of_review(figure: Literal["prisma", "traffic_light"], review: Review) -> tuple[Any, list[dict[str, Any]]]:
    lang = review.language
    if figure == "prisma" and review.flow:
        steps = flow_lines(review.flow, lang)
        return prisma(review.flow, lang=lang), [{"on": " ".join(on), "out": " ".join(out)} for on, out in steps]
    if figure == "traffic_light" and review.tool:
        domains = [domain.id for domain in review.tool.domains]
        rows = [
            {"study": s.study, **dict(zip(domains, s.levels, strict=True)), "overall": s.overall} for s in review.bias
        ]
        return traffic_light(review.bias, review.tool, lang=lang), rows
    raise BadOption("--figure", figure, "not_in_review", ["risk_of_bias" if figure == "traffic_light" else figure])
