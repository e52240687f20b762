"""A review's answers as one document."""

from importlib.metadata import version

from fotfeste.charts.evidence import flow_lines, prisma, traffic_light
from fotfeste.charts.saving import svg
from fotfeste.commands.evidence.certainty import NAMES, interval, level
from fotfeste.commands.evidence.inputs import Studies
from fotfeste.commands.evidence.report_outcome import effect, outcome_blocks, people, sentence_case, value
from fotfeste.commands.evidence.reviewing import Answers, Missing
from fotfeste.documents import Block, Bullets, Document, Figure, Heading, Note, Paragraph, Table
from fotfeste.evidence.changes import Step

KINDS = {"settings": "Andre valg i analysen", "removed": "Ikke lenger med", "changed": "Endret", "added": "Ny"}
METHODS = {"EE": "felles effekt"}
INTERVALS = {
    "z": "normalfordelingen",
    "t": "t-fordelingen",
    "hk": "Hartung-Knapp",
    "hk_adhoc": "Hartung-Knapp, aldri smalere enn det vanlige intervallet",
}


def document(told: Answers) -> Document:
    review = told.review
    blocks: list[Block] = [Heading("Spørsmålet"), Paragraph(review.question)]
    if review.background:
        blocks.append(Paragraph(review.background))
    blocks += _summary(told)
    if told.changed is not None:
        blocks += _changes(told)
    if review.flow:
        blocks += _flow(told)
    if review.tool:
        blocks += _bias(told)
    for found in told.found:
        blocks += outcome_blocks(found)
    for missing in told.missing:
        blocks += _missing(missing)
    blocks += _method(told)
    return Document(title=review.title, made_on=review.made_on, blocks=tuple(blocks))


def _summary(told: Answers) -> list[Block]:
    rows = []
    for found in told.found:
        a = found.per_1000
        rows.append(
            (
                found.outcome.name,
                f"{found.pooled.k} ({people(found.studies)})",
                f"{found.studies.measure} {effect(found.pooled, found.studies)}",
                "–" if a is None else f"{a.without:.0f}",
                "–" if a is None else f"{a.with_it:.0f} ({a.with_it_low:.0f} til {a.with_it_high:.0f})",
                level(found.certainty),
            )
        )
    rows += [(m.outcome.name, "–", "–", "–", "–", "ikke vurdert") for m in told.missing]
    percent = f"{100 * told.review.level:g} % KI"
    blocks: list[Block] = [
        Heading("Hovedfunn"),
        Bullets(
            tuple(f"{sentence_case(f.outcome.name)}: {f.said}" for f in told.found)
            + tuple(f"{sentence_case(m.outcome.name)}: {m.outcome.unavailable}" for m in told.missing)
        ),
        Table(
            ("Utfall", "Studier (deltakere)", f"Effekt ({percent})", "Uten, av 1000", "Med, av 1000", "Tillit"),
            tuple(rows),
            "Oppsummering av funn",
            frozenset({3, 4}),
        ),
    ]
    sources = [f"{f.outcome.name}: {f.outcome.baseline_source}" for f in told.found if f.outcome.baseline_source]
    if sources:
        blocks.append(Note("Andelen uten tiltaket regnes som kjent. Kilde: " + "; ".join(sources)))
    for found in told.found:
        if found.certainty.not_judged:
            names = ", ".join(NAMES["nb"][domain].lower() for domain in found.certainty.not_judged)
            blocks.append(
                Note(f"{sentence_case(found.outcome.name)}: {names} er ikke vurdert, og kan trekke tilliten ned.")
            )
    return blocks


def _changes(told: Answers) -> list[Block]:
    blocks: list[Block] = [Heading("Hva som er endret siden sist")]
    for found in told.found:
        before, steps = (told.changed or {})[found.outcome.id]
        now = effect(found.pooled, found.studies)
        if before is None:
            blocks.append(Paragraph(f"{sentence_case(found.outcome.name)}: nytt utfall. Effekten er {now}."))
        elif not steps:
            blocks.append(Paragraph(f"{sentence_case(found.outcome.name)}: ingen endring. Effekten er {now}."))
        else:
            was = effect(before, found.studies)
            blocks += [
                Paragraph(f"{sentence_case(found.outcome.name)}: effekten var {was}, og er nå {now}."),
                Table(
                    ("Hva", "Studie", "Hvorfor", "Effekt etterpå"),
                    tuple(_step(step, found.studies) for step in steps),
                    f"Veien fra forrige resultat, {found.outcome.name}",
                    frozenset({3}),
                ),
            ]
    return blocks


