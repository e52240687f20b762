"""What is told of one outcome: its figures, each beside its table, its certainty, and what must be known with it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from fotfeste.charts.evidence import bubble, forest, funnel
from fotfeste.charts.saving import svg
from fotfeste.commands.evidence import differing, results, small_studies
from fotfeste.commands.evidence.certainty import NAMES, level, why
from fotfeste.commands.evidence.inputs import Studies
from fotfeste.commands.evidence.report_words import Words
from fotfeste.commands.evidence.reviewing import Found
from fotfeste.documents import Block, Bullets, Figure, Heading, Note, Paragraph, Table
from fotfeste.evidence.bias import egger
from fotfeste.evidence.pooling import PooledEffect
from fotfeste.evidence.regression import MetaRegression
from fotfeste.evidence.review import Moderator, Review
from fotfeste.evidence.studies import AllAlike
from fotfeste.evidence.subgroups import Subgroups

T = TypeVar("T")
MOST_ROWS = 45  # of a figure on a page


def sentence_case(text: str) -> str:
    return text[0].upper() + text[1:]


def parts(rows: Sequence[T], words: Words) -> list[tuple[str, Sequence[T]]]:
    """Rows of a figure in parts that can be read on a page, about equally long, each with its number of all."""
    n = max(1, -(-len(rows) // MOST_ROWS))
    ends = [round(i * len(rows) / n) for i in range(n + 1)]
    return [
        ("" if n == 1 else words("part", i=i + 1, n=n), rows[start:end])
        for i, (start, end) in enumerate(pairwise(ends))
    ]


def people(studies: Studies) -> str:
    counts = studies.counts()
    return "–" if counts is None else f"{counts['n1'].sum() + counts['n2'].sum():.0f}"


def outcome_blocks(found: Found, review: Review, words: Words) -> list[Block]:
    studies, pooled = found.studies, found.pooled
    rows = results.forest_rows(studies, pooled)
    blocks: list[Block] = [
        Heading(sentence_case(found.outcome.name)),
        Paragraph(found.outcome.definition),
        Paragraph(found.said),
        Paragraph(_result(found, words)),
        *(
            Figure(
                svg(_forest(part, found, review, words)),
                words("forest_figure", outcome=found.outcome.name, part=which),
                words(
                    "forest_alt",
                    studies=words.studies(pooled.k),
                    part=which,
                    measure=studies.measure,
                    effect=words.effect(pooled, studies),
                ),
            )
            for which, part in parts(rows, words)
        ),
        _studies(found, rows, words),
        Heading(words("grade"), 2),
        Table(
            words.heads("grade_heads"),
            tuple(
                (NAMES[words.lang][j.domain], str(j.levels).replace("-", "\N{MINUS SIGN}"), why(j, studies, words.lang))
                for j in found.certainty.judgements
            ),
            words("grade_table", level=level(found.certainty, words.lang)),
            frozenset({1}),
        ),
    ]
    if found.selections:
        blocks += _selections(found, words)
    for by, told in found.subgroups:
        blocks += _subgroups(found, by, told, words)
    for moderator, regression in found.moderators:
        blocks += _moderator(found, moderator, regression, words)
    if pooled.k >= 3:
        blocks += _small_studies(found, words)
    warnings = [*studies.notes, *((code, "") for code in pooled.warnings)]
    if warnings:
        blocks += [
            Heading(words("must_be_read"), 2),
            Bullets(tuple(words.note(code, detail) for code, detail in warnings)),
        ]
    return blocks


def _forest(rows: Sequence[dict[str, Any]], found: Found, review: Review, words: Words) -> Any:
    return forest(
        rows,
        lang=words.lang,
        measure=found.studies.measure,
        level=review.level,
        groups=(review.intervention, review.comparison),
    )


def _result(found: Found, words: Words) -> str:
    pooled, studies = found.pooled, found.studies
    said = [
        words(
            "result",
            measure=studies.measure,
            effect=words.effect(pooled, studies),
            p=words.p(pooled.p),
            studies=words.studies(pooled.k),
        )
    ]
    if pooled.k > 1 and pooled.method != "EE":
        said += [
            words("next_study", interval=words.interval(pooled.pi_low, pooled.pi_high, studies)),
            words(
                "between",
                tau2=words.decimal(pooled.tau2, 3),
                low=words.decimal(pooled.tau2_ci_low, 3),
                high=words.decimal(pooled.tau2_ci_high, 3),
                i2=words.decimal(pooled.i2, 0),
            ),
        ]
    if found.per_1000 is not None:
        a = found.per_1000
        said.append(
            words(
                "per_1000",
                without=f"{a.without:.0f}",
                with_it=f"{a.with_it:.0f}",
                low=f"{a.with_it_low:.0f}",
                high=f"{a.with_it_high:.0f}",
            )
        )
    return " ".join(said)


def _studies(found: Found, rows: list[dict[str, Any]], words: Words) -> Table:
    studies = found.studies
    with_counts = studies.counts() is not None
    cells = []
    for row in rows:
        if row["kind"] == "study":
            counts = (row["counts1"], row["counts2"]) if with_counts else ()
            numbers = (words.value(row["effect"], studies), words.interval(row["ci_low"], row["ci_high"], studies))
            cells.append((row["study"], *counts, *numbers, f"{words.decimal(row['weight'], 1)} %"))
    heads = words.heads("counts_heads") if with_counts else ()
    percent = words("interval", level=f"{100 * found.pooled.level:g}")
    columns = (words("study"), *heads, studies.measure, percent, words("weight"))
    return Table(columns, tuple(cells), words("studies", outcome=found.outcome.name), frozenset(range(1, len(columns))))


def _selections(found: Found, words: Words) -> list[Block]:
    rows = [(words("all"), str(found.pooled.k), words.effect(found.pooled, found.studies))]
    rows += [(name, str(pooled.k), words.effect(pooled, studies)) for name, studies, pooled in found.selections]
    return [
        Heading(words("selections"), 2),
        Table(
            words.heads("selection_heads", measure=found.studies.measure),
            tuple(rows),
            words("selection_table"),
            frozenset({1, 2}),
        ),
        *_cautions((pooled for _, _, pooled in found.selections), words),
    ]


def _subgroups(found: Found, by: str, told: Subgroups, words: Words) -> list[Block]:
    rows = tuple((name, str(pooled.k), words.effect(pooled, found.studies)) for name, pooled in told.groups.items())
    return [
        Heading(words("subgroups", by=by), 2),
        Table(
            words.heads("subgroup_heads", by=by, measure=found.studies.measure),
            rows,
            words("subgroups", by=by),
            frozenset({1, 2}),
        ),
        Paragraph(words("subgroup_p", p=words.p(told.between_p))),
        *_cautions(told.groups.values(), words),
    ]


def _cautions(pooled: Iterable[PooledEffect], words: Words) -> list[Block]:
    """What must be known with some of a table's rows."""
    codes = dict.fromkeys(code for effect in pooled for code in effect.warnings)
    return [Bullets(tuple(words.note(code) for code in codes))] if codes else []


