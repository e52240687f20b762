"""Tall: what leaders see. Every number with what it counts; a small one is hidden, and says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fotfeste.employment import OutcomeDefinition, WorkDefinition, definitions
from fotfeste.indicators.definitions import indicator_definition
from fotfeste_web.caseload.status import LABELS
from fotfeste_web.ui.formats import number, of

from .models import ServiceFigures, ServiceResults
from .results_page import value_of
from .words import span_name

HIDDEN = "under 5"
OUTCOMES = ("job_rate_caseload", "job_rate_cohort_18", "days_to_first_employer_contact")


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    on: date
    computed_at: datetime
    tiles: list[Figure]
    by_status: list[Figure]
    outcomes: list[Figure]

    @classmethod
    def of(cls, stored: ServiceFigures, results: ServiceResults | None) -> "FiguresPage":
        figures = stored.figures
        return cls(
            on=stored.on,
            computed_at=stored.computed_at,
            tiles=[
                Figure("deltakere i oppfølging", cell(figures["active"])),
                Figure("venter på oppstart", cell(figures["waiting"])),
                Figure("er i ordinært arbeid nå", cell(figures["in_ordinary_work"]), f"av {cell(figures['active'])}"),
            ],
            by_status=[
                Figure(label, cell(figures["by_status"][status]))
                for status, label in LABELS.items()
                if status in figures["by_status"]
            ],
            outcomes=[_newest(results.results, id) for id in OUTCOMES] if results else [],
        )


def _newest(results: Mapping[str, Any], id: str) -> Figure:
    """Tell the last quarter that an indicator has something to say of."""
    definition, cells = indicator_definition(id), results["figures"].get(id, {})
    quarter = next((span for span, *_ in reversed(results["spans"]) if "-" in span and span in cells), None)
    if quarter is None:
        return Figure(definition.name_nb, value_of(definition, None))
    told = cells[quarter]
    counted = "" if None in (told["n"], told["of"]) else f"{of(told['n'], told['of'])}, "
    return Figure(definition.name_nb, value_of(definition, told), counted + span_name(quarter))


def cell(count: int | None) -> str:
    return HIDDEN if count is None else number(count)


@dataclass(frozen=True, slots=True)
class DefinitionsPage:
    work: list[WorkDefinition]
    outcomes: list[OutcomeDefinition]

    @classmethod
    def of(cls) -> "DefinitionsPage":
        known = definitions()
        return cls(
            work=[one for one in known if isinstance(one, WorkDefinition)],
            outcomes=[one for one in known if isinstance(one, OutcomeDefinition)],
        )
