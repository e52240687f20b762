"""A review's answers as one document."""

from importlib.metadata import version

from fotfeste.charts.evidence import flow_lines, prisma, traffic_light
from fotfeste.charts.saving import svg
from fotfeste.commands.evidence.certainty import NAMES, level
from fotfeste.commands.evidence.inputs import Studies
from fotfeste.commands.evidence.report_outcome import outcome_blocks, parts, people, sentence_case
from fotfeste.commands.evidence.report_words import Words
from fotfeste.commands.evidence.reviewing import Answers, Missing
from fotfeste.documents import Block, Bullets, Document, Figure, Heading, Note, Paragraph, Table
from fotfeste.evidence.changes import Step


def document(told: Answers) -> Document:
    review = told.review
    words = Words(review.language)
    blocks: list[Block] = [Heading(words("question")), Paragraph(review.question)]
    if review.background:
        blocks.append(Paragraph(review.background))
    blocks += _summary(told, words)
    if told.changed is not None:
        blocks += _changes(told, words)
    if review.flow:
        blocks += _flow(told, words)
    if review.tool:
        blocks += _bias(told, words)
    for found in told.found:
        blocks += outcome_blocks(found, review, words)
    for missing in told.missing:
        blocks += _missing(missing, words)
    blocks += _method(told, words)
    return Document(title=review.title, made_on=review.made_on, language=review.language, blocks=tuple(blocks))


def _summary(told: Answers, words: Words) -> list[Block]:
    rows = []
    for found in told.found:
        a = found.per_1000
        rows.append(
            (
                found.outcome.name,
                f"{found.pooled.k} ({people(found.studies)})",
                f"{found.studies.measure} {words.effect(found.pooled, found.studies)}",
                "–" if a is None else f"{a.without:.0f}",
                "–"
                if a is None
                else words("range", value=f"{a.with_it:.0f}", low=f"{a.with_it_low:.0f}", high=f"{a.with_it_high:.0f}"),
                level(found.certainty, words.lang),
            )
        )
    rows += [(m.outcome.name, "–", "–", "–", "–", words("not_judged")) for m in told.missing]
    blocks: list[Block] = [
        Heading(words("findings")),
        Bullets(
            tuple(f"{sentence_case(f.outcome.name)}: {f.said}" for f in told.found)
            + tuple(f"{sentence_case(m.outcome.name)}: {m.outcome.unavailable}" for m in told.missing)
        ),
        Table(
            words.heads("summary_heads", level=f"{100 * told.review.level:g}"),
            tuple(rows),
            words("summary"),
            frozenset({3, 4}),
        ),
    ]
    sources = [f"{f.outcome.name}: {f.outcome.baseline_source}" for f in told.found if f.outcome.baseline_source]
    if sources:
        blocks.append(Note(words("baseline", sources="; ".join(sources))))
    for found in told.found:
        if found.certainty.not_judged:
            names = ", ".join(NAMES[words.lang][domain].lower() for domain in found.certainty.not_judged)
            blocks.append(Note(words("domains_not_judged", outcome=sentence_case(found.outcome.name), domains=names)))
    return blocks


def _changes(told: Answers, words: Words) -> list[Block]:
    blocks: list[Block] = [Heading(words("changes"))]
    for found in told.found:
        before, steps = (told.changed or {})[found.outcome.id]
        outcome, now = sentence_case(found.outcome.name), words.effect(found.pooled, found.studies)
        if before is None:
            blocks.append(Paragraph(words("new_outcome", outcome=outcome, now=now)))
        elif not steps:
            blocks.append(Paragraph(words("no_change", outcome=outcome, now=now)))
        else:
            blocks += [
                Paragraph(words("change", outcome=outcome, was=words.effect(before, found.studies), now=now)),
                Table(
                    words.heads("step_heads"),
                    tuple(_step(step, found.studies, words) for step in steps),
                    words("steps", outcome=found.outcome.name),
                    frozenset({3}),
                ),
            ]
    return blocks


def _step(step: Step, studies: Studies, words: Words) -> tuple[str, str, str, str]:
    reason = "; ".join(words("became", name=name, old=old, new=new) for name, old, new in step.why)
    told = f"{words.value(step.estimate, studies)} ({words.interval(step.ci_low, step.ci_high, studies)})"
    return words(step.kind), step.study, reason, told


def _flow(told: Answers, words: Words) -> list[Block]:
    flow = told.review.flow
    assert flow is not None
    lines = flow_lines(flow, words.lang)
    alt = "; ".join(" ".join([*left, *(["→", *right] if right else [])]) for left, right in lines)
    rows = tuple(("\n".join(left), "\n".join(right)) for left, right in lines)
    return [
        Heading(words("flow")),
        Figure(svg(prisma(flow, lang=words.lang)), words("flow_figure"), words("flow_alt", lines=alt)),
        Table(words.heads("flow_heads"), rows, words("flow_counts")),
    ]


def _bias(told: Answers, words: Words) -> list[Block]:
    tool, bias = told.review.tool, told.review.bias
    assert tool is not None
    named = {level.id: getattr(level, words.lang) for level in tool.levels}
    worst = tool.levels[-1]
    return [
        Heading(words("bias")),
        *(
            Figure(
                svg(traffic_light(tuple(part), tool, lang=words.lang)),
                words("bias_figure", tool=tool.id, part=which),
                words(
                    "bias_alt",
                    n=len(part),
                    worst=sum(s.overall == worst.id for s in part),
                    level=getattr(worst, words.lang),
                ),
            )
            for which, part in parts(bias, words)
        ),
        Table(
            (words("bias_study"), *(getattr(d, words.lang) for d in tool.domains), words("bias_overall")),
            tuple((s.study, *(named[level] for level in s.levels), named[s.overall]) for s in bias),
            words("bias_table", tool=tool.id, source=tool.source),
        ),
    ]


def _missing(missing: Missing, words: Words) -> list[Block]:
    outcome = missing.outcome
    blocks: list[Block] = [
        Heading(sentence_case(outcome.name)),
        Paragraph(outcome.definition),
        Note(outcome.unavailable),
    ]
    if not outcome.extraction:
        return blocks
    if not missing.extracted:
        return [*blocks, Paragraph(words("none_read"))]
    blocks.append(Paragraph(words("read_by_two", studies=", ".join(missing.extracted))))
    if missing.differences:
        rows = tuple((d.study, d.column, d.first, d.second) for d in missing.differences)
        blocks.append(Table(words.heads("difference_heads"), rows, words("differences")))
    else:
        blocks.append(Paragraph(words("no_differences")))
    return blocks


def _method(told: Answers, words: Words) -> list[Block]:
    review = told.review
    data = dict.fromkeys(f"{f.studies.table.name}: SHA-256 {f.studies.table.sha256}" for f in told.found)
    joins = [words("join", column=join.column, indicator=join.indicator, within=join.within) for join in review.joins]
    return [
        Heading(words("method")),
        Paragraph(
            words(
                "how",
                method=words("EE") if review.method == "EE" else review.method,
                level=f"{100 * review.level:g}",
                ci=words(review.ci),
            )
        ),
        *([Bullets(tuple(joins))] if joins else []),
        Bullets((*data, words("review_file", sha=review.sha256), f"Fotfeste {version('fotfeste')}")),
    ]
