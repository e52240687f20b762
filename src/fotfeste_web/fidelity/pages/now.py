"""Metodetrohet nå: what daily records say of each item, and of each principle."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from fotfeste import fidelity
from fotfeste.fidelity import Item
from fotfeste_web.fidelity.counting.counted import Cell, Counted, of_row
from fotfeste_web.fidelity.counting.hiding import ALL_TOGETHER, pooled
from fotfeste_web.fidelity.counting.keeping import SCALE
from fotfeste_web.fidelity.counting.periods import NOW, label
from fotfeste_web.fidelity.counting.unrecorded import unrecorded
from fotfeste_web.fidelity.counting.words import (
    awaits_check,
    basis_in_words,
    figure_in_words,
    judged,
    name_in_words,
    notes,
    number_in_words,
    rating_in_words,
    step_in_words,
    value_in_words,
)
from fotfeste_web.fidelity.lists import principles
from fotfeste_web.fidelity.models import CountedItem
from fotfeste_web.organisations.models import Service

from .trend import Quarter, Trend

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One item in one period. ``rated`` and ``color`` are the tag that says what the number points to."""

    id: str
    number: int
    name: str
    asked: str  # what is rated
    computable: str
    value: str
    basis: str
    rated: str
    awaits_check: bool
    notes: list[str]
    step: str
    figures: list[tuple[str, str]]
    judged: str
    unrecorded: str
    counted: bool  # something here is recorded
    first_day: date
    last_day: date
    trend: Trend | None
    before: str  # what it was the quarter before


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    value: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NowPage:
    service_id: int
    period: str
    periods: list[PeriodChoice]
    counted_at: datetime | None
    first_day: date | None
    last_day: date | None
    sections: list[tuple[str, list[ItemLine]]]
    whole: bool
    oldest: str  # the quarter that the lines begin at

    @classmethod
    def of(cls, service: Service, period: str, *, whole: bool) -> "NowPage":
        """One query, however many periods there are."""
        kept = Kept(service, whole=whole)
        chosen = kept.chosen(period)
        scale = fidelity.scale(SCALE)
        one = next(iter(kept.rows.get(chosen, {}).values()), None)
        return cls(
            service_id=service.pk,
            period=chosen,
            periods=kept.choices(chosen),
            counted_at=one.counted_at if one else None,
            first_day=one.starts_on if one else None,
            last_day=one.ends_on - DAY if one else None,
            sections=[
                (section.name_nb, [kept.line(item, chosen) for item in scale.items_in(section=section.id)])
                for section in scale.sections
            ]
            if one
            else [],
            whole=whole,
            oldest=label(kept.quarters[0]) if kept.quarters else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipleLine:
    number: int
    name: str
    means: str
    items: list[ItemLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinciplesPage:
    principles: list[PrincipleLine]
    frame: list[ItemLine]  # items that hold for all of them
    counted_at: datetime | None

    @classmethod
    def of(cls, service: Service, *, whole: bool) -> "PrinciplesPage":
        kept = Kept(service, whole=whole)
        rows = kept.rows.get(NOW, {})
        lines = {item.id: kept.line(item, NOW) for item in fidelity.scale(SCALE).items} if rows else {}
        told = [
            PrincipleLine(
                number=number, name=one.name, means=one.means, items=[lines[id] for id in one.items if id in lines]
            )
            for number, one in enumerate(principles(), start=1)
        ]
        of_one = {id for one in principles() for id in one.items}
        return cls(
            principles=told,
            frame=[line for id, line in lines.items() if id not in of_one],
            counted_at=next((one.counted_at for one in rows.values()), None),
        )


class Kept:
    """What is kept of a service: by period and item. Reviews' own periods are theirs and not here."""

    def __init__(self, service: Service, *, whole: bool) -> None:
        self.service, self.whole, self.scale = service, whole, fidelity.scale(SCALE)
        self.rows: dict[str, dict[str, CountedItem]] = defaultdict(dict)
        stored = CountedItem.objects.filter(service=service, whole=whole, scale_id=SCALE)
        for row in stored.exclude(period__startswith="review"):
            self.rows[row.period][row.item] = row
        told = (one.told.get("specialists", ()) for items in self.rows.values() for one in items.values())
        self.staff = {str(one["user"]) for specialists in told for one in specialists}

    def chosen(self, period: str) -> str:
        return period if period in self.rows else NOW

    @property
    def quarters(self) -> list[str]:
        return sorted(name for name in self.rows if name != NOW)

    def choices(self, chosen: str) -> list["PeriodChoice"]:
        names = [name for name in (NOW, *reversed(self.quarters)) if name in self.rows]
        return [PeriodChoice(name, capitalised(label(name)), name == chosen) for name in names]

    def counted(self, item: Item, period: str) -> Counted:
        row = self.rows.get(period, {}).get(item.id)
        if row is None:
            return Counted(item=item.id, starts_on=date.min, ends_on=date.min + DAY, recorded=False, value=Cell())
        return of_row(row)

    def line(self, item: Item, period: str, staff: Mapping[str, str] | None = None) -> ItemLine:
        """``staff``: names of those whose figures are named each; of all together where there are none."""
        told = self.counted(item, period)
        trend = self.trend(item)
        figures = list(told.figures) if staff else pooled(told.figures, self.staff)
        figures.sort(key=lambda one: one.about not in ("", ALL_TOGETHER))  # what is of all first, then what is parted
        return ItemLine(
            id=item.id,
            number=item.number,
            name=item.name_nb,
            asked=item.rated_nb,
            computable=item.computable,
            value=value_in_words(item, told.value),
            basis=basis_in_words(item, told.value),
            rated=rating_in_words(told),
            awaits_check=awaits_check(told),
            notes=notes(item, told),
            step=step_in_words(item, told),
            figures=[figure_in_words(one, staff or {}) for one in figures],
            judged=judged(item) if told.recorded else "",
            unrecorded=unrecorded(item.id),
            counted=told.recorded,
            first_day=told.starts_on,
            last_day=told.ends_on - DAY,
            trend=trend,
            before=_before(trend, period),
        )

    def followed(self, item: Item) -> str:
        """Name what is followed from quarter to quarter."""
        cell = next((cell for name in self.quarters if (cell := _followed(self.counted(item, name)))), None)
        return capitalised(name_in_words(cell, {})) if cell and cell.id else "Tall"

    def trend(self, item: Item) -> Trend | None:
        """Follow the item's own number; of an item without one, the first share that stands beside it."""
        quarters = []
        for name in self.quarters:
            cell = _followed(self.counted(item, name))
            text = value_in_words(item, cell) if cell and not cell.id else number_in_words(cell) if cell else "–"
            quarters.append(Quarter(label(name), text or "–", cell.number if cell else None))
        percent = item.unit == "percent" and any(self.counted(item, name).value.number for name in self.quarters)
        return Trend.of(quarters, most=Decimal(100) if percent else None)


def _followed(told: Counted) -> Cell | None:
    if told.value.number is not None or told.value.hidden:
        return told.value
    together = (one for one in told.figures if one.about in ("", ALL_TOGETHER))
    return next((one for one in together if one.denominator is not None or one.hidden), None)


def _before(trend: Trend | None, period: str) -> str:
    """Say what it was in the quarter before the one that is shown; of the last six months, the last whole quarter."""
    if trend is None:
        return ""
    labels = [one.label for one in trend.quarters]
    place = labels.index(label(period)) if label(period) in labels else len(labels) - 1
    if place == 0:
        return ""
    one = trend.quarters[place - 1]
    return f"{one.text} i {one.label}"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
