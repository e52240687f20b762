"""What the records suggest, as a table on a terminal."""

from collections.abc import Iterable
from decimal import Decimal

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from fotfeste.fidelity.shapes import Scale
from fotfeste.fidelity.suggestions import Figure, OfSpecialist, Suggestion, Suggestions
from fotfeste.fidelity.suggestions.marks import AWAITS_CHECK
from fotfeste.fidelity.suggestions.words import figure_words, mark_words, to_judge

NOT_A_SCORE = "Dette er en forberedelse og ingen vurdering: den gjør et menneske."
NOTHING = "–"


def suggestion_table(result: Suggestions, scale: Scale) -> tuple[RenderableType, ...]:
    items = Table("Nr.", "Punkt", "Tall", "Forslag", "Grunnlag", show_lines=True)
    for section in scale.sections:
        items.add_row("", f"[bold]{escape(section.name_nb)}[/]", "", "", "")
        for item in scale.items_in(section=section.id):
            told = result[item.id]
            items.add_row(
                item.id,
                escape(item.name_nb),
                escape(_number(told.number, told.unit)),
                escape(_rating(told)),
                escape("\n".join(_behind(told))),
            )
    last = result.ends_on.fromordinal(result.ends_on.toordinal() - 1)
    awaits = any(AWAITS_CHECK in told.marks for told in result.items)
    return (
        escape(f"{scale.name_nb}, {result.starts_on} til {last}"),
        items,
        *([f"* {mark_words(AWAITS_CHECK)}"] if awaits else []),
        NOT_A_SCORE,
    )


def _rating(told: Suggestion) -> str:
    mark = "*" if AWAITS_CHECK in told.marks else ""
    if told.choices:
        return f"{' eller '.join(map(str, told.choices))}{mark}"
    return NOTHING if told.rating is None else f"{told.rating}{mark}"


def _behind(told: Suggestion) -> Iterable[str]:
    """The fraction, the anchor, each job specialist, the figures beside, what to know and what to judge."""
    if told.numerator is not None and told.number is not None:
        yield f"{_plain(told.numerator)} / {_plain(told.denominator)}"
    if told.anchor:
        yield f"{told.anchor.rating}: {told.anchor.nb}"
    for one in told.specialists:
        yield _of_specialist(one, told.unit)
    if told.pooled_rating is not None:
        yield f"Alle under ett: {told.pooled_rating}"
    for figure in told.figures:
        part = f"{figure.part}) " if figure.part else ""
        yield f"{part}{figure_words(figure)}: {_figure(figure)}"
    for mark in told.marks:
        if mark != AWAITS_CHECK:
            yield f"! {mark_words(mark)}"
    if judge := to_judge(told.item):
        yield f"Å vurdere: {judge}"


def _of_specialist(one: OfSpecialist, unit: str | None) -> str:
    if one.number is None:
        return f"{one.specialist}: {NOTHING}"
    rating = "" if one.rating is None else f", {one.rating}"
    return (
        f"{one.specialist}: {_number(one.number, unit)} ({_plain(one.numerator)} / {_plain(one.denominator)}){rating}"
    )


def _figure(figure: Figure) -> str:
    if figure.denominator is None:
        return _plain(figure.number)
    if figure.number is not None and figure.number > 1:
        return f"{_plain(figure.numerator)} / {_plain(figure.denominator)} = {_plain(figure.number)}"
    return f"{_plain(figure.numerator)} av {_plain(figure.denominator)}"


def _number(number: Decimal | None, unit: str | None) -> str:
    return _plain(number) + (" %" if unit == "percent" and number is not None else "")


def _plain(number: Decimal | None) -> str:
    """One decimal, and none where there is none to show."""
    if number is None:
        return NOTHING
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")
