"""An item's figures in sentences: for the pages, and for the line that stands beside an item while it is rated."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from fotfeste.fidelity import Anchor, Figure, Item
from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.words import figure_words, mark_words, to_judge
from fotfeste_web.caseload.models import EndReason
from fotfeste_web.ui.formats import count, number, percent

from .counted import Cell, Counted
from .hiding import ALL_TOGETHER, OTHERS
from .unrecorded import unrecorded

HIDDEN = "skjult, for få personer"
AVERAGED = "Alle under ett er der. Snittet av jobbspesialistene avgjør."
GROUPS = {ALL_TOGETHER: "alle jobbspesialistene", OTHERS: "de andre samlet"}
UNITS = {
    "participants_per_post": ("deltakere per hele stilling", 1),
    "days": ("dager i snitt", 0),
    "contacts_per_week": ("møter per uke", 1),
}
BASIS = {
    "1": "{n} deltakere på {d} hele stillinger",
    "2": "oppgitt for {d} måneder",
    "4": "{n} av {d} deltakere er fra jobbspesialistens egne team",
    "15": "{d} deltakere har møtt en arbeidsgiver",
    "17": "{n} møter på {d} arbeidsuker i hel stilling",
    "21": "{n} av {d} jobber",
    "23": "{n} av {d} jobber",
    "24": "{n} av {d} timer",
}
LACKING = {
    "1": ("deltaker", "deltakere"),
    "4": ("deltaker fra jobbspesialistens egne team", "deltakere fra jobbspesialistens egne team"),
    "17": ("møte", "møter"),
    "21": ("ordinær jobb", "ordinære jobber"),
    "23": ("jobb med oppfølging i fire måneder", "jobber med oppfølging i fire måneder"),
    "24": ("time ute", "timer ute"),
}
RATIOS = {"posts_for_a_supervisor", "attempts_a_person", "contacts_a_week_worked"}
END_REASONS = {value: text[0].lower() + text[1:] for value, text in EndReason.choices}


def value_in_words(item: Item, cell: Cell) -> str:
    """Say the item's own number with its unit: «63 %», «5,6 møter per uke»."""
    if cell.hidden:
        return HIDDEN
    if cell.number is None:
        return ""
    if item.unit == "percent":
        return percent(cell.number / 100)
    unit, decimals = UNITS[item.unit or ""]
    return f"{number(cell.number, decimals)} {unit}"


def basis_in_words(item: Item, cell: Cell) -> str:
    """Say what a number is counted of: «12 av 19 jobber»."""
    if cell.numerator is None or not cell.denominator or item.id not in BASIS:
        return ""
    return BASIS[item.id].format(n=_plain(cell.numerator), d=_plain(cell.denominator))


def figure_in_words(cell: Cell, names: Mapping[str, str]) -> tuple[str, str]:
    """Give what a number is called, and the number. ``names``: of those it may be counted for, by id."""
    return name_in_words(cell, names), number_in_words(cell)


def name_in_words(cell: Cell, names: Mapping[str, str]) -> str:
    about = names.get(cell.about) or END_REASONS.get(cell.about) or GROUPS.get(cell.about) or cell.about
    return figure_words(Figure(id=cell.id, about=about, number=None))


def number_in_words(cell: Cell) -> str:
    if cell.hidden:
        return HIDDEN
    if cell.denominator is not None and cell.numerator is not None:
        if not cell.denominator:
            return "ingen å telle av"
        if cell.id in RATIOS:
            return f"{_plain(cell.number)} ({_plain(cell.numerator)} på {_plain(cell.denominator)})"
        share = percent(cell.numerator / cell.denominator)
        return f"{_plain(cell.numerator)} av {_plain(cell.denominator)} ({share})"
    return "–" if cell.number is None else _plain(cell.number)


def rating_in_words(told: Counted) -> str:
    if told.choices:
        return f"valget står mellom {' og '.join(map(str, told.choices))}"
    return f"peker mot {told.rating}" if told.rating else ""


def notes(item: Item, told: Counted) -> list[str]:
    """Say what a reader must know with the number; that an anchor awaits a check is marked beside it."""
    said = [mark_words(mark) for mark in told.marks if mark != marks.AWAITS_CHECK]
    for cap in item.caps:
        if held := dict(told.caps).get(cap.id):
            specialists = count(held, "jobbspesialist", "jobbspesialister")
            said.append(f"Høyst {cap.rating} for {specialists}: {cap.nb}.")
    return said


def awaits_check(told: Counted) -> bool:
    return marks.AWAITS_CHECK in told.marks


def step_in_words(item: Item, told: Counted) -> str:
    """Say what would lift the item one step."""
    if told.step is None:
        return ""
    rating, change = told.step
    to = f"For {rating}: {_anchor(item, rating).nb}."
    if not change:
        capped = any(cap.rating < rating for cap in item.caps if cap.id in dict(told.caps))
        return f"{to} {'Tallet er der, taket holder igjen.' if capped else AVERAGED}"
    if item.unit == "days":
        days = (Decimal(abs(change)) / (told.value.denominator or 1)).to_integral_value(ROUND_CEILING)
        return f"{to} Snittet må ned {count(int(days), 'dag', 'dager')}."
    lacking = count(abs(change), *LACKING[item.id])
    return f"{to} Det mangler {lacking}." if change > 0 else f"{to} Det er {lacking} for mye."


def sentences(item: Item, told: Counted, names: Mapping[str, str]) -> list[str]:
    """Say all there is of an item, without people: it stands beside the rating, and in the report."""
    said = []
    if value := value_in_words(item, told.value):
        rest = [part for part in (basis_in_words(item, told.value), rating_in_words(told)) if part]
        said.append(f"{value[0].upper()}{value[1:]}{''.join(f', {part}' for part in rest)}.")
    said += [f"{name}: {told_of}." for name, told_of in (figure_in_words(one, names) for one in told.figures)]
    said += notes(item, told)
    if awaits_check(told):
        said.append(f"* {mark_words(marks.AWAITS_CHECK)}")
    if lacks := unrecorded(item.id):
        said.append(lacks)
    return said


def judged(item: Item) -> str:
    return to_judge(item.id) or ""


def _anchor(item: Item, rating: int) -> Anchor:
    return next(one for one in item.anchors if one.rating == rating)


def _plain(value: Decimal | None) -> str:
    if value is None:
        return "–"
    return number(value, 0 if value == value.to_integral_value() else 1)
