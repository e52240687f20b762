"""The results as files: the same numbers as on the page, with what they count. Text is never read as a formula."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from fotfeste.documents import Block, Document, Heading, Note, Paragraph, Table, pdf
from fotfeste_web.accounts.models import User

from .models import Audience, ServiceResults
from .results_page import HIDDEN, HIDDEN_NOTE, TOO_EARLY, figure_of, newest, value_is
from .words import reason

Row = list[str | int | float | None]
COLUMNS = (
    *("tall", "versjon", "navn", "periode", "fra", "til", "jobbspesialist"),
    *("teller", "nevner", "median", "utelatt", "fordelt"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Format:
    type: str
    write: Callable[[ServiceResults, str], bytes]


def rows(stored: ServiceResults) -> Iterator[Row]:
    """One row a figure and span, and for those who see people one more for each job specialist."""
    results = stored.results
    names = dict(
        User.objects.filter(pk__in=[int(id) for id in results.get("specialists", {})]).values_list("pk", "name")
    )
    for one in newest():
        for span, starts_on, ends_on in results["spans"]:
            if one.quarter and "-" not in span:
                continue
            cell = results["figures"].get(one.id, {}).get(span)
            start: Row = [one.id, one.version, one.name_nb, span, starts_on, ends_on]
            yield [*start, "", *_numbers(one.id, cell)]
            for id, theirs in results.get("specialists", {}).items():
                if (told := theirs.get(one.id, {}).get(span)) and int(id) in names:
                    yield [*start, names[int(id)], *told, "", ""]


def _numbers(figure: str, cell: dict[str, Any] | None) -> Row:
    if cell is None:
        return [TOO_EARLY, TOO_EARLY, None, "", ""]
    told = [HIDDEN if name in cell and cell[name] is None else cell.get(name) for name in ("n", "of")]
    groups = [
        "; ".join(f"{reason(figure, id)}: {HIDDEN if n is None else n}" for id, n in cell.get(name, {}).items())
        for name in ("left_out", "parts")
    ]
    return [*told, cell.get("median"), *groups]


def as_csv(stored: ServiceResults, service: str) -> bytes:
    """With a byte order mark and semicolons, as a Norwegian spreadsheet opens it."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["tjeneste", *COLUMNS])
    writer.writerows([[_inert(cell) for cell in (service, *row)] for row in rows(stored)])
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: str | int | float | None) -> str | int | float | None:
    """Put a sign before text that a spreadsheet would run."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_xlsx(stored: ServiceResults, service: str) -> bytes:
    import openpyxl  # here alone, and slow to import
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)

    def sheet(title: str, lines: list[Row], widths: dict[str, int]) -> None:
        made = book.create_sheet(title)
        made.freeze_panes = "A2"
        for column, width in widths.items():
            made.column_dimensions[column].width = width
        for line in lines:
            cells = [WriteOnlyCell(made, value=value) for value in line]
            for cell in cells:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # text, whatever it begins with
            made.append(cells)

    head: Row = ["tjeneste", *COLUMNS]
    sheet(
        "Resultater", [head, *([service, *row] for row in rows(stored))], {"A": 20, "B": 28, "D": 40, "L": 30, "M": 40}
    )
    defined: list[Row] = [["tall", "versjon", "navn", "teller", "nevner", "formel", "kilde"]]
    defined += [[d.id, d.version, d.name_nb, d.numerator_nb, d.denominator_nb, d.formula, d.source] for d in newest()]
    if stored.audience == Audience.READERS:
        defined += [[], [HIDDEN_NOTE]]
    sheet("Definisjoner", defined, {"A": 28, "C": 40, "D": 50, "E": 60, "F": 40, "G": 60})
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_pdf(stored: ServiceResults, service: str) -> bytes:
    blocks: list[Block] = [Paragraph(f"Av det som var kjent ved inngangen til {stored.results['until']}.")]
    if stored.audience == Audience.READERS:
        blocks.append(Note(HIDDEN_NOTE))
    for one in newest():
        blocks += _figure(stored, one)
    return pdf(
        Document(title=f"Resultater: {service}", made_on=date.fromisoformat(str(stored.on)), blocks=tuple(blocks))
    )


def _figure(stored: ServiceResults, definition: Any) -> Iterator[Block]:
    figure = figure_of(stored.results, definition, draw=False)
    yield Heading(figure.name)
    counted = f"Teller: {figure.numerator}."
    if figure.of:
        counted += f" Nevner: {figure.denominator}."
    yield Paragraph(f"{counted} {figure.held}".strip())
    columns = ["Periode", value_is(definition)]
    columns += ["Teller", "Nevner"] if figure.of else []
    columns += ["Utelatt"] if figure.gives_left_out else []
    columns += ["Fordelt"] if figure.gives_parts else []
    lines = []
    for line in figure.lines:
        cells = [line.span, line.value]
        cells += [line.n, line.of] if figure.of else []
        cells += [line.left_out] if figure.gives_left_out else []
        cells += [line.parts] if figure.gives_parts else []
        lines.append(tuple(cells))
    numeric = frozenset(range(1, 4 if figure.of else 2))
    yield Table(
        tuple(columns), tuple(lines), caption=f"{figure.name}, {figure.id} versjon {figure.version}", numeric=numeric
    )
    if figure.specialists:
        yield Table(
            ("Jobbspesialist", *figure.spans),
            tuple((one.name, *(told for _, told in one.cells)) for one in figure.specialists),
            caption=f"{figure.name} per jobbspesialist",
            numeric=frozenset(range(1, len(figure.spans) + 1)),
        )


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", as_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "pdf": Format("application/pdf", as_pdf),
}
