"""Scales from their files: those that come with the package, and a file of one's own."""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from fotfeste.fidelity.shapes import (
    Anchor,
    Band,
    Cap,
    Computable,
    Evidence,
    Item,
    Part,
    Rule,
    Scale,
    Section,
    Subscale,
    Variant,
    Window,
    Wording,
)
from fotfeste.files import BadKey, Table, read_toml


class BadScale(BadKey):
    """A scale file cannot be used.

    Beside what can be wrong with any file, ``reason`` is duplicate, unknown_section, unknown_subscale, unknown_part,
    anchors, ratings, range, numbering or bands.
    """


class UnknownScale(LookupError):
    """No scale has that id, or that version of it; ``near`` lists the ids most like it, best first."""

    def __init__(self, id: str, version: int | None, near: tuple[str, ...]) -> None:
        super().__init__(f"{id} (version {version}); near: {', '.join(near)}")
        self.id, self.version, self.near = id, version, near


@cache
def scales() -> tuple[Scale, ...]:
    """Every scale that comes with the package, in every version."""
    folder = files(__package__).joinpath("scales")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(load_scale(file) for file in found)


def scale(id: str, version: int | None = None) -> Scale:
    """Look up a scale; without a version, its newest.

    Raises
    ------
    UnknownScale
        With the ids that come near.
    """
    found = [known for known in scales() if known.id == id and version in (None, known.version)]
    if not found:
        near = get_close_matches(id, sorted({known.id for known in scales()}), n=3, cutoff=0.4)
        raise UnknownScale(id, version, tuple(near))
    return max(found, key=lambda known: known.version)


def load_scale(path: Path | Traversable) -> Scale:
    """Read a scale from a file, such as the official text of whoever may use it.

    Raises
    ------
    BadScale
        At the first thing that is wrong, with the file and the key.
    """
    return _scale(read_toml(path, error=BadScale))


def _scale(table: Table) -> Scale:
    lowest, highest = table.number("lowest"), table.number("highest")
    if highest <= lowest:
        raise table.bad("highest", "range", highest)
    window = _window(table.table("window"))
    subscales = tuple(_subscale(row) for row in table.tables("subscale"))
    sections = tuple(_section(row, subscales) for row in table.tables("section"))
    bands = tuple(_band(row, subscales) for row in table.tables("band"))
    items = tuple(_item(row, sections, range(lowest, highest + 1), window) for row in table.tables("item"))
    made = Scale(
        id=table.text("id"),
        version=table.number("version"),
        edition=table.text("edition"),
        name_nb=table.text("name_nb"),
        name_en=table.text("name_en"),
        wording=table.choice("wording", Wording),
        source=table.text("source"),
        source_date=table.day("source_date"),
        lowest=lowest,
        highest=highest,
        rounding=table.choice("rounding", Literal["half_up_whole"]),
        ties=table.choice("ties", Literal["lower"]),
        window=window,
        subscales=subscales,
        sections=sections,
        bands=bands,
        items=items,
        sha256=table.sha256,
    )
    table.done()
    _check(made, table)
    return made


def _check(made: Scale, table: Table) -> None:
    """What no single table can tell: ids met twice, numbers left out, totals without a band."""
    for name, ids in (("subscale", made.subscales), ("section", made.sections)):
        _once(table, name, (known.id for known in ids))
    for at, item in enumerate(made.items, start=1):
        if item.number != at:
            raise table.bad(f"item[{at}].number", "numbering", item.number)
    for section in made.sections:
        numbers = [item.number_in_section for item in made.items_in(section=section.id)]
        if not numbers or numbers != list(range(1, len(numbers) + 1)):
            raise table.bad("section", "numbering", section.id)
    for subscale in (None, *(known.id for known in made.subscales)):
        bands = sorted((band for band in made.bands if band.subscale == subscale), key=lambda band: band.least)
        if not bands and subscale is None and made.subscales:
            continue  # each subscale has bands of its own, and the sum of them is called nothing
        n = len(made.items_in(subscale=subscale))
        starts = [band.least for band in bands] + [n * made.highest + 1]
        ends = [n * made.lowest - 1] + [band.most for band in bands]
        if any(start != end + 1 for start, end in zip(starts, ends, strict=True)):
            raise table.bad("band", "bands", subscale)


