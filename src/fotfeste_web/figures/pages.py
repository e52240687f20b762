"""Tall: what leaders see. Every number with what it counts; a small one is hidden, and says so."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fotfeste.employment import OutcomeDefinition, WorkDefinition, definitions
from fotfeste_web.caseload.models import NotOfferedReason
from fotfeste_web.caseload.status import LABELS
from fotfeste_web.ui.formats import number, of, percent

from .models import ServiceFigures

HIDDEN = "under 5"


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
    not_offered: list[Figure]

    @classmethod
    def of(cls, stored: ServiceFigures) -> "FiguresPage":
        figures = stored.figures
        return cls(
            on=stored.on,
            computed_at=stored.computed_at,
            tiles=[
                Figure("deltakere i oppfølging", cell(figures["active"])),
                Figure("venter på oppstart", cell(figures["waiting"])),
                Figure("er i ordinært arbeid nå", cell(figures["in_ordinary_work"]), f"av {cell(figures['active'])}"),
                _rate(figures["job_within_18_months"]),
                _first_contact(figures["days_to_first_employer_contact"]),
            ],
            by_status=[
                Figure(label, cell(figures["by_status"][status]))
                for status, label in LABELS.items()
                if status in figures["by_status"]
            ],
            not_offered=[
                Figure(NotOfferedReason(key).label, cell(count)) for key, count in figures["not_offered"].items()
            ],
        )


def cell(count: int | None) -> str:
    return HIDDEN if count is None else number(count)


def _rate(rate: dict[str, Any]) -> Figure:
    label = "fikk ordinær jobb innen 18 måneder"
    if rate["denominator"] == 0:
        return Figure(label, "–", "ingen startet for 18 til 30 måneder siden")
    if rate["numerator"] is None or rate["denominator"] is None:
        return Figure(label, "skjult", "for få personer til å vise")
    share = rate["numerator"] / rate["denominator"]
    return Figure(label, percent(share), f"{of(rate['numerator'], rate['denominator'])} som startet uten jobb")


def _first_contact(first: dict[str, Any]) -> Figure:
    label = "til første arbeidsgivermøte"
    if first["median"] is None:
        return Figure(label, "–", "for få til å vise")
    return Figure(
        label, f"{number(first['median'], 0)} d", f"median av {cell(first['n'])}, {cell(first['open'])} venter ennå"
    )


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
