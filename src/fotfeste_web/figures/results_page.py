"""Resultater: every figure with its definition, n by quarter and who is left out. What is hidden is not in the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fotfeste.indicators.definitions import IndicatorDefinition, indicator_definition, indicator_definitions
from fotfeste_web.accounts.models import User
from fotfeste_web.ui.formats import number, percent

from .drawings import Bar, as_image, drawn
from .models import Audience, ServiceResults
from .words import MONTHS, held_in, reason, span_name

HIDDEN = "skjult"
TOO_EARLY = "for tidlig"
NOTHING = "–"
HIDDEN_NOTE = (
    "Tall fra 1 til 4 er skjult, og så mange andre at ingen av dem kan regnes ut. «For tidlig»: de siste er ikke fulgt"
    " lenge nok ennå."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One span of one figure, as it is read."""

    span: str
    value: str
    n: str
    of: str
    left_out: str
    parts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOfSpecialist:
    name: str
    cells: list[tuple[str, str]]  # the span, and what is there


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFigure:
    id: str
    version: int
    name: str
    numerator: str
    denominator: str
    formula: str
    source: str
    benchmark: str
    held: str
    lines: list[Line]
    chart: str
    chart_in_words: str
    spans: list[str]
    specialists: list[FigureOfSpecialist]
    of: bool  # whether there is a denominator
    gives_parts: bool
    gives_left_out: bool
    value_is: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One figure in the list: its newest quarter that says something, and its newest year."""

    id: str
    name: str
    quarter: str
    year: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    on: date
    computed_at: datetime
    until: date
    whole: bool  # with people in it: for those who see them
    quarter: str
    year: str
    overview: list[Overview]
    figures: list[ShownFigure]
    choices: list[tuple[str, str]]
    first: str
    second: str
    years: list[str]

    @classmethod
    def of(cls, stored: ServiceResults, first: str, second: str = "") -> "ResultsPage":
        results = stored.results
        ids = [span[0] for span in results["spans"]]
        quarter, year = [id for id in ids if "-" in id][-1], [id for id in ids if "-" not in id][-1]
        chosen = [figure for figure in (first, second) if figure]
        return cls(
            on=stored.on,
            computed_at=stored.computed_at,
            until=date.fromisoformat(results["until"]),
            whole=stored.audience == Audience.TEAM,
            quarter=span_name(quarter),
            year=span_name(year),
            overview=[_overview(results, one, quarter, year, one.id in chosen) for one in newest()],
            figures=[figure_of(results, indicator_definition(figure)) for figure in dict.fromkeys(chosen)],
            choices=[(one.id, one.name_nb) for one in newest()],
            first=first,
            second=second,
            years=[id for id in ids if "-" not in id],
        )


def newest() -> list[IndicatorDefinition]:
    """Every indicator in its newest version, in the order of the method."""
    latest = {one.id: one for one in sorted(indicator_definitions(), key=lambda one: one.version)}
    return [latest[id] for id in dict.fromkeys(one.id for one in indicator_definitions())]


def figure_of(results: Mapping[str, Any], definition: IndicatorDefinition, *, draw: bool = True) -> ShownFigure:
    ids = [span[0] for span in results["spans"] if not (definition.quarter and "-" not in span[0])]
    cells = results["figures"].get(definition.id, {})
    lines = [line_of(definition, id, cells.get(id)) for id in ids]
    quarters = [id for id in ids if "-" in id]
    bars: tuple[Bar, ...] = tuple(
        (_short(id), _plain_value(definition, cells.get(id)), value_of(definition, cells.get(id))) for id in quarters
    )
    benchmark = float(definition.benchmark) if definition.benchmark is not None else None
    told = "; ".join(f"{quarter}: {label}" for quarter, _, label in bars)
    return ShownFigure(
        id=definition.id,
        version=definition.version,
        name=definition.name_nb,
        numerator=definition.numerator_nb,
        denominator=definition.denominator_nb,
        formula=definition.formula,
        source=definition.source,
        benchmark=percent(benchmark) if benchmark is not None else "",
        held=held_in(definition) if is_share(definition) else "",
        lines=lines,
        chart=as_image(drawn(bars, benchmark, is_share(definition))) if draw else "",
        chart_in_words=f"{definition.name_nb}, {told}",
        spans=[span_name(id) for id in ids[-5:]],
        specialists=_specialists(results, definition, ids[-5:]),
        of=definition.denominator_nb != NOTHING,
        gives_parts=any(line.parts for line in lines),
        gives_left_out=any(line.left_out for line in lines),
        value_is=value_is(definition),
    )


def is_share(definition: IndicatorDefinition) -> bool:
    return definition.denominator_nb != NOTHING and not definition.horizon_days


def value_is(definition: IndicatorDefinition) -> str:
    if is_share(definition):
        return "Andel"
    return "Median" if definition.horizon_days else "Antall"


def line_of(definition: IndicatorDefinition, id: str, cell: Mapping[str, Any] | None) -> Line:
    cell = cell or {}
    left_out, parts = (
        ", ".join(f"{reason(definition.id, which)}: {count(n)}" for which, n in cell.get(name, {}).items())
        for name in ("left_out", "parts")
    )
    months = cell.get("median")
    if definition.id in MONTHS and months is not None:
        parts = f"{parts}; median {number(months)} md. fra oppstart"
    return Line(
        span=span_name(id),
        value=value_of(definition, cell),
        n=count(cell["n"]) if cell else TOO_EARLY,
        of=(count(cell["of"]) if "of" in cell else "") if cell else "",
        left_out=left_out,
        parts=parts if cell.get("parts", {}).keys() - {"started", "from_work"} or months is not None else "",
    )


def count(n: int | None) -> str:
    return HIDDEN if n is None else number(n)


def value_of(definition: IndicatorDefinition, cell: Mapping[str, Any] | None) -> str:
    if not cell:
        return TOO_EARLY
    if cell.get("of") == 0:
        return NOTHING
    if is_share(definition):
        value = _plain_value(definition, cell)
        return HIDDEN if value is None else percent(value)
    if definition.horizon_days:
        if cell["median"] is None:
            return HIDDEN if cell["n"] is None or cell["of"] is None else NOTHING
        return f"{number(cell['median'])} d"
    return count(cell["n"])


def _plain_value(definition: IndicatorDefinition, cell: Mapping[str, Any] | None) -> float | None:
    if not cell:
        return None
    if is_share(definition):
        return cell["n"] / cell["of"] if cell["of"] and cell["n"] is not None else None
    return cell["median"] if definition.horizon_days else cell["n"]


def _overview(
    results: Mapping[str, Any], definition: IndicatorDefinition, quarter: str, year: str, chosen: bool
) -> Overview:
    cells = results["figures"].get(definition.id, {})

    def told(id: str) -> str:
        cell = cells.get(id)
        if definition.quarter and "-" not in id:
            return NOTHING
        value = value_of(definition, cell)
        if not cell or "of" not in cell or value in (NOTHING, TOO_EARLY):
            return value
        return value if value == HIDDEN else f"{value} ({count(cell['n'])} av {count(cell['of'])})"

    return Overview(id=definition.id, name=definition.name_nb, quarter=told(quarter), year=told(year), chosen=chosen)


def _specialists(
    results: Mapping[str, Any], definition: IndicatorDefinition, ids: list[str]
) -> list[FigureOfSpecialist]:
    theirs = results.get("specialists", {})
    names = dict(User.objects.filter(pk__in=[int(id) for id in theirs]).values_list("pk", "name")) if theirs else {}
    return sorted(
        (
            FigureOfSpecialist(
                name=names[int(id)],
                cells=[
                    (span_name(span), _of_specialist(definition, of.get(definition.id, {}).get(span))) for span in ids
                ],
            )
            for id, of in theirs.items()
            if int(id) in names
        ),
        key=lambda one: one.name,
    )


def _of_specialist(definition: IndicatorDefinition, told: list[Any] | None) -> str:
    if told is None:
        return NOTHING
    n, of, median = told
    if of is None:
        return number(n)
    days = f", {number(median)} d" if definition.horizon_days and median is not None else ""
    return f"{number(n)} av {number(of)}{days}"


def _short(id: str) -> str:
    year, _, quarter = id.partition("-")
    return f"{quarter}. kv. {year[2:]}"
