"""A review's analyses, outcome by outcome."""

from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fotfeste.commands.evidence import certainty as judging
from fotfeste.commands.evidence import differing, results
from fotfeste.commands.evidence.inputs import Options, Studies, read
from fotfeste.evidence.certainty import Absolute, Certainty, statement
from fotfeste.evidence.certainty.summary import direction_of
from fotfeste.evidence.changes import Difference, Row, Step, Version, changes, differences
from fotfeste.evidence.pooling import PooledEffect, pool
from fotfeste.evidence.regression import MetaRegression
from fotfeste.evidence.review import Moderator, Outcome, Review, read_review
from fotfeste.evidence.subgroups import Subgroups
from fotfeste.evidence.trials import with_policy
from fotfeste.files import Cells, read_cells


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found for one outcome with data."""

    outcome: Outcome
    studies: Studies
    pooled: PooledEffect
    certainty: Certainty
    per_1000: Absolute | None
    said: str
    selections: tuple[tuple[str, Studies, PooledEffect], ...]
    subgroups: tuple[tuple[str, Subgroups], ...]
    moderators: tuple[tuple[Moderator, MetaRegression], ...]


@dataclass(frozen=True, kw_only=True)
class Missing:
    """An outcome whose figures are not to be had; ``extracted`` are the studies that two people have read."""

    outcome: Outcome
    extracted: tuple[str, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class Answers:
    review: Review
    found: tuple[Found, ...]
    missing: tuple[Missing, ...]
    changed: dict[str, tuple[PooledEffect | None, tuple[Step, ...]]] | None = None
    """For each outcome the result of the older review, None where it had none, and the steps from there."""
    since: Review | None = None
    """The older review."""


def answers(path: Path, since: Path | None = None) -> Answers:
    """Everything that a review asks for, and what changed since an older one."""
    review = read_review(path)
    found = tuple(_found(outcome, review) for outcome in review.outcomes if outcome.data)
    missing = tuple(_missing(outcome) for outcome in review.outcomes if not outcome.data)
    if since is None:
        return Answers(review=review, found=found, missing=missing)
    old = answers(since)
    changed = _changed(old, found, review)
    return Answers(review=review, found=found, missing=missing, changed=changed, since=old.review)


def _read(outcome: Outcome, review: Review, where: tuple[str, ...] = ()) -> Studies:
    assert outcome.data is not None
    options = Options(
        file=outcome.data,
        measure=outcome.measure,
        columns=dict(outcome.columns),
        method=review.method,
        ci=review.ci,
        level=review.level,
        zero_add=0.5,
        to="only0",
        recalled=outcome.recalled,
        where=(*outcome.where, *where),
    )
    table = read_cells(outcome.data)
    for join in review.joins:
        if {"country", "year"} <= table.columns.keys():
            table = with_policy(table, join.column, join.indicator, within=join.within)
    return read(options, table)


def _found(outcome: Outcome, review: Review) -> Found:
    model: dict[str, Any] = {"method": review.method, "ci": review.ci, "level": review.level}
    studies = _read(outcome, review)
    pooled = results.pooled(studies, model, "as_test")
    judged = judging.certainty(
        studies,
        pooled,
        threshold=outcome.threshold,
        baseline=outcome.baseline,
        design=outcome.design,
        stated=dict(outcome.judgements),
    )
    selections = []
    for selection in outcome.selections:
        chosen = _read(outcome, review, selection.where)
        selections.append((selection.name, chosen, results.pooled(chosen, model, "as_test")))
    return Found(
        outcome=outcome,
        studies=studies,
        pooled=pooled,
        certainty=judged,
        per_1000=judging.absolute(studies, pooled, outcome.baseline),
        said=statement(
            judged.level,
            direction_of(pooled.estimate, judging.on_effects_scale(studies, outcome.threshold)),
            intervention=review.intervention,
            comparison=review.comparison,
            outcome=outcome.name,
            more=outcome.more,
            less=outcome.less,
            lang=review.language,
        ),
        selections=tuple(selections),
        subgroups=tuple((by, differing.subgroup(studies, model, by, "separate")) for by in outcome.subgroups),
        moderators=tuple((m, differing.regression(studies, model, m.mods)) for m in outcome.moderators),
    )


def _missing(outcome: Outcome) -> Missing:
    tables = [_rows(read_cells(path)) for path in outcome.extraction]
    extracted = dict.fromkeys(study for table in tables for study in table)
    apart = differences(tables[0], tables[1]) if len(tables) == 2 else ()
    return Missing(outcome=outcome, extracted=tuple(extracted), differences=apart)


def _rows(table: Cells, studies: tuple[str, ...] | None = None) -> dict[str, Row]:
    names = table.text("study") if studies is None else studies
    return {name: {column: cells[i] for column, cells in table.columns.items()} for i, name in enumerate(names)}


def _version(found: Found, review: Review) -> Version:
    y, v = found.studies.effects.tolist(), found.studies.variances.tolist()
    return Version(
        effects={name: (y[i], v[i]) for i, name in enumerate(found.studies.names)},
        rows=_rows(found.studies.table, found.studies.names),
        settings={
            "measure": found.outcome.measure,
            "method": review.method,
            "ci": review.ci,
            "level": f"{review.level:g}",
            "where": "; ".join(found.outcome.where),
        },
    )


def _changed(
    old: Answers, found: tuple[Found, ...], review: Review
) -> dict[str, tuple[PooledEffect | None, tuple[Step, ...]]]:
    before = {f.outcome.id: f for f in old.found}
    pooled = partial(pool, method=review.method, ci=review.ci, level=review.level)
    out: dict[str, tuple[PooledEffect | None, tuple[Step, ...]]] = {}
    for now in found:
        then = before.get(now.outcome.id)
        steps = () if then is None else changes(_version(then, old.review), _version(now, review), pooled)
        out[now.outcome.id] = (None if then is None else then.pooled, steps)
    return out


def as_json(told: Answers) -> dict[str, Any]:
    """Every outcome with its effect, its certainty and its other analyses."""
    outcomes = []
    for found in told.found:
        pooled = results.pool_json(found.studies, found.pooled)
        steps = None if told.changed is None else [asdict(step) for step in told.changed[found.outcome.id][1]]
        outcomes.append(
            {"id": found.outcome.id, "measure": found.studies.measure}
            | pooled
            | {
                "certainty": asdict(found.certainty),
                "per_1000": None if found.per_1000 is None else asdict(found.per_1000),
                "statement": found.said,
                "selections": [
                    {"name": name} | results.pool_json(studies, pooled) for name, studies, pooled in found.selections
                ],
                "subgroups": [{"by": by} | differing.subgroup_json(found.studies, s) for by, s in found.subgroups],
                "moderators": [{"name": m.name} | differing.regression_json(r) for m, r in found.moderators],
                "data_sha256": found.studies.table.sha256,
                "warnings": [code for code, _ in found.studies.notes] + list(found.pooled.warnings),
                "changes": steps,
            }
        )
    return {
        "title": told.review.title,
        "outcomes": outcomes,
        "missing": [
            {"id": m.outcome.id, "reason": m.outcome.unavailable, "differences": [asdict(d) for d in m.differences]}
            for m in told.missing
        ],
    }
