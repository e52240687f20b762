"""The same file with one more column, «Feil», to correct and bring back."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from fotfeste.documents.sheet import harmless

from .examining import Examined
from .rows_read import Row

FAULTS = "Feil"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
Lines = Iterator[tuple[str, ...]]


def marked(examined: Examined) -> bytes:
    write = as_xlsx if examined.table.format == "xlsx" else as_csv
    return write(_lines(examined))


def _lines(examined: Examined) -> Lines:
    headings = examined.table.headings
    at = headings.index(FAULTS) if FAULTS in headings else len(headings)
    kept = [place for place in range(len(headings)) if place != at]
    yield (*(headings[place] for place in kept), FAULTS)
    for (_, cells), row in zip(examined.lines, examined.rows, strict=True):
        yield (*(cells[place] for place in kept), _said(examined, row))


def _said(examined: Examined, row: Row) -> str:
    return " ".join(
        f"{examined.heading(finding.key)}: {'Se på dette. ' if finding.doubt else ''}{finding.reason}"
        for finding in row.findings
    )


def as_csv(lines: Lines) -> bytes:
    """Write with semicolons, as Norwegian Excel reads it; a cell that it would run gets an apostrophe before it."""
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(map(harmless, line) for line in lines)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Lines) -> bytes:
    import openpyxl  # slow to import
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Rader")
    sheet.freeze_panes = "A2"
    for line in lines:
        cells = [WriteOnlyCell(sheet, value=text) for text in line]
        for cell in cells:
            cell.data_type = "s"  # text, whatever it begins with
        sheet.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
