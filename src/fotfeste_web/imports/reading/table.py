"""Find the headings in a file, and give the rows below them."""

from collections.abc import Collection, Iterator
from itertools import chain, islice

from .csv_file import csv_lines
from .sheet import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Format, Line, Table, Unusable
from .words import fold
from .xlsx_file import is_xlsx, refuse_unclear, xlsx_sheets

HEAD = 15  # lines among which the headings are
EMPTY = "Filen er tom. Den skal ha overskrifter på første rad og en rad for hver under."


def read_table(content: bytes, *, known: Collection[str], explanations: Collection[str] = ()) -> Table:
    """Read CSV or XLSX. The line with most headings that are ``known`` has the headings; what stands above is left out.

    ``known`` and ``explanations`` are folded. A line of our own explanations, from a template, is no row.
    """
    if len(content) > MAX_BYTES:
        raise Unusable(f"Filen er større enn {MAX_BYTES // 1_000_000} MB. Del den i flere.")
    if not content.strip():
        raise Unusable(EMPTY)
    if is_xlsx(content):
        sheets = xlsx_sheets(content)
        heads = [list(islice(sheet(), HEAD)) for sheet in sheets]
        best = max(range(len(sheets)), key=lambda n: _headings(heads[n], known)[0])
        place = _headings(heads[best], known)[1]
        lines = sheets[best]()
        table = _table("xlsx", heads[best], place, lines, explanations)
        refuse_unclear(content, sheets[best], heads[best][place][0])
        return table
    lines = csv_lines(content, known)
    head = list(islice(lines, HEAD))
    return _table("csv", head, _headings(head, known)[1], chain(head, lines), explanations)


def _headings(head: list[Line], known: Collection[str]) -> tuple[int, int]:
    """Give how many headings are known, and where the line with them stands; the first with anything, if none is."""
    found = [sum(fold(cell) in known for cell in cells) for _, cells in head]
    most = max(found, default=0)
    if most:
        return most, found.index(most)
    return 0, next((place for place, (_, cells) in enumerate(head) if any(cells)), 0)


def _table(format: Format, head: list[Line], place: int, lines: Iterator[Line], explanations: Collection[str]) -> Table:
    cells = head[place][1] if head else ()
    width = max((at for at, cell in enumerate(cells, start=1) if cell), default=0)
    if not width:
        raise Unusable(EMPTY)
    if width > MAX_COLUMNS:
        raise Unusable(f"Arket har mer enn {MAX_COLUMNS} kolonner. Ta bort dem som ikke skal inn.")
    headings = cells[:width]
    return Table(format, headings, _rows(islice(lines, place + 1, None), headings, explanations))


def _rows(lines: Iterator[Line], headings: tuple[str, ...], explanations: Collection[str]) -> Iterator[Line]:
    """Leave out what is empty, headings that are printed again, and our own explanations."""
    found = 0
    for number, cells in lines:
        if not any(cells) or cells[: len(headings)] == headings:
            continue
        filled = [fold(cell) for cell in cells if cell]
        if explanations and 2 * sum(cell in explanations for cell in filled) > len(filled):
            continue
        found += 1
        if found > MAX_ROWS:
            raise Unusable(f"Filen har mer enn {MAX_ROWS} rader. Del den i flere.")
        yield number, _as_wide_as(cells, len(headings))


def _as_wide_as(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Give a row the width of the headings; only cells with something in them may stand outside."""
    if any(cells[width:]):
        return cells
    return (*cells[:width], *[""] * (width - len(cells)))