def _item(table: Table, sections: tuple[Section, ...], ratings: range, window: Window) -> Item:
    section = table.text("section")
    if section not in {known.id for known in sections}:
        raise table.bad("section", "unknown_section", section)
    awaits_check = table.numbers("awaits_check")
    anchors = tuple(_anchor(row, awaits_check) for row in table.tables("anchors"))
    if [anchor.rating for anchor in anchors] != list(ratings):
        raise table.bad("anchors", "anchors", [anchor.rating for anchor in anchors])
    parts = tuple(_part(row) for row in table.tables("parts"))
    _once(table, "parts", (part.id for part in parts))
    suggests = table.numbers("suggests")
    for name, told, known in (
        ("awaits_check", awaits_check, set(ratings)),
        ("suggests", suggests, {anchor.rating for anchor in anchors if anchor.has_numbers}),
    ):
        if not set(told) <= known:
            raise table.bad(name, "ratings", list(told))
    made = Item(
        number=table.number("number"),
        section=section,
        number_in_section=table.number("number_in_section"),
        name_nb=table.text("name_nb"),
        name_en=table.text("name_en"),
        rated_nb=table.text("rated_nb"),
        rated_en=table.text("rated_en"),
        computable=table.choice("computable", Computable),
        # Numbers without a unit mean nothing.
        unit=table.text("unit") if any(a.has_numbers for a in anchors) else table.optional_text("unit"),
        suggests=suggests,
        per_specialist=table.yes("per_specialist"),
        window=_window(table.table("window")) if table.has("window") else window,
        evidence=table.choices("evidence", Evidence),
        anchors=anchors,
        caps=tuple(_cap(row, ratings) for row in table.tables("caps")),
        rules=tuple(_rule(row) for row in table.tables("rules")),
        parts=parts,
        variants=tuple(_variant(row, ratings, parts) for row in table.tables("variants")),
    )
    table.done()
    return made


def _anchor(table: Table, awaits_check: tuple[int, ...]) -> Anchor:
    rating = table.number("rating")
    made = Anchor(
        rating=rating,
        nb=table.text("nb"),
        en=table.text("en"),
        least=table.optional_number("least"),
        most=table.optional_number("most"),
        awaits_check=rating in awaits_check,
    )
    table.done()
    if made.least is not None and made.most is not None and made.most < made.least:
        raise table.bad("most", "range", made.most)
    return made


def _part(table: Table) -> Part:
    made = Part(id=table.text("id"), nb=table.text("nb"), en=table.text("en"))
    table.done()
    return made


def _cap(table: Table, ratings: range) -> Cap:
    made = Cap(id=table.text("id"), rating=table.number("rating"), nb=table.text("nb"), en=table.text("en"))
    table.done()
    if made.rating not in ratings:
        raise table.bad("rating", "ratings", made.rating)
    return made


def _rule(table: Table) -> Rule:
    made = Rule(id=table.text("id"), number=table.number("number"), nb=table.text("nb"), en=table.text("en"))
    table.done()
    return made


def _variant(table: Table, ratings: range, parts: tuple[Part, ...]) -> Variant:
    made = Variant(
        id=table.text("id"),
        rating=table.optional_number("rating"),
        part=table.optional_text("part"),
        nb=table.text("nb"),
        en=table.text("en"),
    )
    table.done()
    if made.part is not None and made.part not in {part.id for part in parts}:
        raise table.bad("part", "unknown_part", made.part)
    if made.part is None and made.rating not in ratings:
        raise table.bad("rating", "ratings", made.rating)
    return made


def _window(table: Table) -> Window:
    made = Window(count=table.number("count"), unit=table.choice("unit", Literal["days", "weeks", "months"]))
    table.done()
    return made


def _subscale(table: Table) -> Subscale:
    made = Subscale(id=table.text("id"), name_nb=table.text("name_nb"), name_en=table.text("name_en"))
    table.done()
    return made


def _section(table: Table, subscales: tuple[Subscale, ...]) -> Section:
    made = Section(
        id=table.text("id"),
        name_nb=table.text("name_nb"),
        name_en=table.text("name_en"),
        subscale=_known_subscale(table, subscales),
    )
    table.done()
    if subscales and made.subscale is None:
        raise table.bad("subscale", "missing")
    return made


def _band(table: Table, subscales: tuple[Subscale, ...]) -> Band:
    made = Band(
        id=table.text("id"),
        name_nb=table.text("name_nb"),
        name_en=table.text("name_en"),
        least=table.number("least"),
        most=table.number("most"),
        subscale=_known_subscale(table, subscales),
    )
    table.done()
    return made


def _known_subscale(table: Table, subscales: tuple[Subscale, ...]) -> str | None:
    told = table.optional_text("subscale")
    if told is not None and told not in {subscale.id for subscale in subscales}:
        raise table.bad("subscale", "unknown_subscale", told)
    return told


def _once(table: Table, name: str, ids: Iterable[str]) -> None:
    for id, times in Counter(ids).items():
        if times > 1:
            raise table.bad(name, "duplicate", id)
