"""What is told of one outcome: its figures, each beside its table, its certainty, and what must be known with it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

from fotfeste.charts.evidence import bubble, forest, funnel
from fotfeste.charts.saving import svg
from fotfeste.commands.evidence import differing, results, small_studies
from fotfeste.commands.evidence.certainty import NAMES, decimal, interval, level, why
from fotfeste.commands.evidence.inputs import Studies
from fotfeste.commands.evidence.printed import p_value
from fotfeste.commands.evidence.reviewing import Found
from fotfeste.commands.evidence.sentences import note
from fotfeste.documents import Block, Bullets, Figure, Heading, Note, Paragraph, Table
from fotfeste.evidence.bias import egger
from fotfeste.evidence.pooling import PooledEffect
from fotfeste.evidence.regression import MetaRegression
from fotfeste.evidence.review import Moderator
from fotfeste.evidence.subgroups import Subgroups

T = TypeVar("T")
MOST_ROWS = 45  # of a figure on a page


def effect(pooled: PooledEffect, studies: Studies) -> str:
    return f"{value(pooled.estimate, studies)} ({interval(pooled.ci_low, pooled.ci_high, studies)})"


def value(estimate: float, studies: Studies) -> str:
    return decimal(float(np.exp(estimate)) if studies.is_ratio else estimate, 2)


def sentence_case(text: str) -> str:
    return text[0].upper() + text[1:]


def parts(rows: Sequence[T]) -> list[tuple[str, Sequence[T]]]:
    """Rows of a figure in parts that can be read on a page, about equally long, each with its number of all."""
    n = max(1, -(-len(rows) // MOST_ROWS))
    ends = [round(i * len(rows) / n) for i in range(n + 1)]
    return [
        ("" if n == 1 else f", del {i + 1} av {n}", rows[start:end]) for i, (start, end) in enumerate(pairwise(ends))
    ]


def people(studies: Studies) -> str:
    counts = studies.counts()
    return "–" if counts is None else f"{counts['n1'].sum() + counts['n2'].sum():.0f}"


def outcome_blocks(found: Found) -> list[Block]:
    studies, pooled = found.studies, found.pooled
    rows = results.forest_rows(studies, pooled)
    blocks: list[Block] = [
        Heading(sentence_case(found.outcome.name)),
        Paragraph(found.outcome.definition),
        Paragraph(found.said),
        Paragraph(_result(found)),
        *(
            Figure(
                svg(forest(part, measure=studies.measure)),
                f"Hver studie og samlet effekt, {found.outcome.name}{which}",
                f"{pooled.k} studier{which}. Samlet {studies.measure} {effect(pooled, studies)}. "
                "Tabellen under har alle tallene.",
            )
            for which, part in parts(rows)
        ),
        _studies(found, rows),
        Heading("Tillit til resultatet", 2),
        Table(
            ("Vurdering", "Trekk", "Grunn"),
            tuple(
                (NAMES["nb"][j.domain], str(j.levels).replace("-", "\N{MINUS SIGN}"), why(j, studies))
                for j in found.certainty.judgements
            ),
            f"Vurdering etter GRADE: {level(found.certainty)} tillit",
            frozenset({1}),
        ),
    ]
    if found.selections:
        blocks += _selections(found)
    for by, told in found.subgroups:
        blocks += _subgroups(found, by, told)
    for moderator, regression in found.moderators:
        blocks += _moderator(found, moderator, regression)
    if pooled.k >= 3:
        blocks += _small_studies(found)
    warnings = [*studies.notes, *((code, "") for code in pooled.warnings)]
    if warnings:
        blocks += [Heading("Må leses med", 2), Bullets(tuple(note(code, detail) for code, detail in warnings))]
    return blocks


def _result(found: Found) -> str:
    pooled, studies = found.pooled, found.studies
    said = [f"Samlet {studies.measure} er {effect(pooled, studies)}, p {p_value(pooled.p)}, i {pooled.k} studier."]
    if pooled.k > 1 and pooled.method != "EE":
        said += [
            f"Effekten i en ny studie ventes å ligge fra {interval(pooled.pi_low, pooled.pi_high, studies)}.",
            f"Variansen mellom studier er {decimal(pooled.tau2, 3)} "
            f"({decimal(pooled.tau2_ci_low, 3)} til {decimal(pooled.tau2_ci_high, 3)}), I² {decimal(pooled.i2, 0)} %.",
        ]
    if found.per_1000 is not None:
        a = found.per_1000
        said.append(
            f"Av 1000 personer er det {a.without:.0f} uten og {a.with_it:.0f} med "
            f"({a.with_it_low:.0f} til {a.with_it_high:.0f})."
        )
    return " ".join(said)


def _studies(found: Found, rows: list[dict[str, Any]]) -> Table:
    studies = found.studies
    with_counts = studies.counts() is not None
    cells = []
    for row in rows:
        if row["kind"] == "study":
            counts = (row["counts1"], row["counts2"]) if with_counts else ()
            numbers = (value(row["effect"], studies), interval(row["ci_low"], row["ci_high"], studies))
            cells.append((row["study"], *counts, *numbers, f"{decimal(row['weight'], 1)} %"))
    heads = ("Med tiltaket", "Uten") if with_counts else ()
    columns = ("Studie", *heads, studies.measure, f"{100 * found.pooled.level:g} % KI", "Vekt")
    return Table(columns, tuple(cells), f"Studiene, {found.outcome.name}", frozenset(range(1, len(columns))))


def _selections(found: Found) -> list[Block]:
    rows = [("Alle", str(found.pooled.k), effect(found.pooled, found.studies))]
    rows += [(name, str(pooled.k), effect(pooled, studies)) for name, studies, pooled in found.selections]
    return [
        Heading("Andre utvalg", 2),
        Table(
            ("Utvalg", "Studier", f"{found.studies.measure} (KI)"),
            tuple(rows),
            "Det samme i andre utvalg",
            frozenset({1, 2}),
        ),
    ]


def _subgroups(found: Found, by: str, told: Subgroups) -> list[Block]:
    rows = tuple((name, str(pooled.k), effect(pooled, found.studies)) for name, pooled in told.groups.items())
    return [
        Heading(f"Undergrupper etter {by}", 2),
        Table((by, "Studier", f"{found.studies.measure} (KI)"), rows, f"Undergrupper etter {by}", frozenset({1, 2})),
        Paragraph(f"Forskjell mellom gruppene: p {p_value(told.between_p)}."),
    ]


def _moderator(found: Found, moderator: Moderator, told: MetaRegression) -> list[Block]:
    m = told.model
    rows = tuple(
        (
            "konstantledd" if name == "intercept" else name,
            decimal(m.coefficients[i], 3),
            f"{decimal(m.ci_low[i], 3)} til {decimal(m.ci_high[i], 3)}",
            p_value(m.p_values[i]),
        )
        for i, name in enumerate(m.columns)
    )
    blocks: list[Block] = [
        Heading(moderator.name, 2),
        Table(
            ("Ledd", "Koeffisient", f"{100 * m.level:g} % KI", "p"),
            rows,
            f"{moderator.name}, {m.k} studier" + (f", R² {decimal(told.r2, 0)} %" if told.r2 is not None else ""),
            frozenset({1, 2, 3}),
        ),
    ]
    if m.p == 2 and not told.design.levels:
        points, band, name = differing.bubble_rows(found.studies, told, moderator.mods)
        blocks += [
            Figure(
                svg(bubble(points, band, name, measure=found.studies.measure)),
                f"Effekt mot {name}",
                f"{m.k} studier. Linjen stiger {decimal(m.coefficients[1], 3)} for hver enhet av {name}, "
                f"p {p_value(m.p_values[1])}. Tabellen under har studiene.",
            ),
            _points(found, told, name),
        ]
    if moderator.reservation:
        blocks.append(Note(moderator.reservation))
    details = {"collinear_dropped": told.dropped, "moderator_missing": told.left_out}
    said = tuple(note(code, ", ".join(details.get(code, ()))) for code in told.warnings)
    return [*blocks, Bullets(said)] if said else blocks


def _points(found: Found, told: MetaRegression, name: str) -> Table:
    """The studies with the moderator, and the year it is of where it was joined."""
    table = found.studies.table
    year = f"{name}_year"
    columns = [name, *([year] if year in table.columns else [])]
    place = {study: i for i, study in enumerate(found.studies.names)}
    rows = tuple(
        (study, *(table.columns[c][place[study]].replace(".", ",") for c in columns), value(float(y), found.studies))
        for study, y in zip(told.names, told.model.y, strict=True)
    )
    heads = ("Studie", name, *(["Året den er fra"] if len(columns) > 1 else []), found.studies.measure)
    return Table(heads, rows, f"Studiene mot {name}", frozenset(range(1, len(heads))))


def _small_studies(found: Found) -> list[Block]:
    studies = found.studies
    test = egger(studies.effects, studies.variances)
    model = {"method": found.pooled.method, "ci": found.pooled.ci, "level": found.pooled.level}
    few = "" if found.pooled.k >= 10 else " Med færre enn ti studier har testen liten styrke."
    return [
        Heading("Små og store studier", 2),
        Figure(
            svg(funnel(small_studies.funnel_rows(studies, model), measure=studies.measure)),
            "Traktplott; åpne punkter er tenkte studier (trim og fyll)",
            f"{found.pooled.k} studier etter effekt og standardfeil. Eggers test: p {p_value(test.p)}.",
        ),
        Paragraph(f"Eggers test for skjevhet: p {p_value(test.p)}.{few}"),
    ]
