"""A review as a file: its question, its outcomes with their data, models and judgements."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from fotfeste.evidence.certainty import Design, Domain, Stated
from fotfeste.evidence.certainty.flow import Flow, read_flow
from fotfeste.evidence.certainty.risk_of_bias import StudyBias, Tool, UnknownTool, read_bias, tool
from fotfeste.evidence.certainty.summary import Language
from fotfeste.evidence.model import Test
from fotfeste.evidence.trials import policy_indicators, policy_path, trials_path
from fotfeste.files import BadKey, Table, read_toml

OWN_DATA = {"ips_trials": trials_path}
"""Data that come with the package, by the name that a review calls them."""
Method = Literal["DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "EE"]


class BadReview(BadKey):
    """A review cannot be used: beside what can be wrong with any file, ``reason`` is no_file, duplicate, unknown_tool,
    indicator, judgement, share, negative, sum or no_outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The same analysis of some of the studies."""

    name: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderator:
    """What the effect may hang together with; ``reservation`` is what a reader must know with it."""

    name: str
    mods: str
    reservation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A figure of each trial's country, in the trial's year or the nearest ``within`` years."""

    column: str
    indicator: str
    within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``data`` is None where the figures are not to be had, for the reason in ``unavailable``; then ``extraction`` may
    hold what two people have read, each on their own."""

    id: str
    name: str
    definition: str
    more: str
    less: str
    measure: str
    data: Path | None
    unavailable: str
    extraction: tuple[Path, ...]
    columns: dict[str, str]
    where: tuple[str, ...]
    recalled: bool
    design: Design
    threshold: float | None
    baseline: float | None
    baseline_source: str
    judgements: dict[Domain, Stated]
    selections: tuple[Selection, ...]
    moderators: tuple[Moderator, ...]
    subgroups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    title: str
    language: Language
    question: str
    made_on: date
    intervention: str
    comparison: str
    background: str
    method: Method
    ci: Test
    level: float
    joins: tuple[Join, ...]
    outcomes: tuple[Outcome, ...]
    flow: Flow | None
    tool: Tool | None
    bias: tuple[StudyBias, ...]
    sha256: str
    files: tuple[Path, ...]
    """The review's own and all that were read for it, each once."""


def read_review(path: Path) -> Review:
    """Read a review; the files that it names lie beside it.

    Raises
    ------
    BadReview, BadCell
    """
    top = read_toml(path, error=BadReview)
    bias = top.table("risk_of_bias") if top.has("risk_of_bias") else None
    judgements = None if bias is None else _file(bias, "file", path.parent)
    used, judged = (None, ()) if bias is None or judgements is None else _bias(bias, judgements)
    model = top.table("model") if top.has("model") else None
    joins = tuple(_join(row) for row in top.tables("country_figure"))
    outcomes = tuple(_outcome(row, path.parent) for row in top.tables("outcome"))
    named = (
        path,
        judgements,
        policy_path() if joins else None,
        *(f for o in outcomes for f in (o.data, *o.extraction)),
    )
    made = Review(
        title=top.text("title"),
        language=top.choice("language", Language) if top.has("language") else "nb",
        question=top.text("question"),
        made_on=top.day("made_on"),
        intervention=top.text("intervention"),
        comparison=top.text("comparison"),
        background=top.optional_text("background") or "",
        method=model.choice("method", Method) if model and model.has("method") else "REML",
        ci=model.choice("ci", Test) if model and model.has("ci") else "hk_adhoc",
        level=(model.optional_real("level") if model else None) or 0.95,
        joins=joins,
        outcomes=outcomes,
        flow=read_flow(top.table("prisma")) if top.has("prisma") else None,
        tool=used,
        bias=judged,
        sha256=top.sha256,
        files=tuple(dict.fromkeys(file for file in named if file)),
    )
    if model:
        model.done()
    top.done()
    ids = [outcome.id for outcome in made.outcomes]
    if not ids:
        raise top.bad("outcome", "no_outcome")
    for id in ids:
        if ids.count(id) > 1:
            raise top.bad("outcome", "duplicate", id)
    return made


def _bias(table: Table, file: Path) -> tuple[Tool, tuple[StudyBias, ...]]:
    id = table.text("tool")
    try:
        used = tool(id)
    except UnknownTool:
        raise table.bad("tool", "unknown_tool", id) from None
    judged = read_bias(file, used)
    table.done()
    return used, judged


def _join(table: Table) -> Join:
    made = Join(
        column=table.text("column"), indicator=table.text("indicator"), within=table.optional_number("within") or 0
    )
    table.done()
    if made.indicator not in policy_indicators():
        raise table.bad("indicator", "indicator", made.indicator)
    return made


def _outcome(table: Table, folder: Path) -> Outcome:
    unavailable = table.optional_text("unavailable") or ""
    has_data = table.has("data") or not unavailable
    threshold, baseline = table.optional_real("threshold"), table.optional_real("baseline")
    if baseline is not None and not 0 < baseline < 1:
        raise table.bad("baseline", "share", baseline)
    columns = table.table("columns") if table.has("columns") else None
    names: Any = () if columns is None else tuple(columns.names())
    made = Outcome(
        id=table.text("id"),
        name=table.text("name"),
        definition=table.text("definition"),
        more=table.text("more"),
        less=table.text("less"),
        measure=table.optional_text("measure") or "RR",
        data=_file(table, "data", folder) if has_data else None,
        unavailable=unavailable,
        extraction=tuple(_inside(table, "extraction", folder, name) for name in table.texts("extraction")),
        columns={name: columns.text(name) for name in names} if columns else {},
        where=table.texts("where"),
        recalled=table.yes("recalled"),
        design=table.choice("design", Design) if table.has("design") else "randomised",
        threshold=threshold,
        baseline=baseline,
        baseline_source=table.text("baseline_source") if baseline is not None else "",
        judgements=dict(_judgement(row) for row in table.tables("judgement")),
        selections=tuple(_selection(row) for row in table.tables("selection")),
        moderators=tuple(_moderator(row) for row in table.tables("moderator")),
        subgroups=table.texts("subgroups"),
    )
    table.done()
    return made


def _judgement(table: Table) -> tuple[Domain, Stated]:
    domain, levels, reason = table.choice("domain", Domain), table.number("levels"), table.text("reason")
    table.done()
    if levels not in (0, -1, -2):
        raise table.bad("levels", "judgement", levels)
    return domain, Stated(levels=levels, reason=reason)


def _selection(table: Table) -> Selection:
    made = Selection(name=table.text("name"), where=table.texts("where"))
    table.done()
    return made


def _moderator(table: Table) -> Moderator:
    made = Moderator(
        name=table.text("name"), mods=table.text("mods"), reservation=table.optional_text("reservation") or ""
    )
    table.done()
    return made


def _file(table: Table, name: str, folder: Path) -> Path:
    return _inside(table, name, folder, table.text(name))


def _inside(table: Table, name: str, folder: Path, told: str) -> Path:
    if told in OWN_DATA:
        return OWN_DATA[told]()
    if not (folder / told).is_file():
        raise table.bad(name, "no_file", told)
    return folder / told