def _moderator(found: Found, moderator: Moderator, told: MetaRegression, words: Words) -> list[Block]:
    m = told.model
    rows = tuple(
        (
            words("intercept") if name == "intercept" else name,
            words.decimal(m.coefficients[i], 3),
            words("to", low=words.decimal(m.ci_low[i], 3), high=words.decimal(m.ci_high[i], 3)),
            words.p(m.p_values[i]),
        )
        for i, name in enumerate(m.columns)
    )
    blocks: list[Block] = [
        Heading(moderator.name, 2),
        Table(
            words.heads("term_heads", level=f"{100 * m.level:g}"),
            rows,
            words("moderator", name=moderator.name, k=m.k)
            + (f", R² {words.decimal(told.r2, 0)} %" if told.r2 is not None else ""),
            frozenset({1, 2, 3}),
        ),
    ]
    if m.p == 2 and not told.design.levels:
        points, band, name = differing.bubble_rows(found.studies, told, moderator.mods)
        blocks += [
            Figure(
                svg(bubble(points, band, name, lang=words.lang, measure=found.studies.measure)),
                words("bubble_figure", name=name),
                words(
                    "bubble_alt",
                    k=m.k,
                    slope=words.decimal(m.coefficients[1], 3),
                    name=name,
                    p=words.p(m.p_values[1]),
                ),
            ),
            _points(found, told, name, words),
        ]
    if moderator.reservation:
        blocks.append(Note(moderator.reservation))
    details = {"collinear_dropped": told.dropped, "moderator_missing": told.left_out}
    said = tuple(words.note(code, ", ".join(details.get(code, ()))) for code in told.warnings)
    return [*blocks, Bullets(said)] if said else blocks


def _points(found: Found, told: MetaRegression, name: str, words: Words) -> Table:
    """The studies with the moderator, and the year it is of where it was joined."""
    table = found.studies.table
    year = f"{name}_year"
    columns = [name, *([year] if year in table.columns else [])]
    place = {study: i for i, study in enumerate(found.studies.names)}
    rows = tuple(
        (
            study,
            *(_in_language(table.columns[c][place[study]], words) for c in columns),
            words.value(float(y), found.studies),
        )
        for study, y in zip(told.names, told.model.y, strict=True)
    )
    heads = (words("study"), name, *([words("year_of")] if len(columns) > 1 else []), found.studies.measure)
    return Table(heads, rows, words("points", name=name), frozenset(range(1, len(heads))))


def _in_language(cell: str, words: Words) -> str:
    return cell.replace(".", ",") if words.lang == "nb" else cell


def _small_studies(found: Found, words: Words) -> list[Block]:
    studies = found.studies
    try:
        test = egger(studies.effects, studies.variances)
    except AllAlike:
        return []
    model = {"method": found.pooled.method, "ci": found.pooled.ci, "level": found.pooled.level}
    said = [words("egger", p=words.p(test.p)), *([words("few")] if found.pooled.k < 10 else [])]
    return [
        Heading(words("small"), 2),
        Figure(
            svg(funnel(small_studies.funnel_rows(studies, model), lang=words.lang, measure=studies.measure)),
            words("funnel_figure"),
            words("funnel_alt", k=found.pooled.k, p=words.p(test.p)),
        ),
        Paragraph(" ".join(said)),
    ]
