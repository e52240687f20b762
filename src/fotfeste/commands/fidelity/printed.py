"""Scores, agreement and scales as tables on a terminal."""

from collections.abc import Iterable
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table

from fotfeste.fidelity.raters import ITEMS_RATED_BY_ONE, KAPPA_UNDEFINED, NO_COMMON_ITEMS, Agreement
from fotfeste.fidelity.scoring import FidelityScore, Subtotal
from fotfeste.fidelity.shapes import Item, Scale

Language = Literal["nb", "en"]

OWN_WORDS = {
    "nb": "Egne ord, ikke skjemaets: ha det offisielle skjemaet ved siden av.",
    "en": "Our own words, not the form's: keep the official form beside it.",
}
AWAITS_CHECK = {
    "nb": "* Ankeret er ikke kontrollert mot skjemaet ennå.",
    "en": "* The anchor has not been checked against the form yet.",
}
HEADINGS = {"nb": ("Nr.", "Punkt", "Ankere"), "en": ("No.", "Item", "Anchors")}
WARNINGS = {
    NO_COMMON_ITEMS: "Ingen punkter er vurdert av begge.",
    ITEMS_RATED_BY_ONE: "Vurdert av bare den ene, og ikke tatt med: {items}.",
    KAPPA_UNDEFINED: "Kappa kan ikke regnes ut: begge har gitt alle punktene samme verdi.",
}


def show(*parts: RenderableType) -> None:
    Console(highlight=False).print(Group(*parts))


def score_table(result: FidelityScore, scale: Scale) -> tuple[RenderableType, ...]:
    items = Table("Nr.", "Punkt", "Vurdering")
    for section, told in zip(scale.sections, result.sections, strict=True):
        items.add_section()
        items.add_row("", f"[bold]{escape(section.name_nb)}[/]", _total(told))
        for item in scale.items_in(section=section.id):
            rating = result.ratings[item.id]
            items.add_row(item.id, escape(item.name_nb), "mangler" if rating is None else str(rating))
    names = {subscale.id: subscale.name_nb for subscale in scale.subscales}
    sums = [f"{names[told.id]}: {_total(told, scale)}" for told in result.subscales]
    whole = Subtotal(id=scale.id, total=result.total, band=result.band, rated=result.rated, items=result.items)
    return items, *map(escape, sums), escape(f"{scale.name_nb}: {_total(whole, scale)}"), *_own_words(scale, "nb")


def agreement_table(result: Agreement, scale: Scale) -> tuple[RenderableType, ...]:
    figures = Table(show_header=False)
    for name, value in (
        ("Vurdert av begge", f"{result.n} av {len(scale.items)} punkter"),
        ("Helt enige", _percent(result.exact)),
        ("Høyst én fra hverandre", _percent(result.within_one)),
        ("Vektet kappa, lineær", _decimal(result.kappa_linear)),
        ("Vektet kappa, kvadratisk", _decimal(result.kappa_quadratic)),
    ):
        figures.add_row(name, value)
    apart = Table("Nr.", "Punkt", "A", "B", title="Uenige om, de største forskjellene først")
    for each in result.disagreements:
        apart.add_row(each.item, escape(scale.item_by_id[each.item].name_nb), str(each.a), str(each.b))
    warnings = [WARNINGS[warning].format(items=", ".join(result.rated_by_one)) for warning in result.warnings]
    return figures, *([apart] if result.disagreements else []), *warnings


def scale_table(scale: Scale, language: Language) -> tuple[RenderableType, ...]:
    items = Table(*HEADINGS[language], show_lines=True)
    for section in scale.sections:
        items.add_row("", f"[bold]{escape(_said(section, 'name', language))}[/]", "")
        for item in scale.items_in(section=section.id):
            about = f"[bold]{escape(_said(item, 'name', language))}[/]\n{escape(_said(item, 'rated', language))}"
            sources = " ".join(item.evidence)
            items.add_row(item.id, f"{about}\n[dim]{sources}[/]", escape("\n".join(_anchors(item, language))))
    bands = [f"{band.least}–{band.most} {_said(band, 'name', language)}" for band in scale.bands]
    waits = any(anchor.awaits_check for item in scale.items for anchor in item.anchors)
    return (
        escape(f"{_said(scale, 'name', language)} ({scale.edition}, v{scale.version})"),
        items,
        escape(", ".join(bands)),
        *([AWAITS_CHECK[language]] if waits else []),
        *_own_words(scale, language),
    )


def _anchors(item: Item, language: Language) -> Iterable[str]:
    for anchor in item.anchors:
        yield f"{anchor.rating}{'*' if anchor.awaits_check else ' '} {getattr(anchor, language)}"
    for part in item.parts:
        yield f"{part.id}) {getattr(part, language)}"
    for variant in item.variants:
        yield f"({variant.part or variant.rating}) {getattr(variant, language)}"


def _said(told: object, what: str, language: Language) -> str:
    return str(getattr(told, f"{what}_{language}"))


def _total(told: Subtotal, scale: Scale | None = None) -> str:
    if told.total is None:
        return f"{told.rated} av {told.items} punkter vurdert, ingen sum ennå"
    names = {band.id: band.name_nb for band in scale.bands} if scale else {}
    return f"{told.total} ({names[told.band]})" if told.band in names else str(told.total)


def _own_words(scale: Scale, language: Language) -> list[str]:
    return [OWN_WORDS[language]] if scale.wording == "own" else []


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}".replace("%", " %")


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace(".", ",")
