"""Instruments from their files: those of Fotfeste, and those of a folder of one's own."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from fotfeste.files import Table, read_toml
from fotfeste.trial.questionnaires.shapes import Answer, Band, Instrument, Item


class UnknownInstrument(LookupError):
    """No file has this ``id`` and ``version``; ``known`` are those that there are."""

    def __init__(self, id: str, version: int, known: tuple[tuple[str, int], ...]) -> None:
        super().__init__(f"{id} {version}")
        self.id, self.version, self.known = id, version, known


def read_instrument(path: Path) -> Instrument:
    """Read one file, strictly.

    Raises
    ------
    BadKey
        Where the file is not as README.md beside the shipped ones says.
    """
    table = read_toml(path)
    instrument = Instrument(
        id=table.text("id"),
        version=table.number("version"),
        name=table.text("name"),
        source=table.text("source"),
        licence=table.text("licence"),
        items=tuple(_item(row) for row in table.tables("items")),
        answers=tuple(_answer(row) for row in table.tables("answers")),
        scoring=table.choice("scoring", Instrument.__annotations__["scoring"]),
        max_missing=table.number("max_missing"),
        better=table.choice("better", Instrument.__annotations__["better"]),
        waves=table.numbers("waves"),
        bands=tuple(_band(row) for row in table.tables("bands")),
    )
    for name, problem in (
        ("items", not instrument.items or _repeats([item.id for item in instrument.items])),
        ("answers", len(instrument.answers) < 2 or _repeats([answer.value for answer in instrument.answers])),
        ("max_missing", not 0 <= instrument.max_missing < len(instrument.items)),
    ):
        if problem:
            raise table.bad(name, "list" if name != "max_missing" else "number")
    table.done()
    return instrument


def read_instruments(folder: Path) -> dict[tuple[str, int], Instrument]:
    """All instruments of a folder, by id and version."""
    return {(told.id, told.version): told for told in map(read_instrument, sorted(folder.glob("*.toml")))}


@cache
def shipped() -> dict[tuple[str, int], Instrument]:
    """Those that come with Fotfeste: their licences let anybody use them."""
    return read_instruments(Path(str(files("fotfeste.trial.questionnaires") / "instruments")))


def instrument(id: str, version: int, *, own: Path | None = None) -> Instrument:
    """One instrument; those of the folder ``own`` are looked for too. Raises ``UnknownInstrument``."""
    known = shipped() | (read_instruments(own) if own else {})
    if (id, version) not in known:
        raise UnknownInstrument(id, version, tuple(known))
    return known[id, version]


def _item(row: Table) -> Item:
    told = Item(
        id=row.text("id"),
        text_en=row.text("text_en"),
        text_nb=row.optional_text("text_nb"),
        reversed=row.yes("reversed"),
    )
    row.done()
    return told


def _answer(row: Table) -> Answer:
    told = Answer(value=row.number("value"), text_en=row.text("text_en"), text_nb=row.optional_text("text_nb"))
    row.done()
    return told


def _band(row: Table) -> Band:
    told = Band(lowest=row.number("from"), name_nb=row.text("name_nb"))
    row.done()
    return told


def _repeats(values: list[str] | list[int]) -> bool:
    return len(set(values)) < len(values)