def _step(step: Step, studies: Studies) -> tuple[str, str, str, str]:
    reason = "; ".join(f"{name}: «{old}» ble «{new}»" for name, old, new in step.why)
    told = f"{value(step.estimate, studies)} ({interval(step.ci_low, step.ci_high, studies)})"
    return KINDS[step.kind], step.study, reason, told


def _flow(told: Answers) -> list[Block]:
    flow = told.review.flow
    assert flow is not None
    lines = flow_lines(flow)
    alt = "; ".join(" ".join([*left, *(["→", *right] if right else [])]) for left, right in lines)
    rows = tuple(("\n".join(left), "\n".join(right)) for left, right in lines)
    return [
        Heading("Søk og utvalg"),
        Figure(svg(prisma(flow)), "Flytdiagram etter PRISMA 2020", f"Flytdiagram. {alt}."),
        Table(("Gikk videre", "Tatt ut"), rows, "Antall i hvert trinn"),
    ]


def _bias(told: Answers) -> list[Block]:
    tool, bias = told.review.tool, told.review.bias
    assert tool is not None
    named = {level.id: level.nb for level in tool.levels}
    worst = tool.levels[-1]
    return [
        Heading("Risiko for skjevhet"),
        Figure(
            svg(traffic_light(bias, tool)),
            f"Risiko for skjevhet, {tool.id}",
            f"{len(bias)} studier, {sum(s.overall == worst.id for s in bias)} med {worst.nb} risiko samlet. "
            "Tabellen under har alle vurderingene.",
        ),
        Table(
            ("Studie", *(domain.nb for domain in tool.domains), "Samlet"),
            tuple((s.study, *(named[level] for level in s.levels), named[s.overall]) for s in bias),
            f"Vurderinger etter {tool.id} ({tool.source})",
        ),
    ]


def _missing(missing: Missing) -> list[Block]:
    outcome = missing.outcome
    blocks: list[Block] = [
        Heading(sentence_case(outcome.name)),
        Paragraph(outcome.definition),
        Note(outcome.unavailable),
    ]
    if not outcome.extraction:
        return blocks
    if not missing.extracted:
        return [*blocks, Paragraph("Ingen studier er lest ennå. Malen for uttrekk er klar.")]
    blocks.append(Paragraph(f"Lest av to, hver for seg: {', '.join(missing.extracted)}."))
    if missing.differences:
        rows = tuple((d.study, d.column, d.first, d.second) for d in missing.differences)
        blocks.append(Table(("Studie", "Felt", "Første", "Andre"), rows, "Her har de to lest ulikt"))
    else:
        blocks.append(Paragraph("De to har lest likt."))
    return blocks


def _method(told: Answers) -> list[Block]:
    review = told.review
    data = dict.fromkeys(f"{f.studies.table.name}: SHA-256 {f.studies.table.sha256}" for f in told.found)
    joins = [
        f"{join.column} er {join.indicator} for landet i studiens år, eller det nærmeste, høyst {join.within} år unna."
        for join in review.joins
    ]
    return [
        Heading("Slik er det gjort"),
        Paragraph(
            f"Variansen mellom studier er anslått med {METHODS.get(review.method, review.method)}. "
            f"Intervallene er {100 * review.level:g} %, fra {INTERVALS[review.ci]}. "
            "Tilliten er vurdert etter GRADE: det tallene kan fortelle, er regnet ut; resten har en person vurdert."
        ),
        *([Bullets(tuple(joins))] if joins else []),
        Bullets((*data, f"Oversiktens fil: SHA-256 {review.sha256}", f"Fotfeste {version('fotfeste')}")),
    ]
