"""The file to begin with: the headings of a kind, a line that tells what goes where, and the words that may be used."""

import csv
from io import BytesIO, StringIO

from .kinds.kind import Kind
from .matching import explained

ROWS_WITH_CHOICES = 1000


def template_csv(kind: Kind) -> bytes:
    columns = [column for column in kind.columns if column.in_template]
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.heading for column in columns)
    writer.writerow(explained(column) for column in columns)
    return out.getvalue().encode("utf-8-sig")


def template_xlsx(kind: Kind) -> bytes:
    """The words also stand in a sheet of their own, and are offered in the cells."""
    import openpyxl  # slow to import
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    columns = [column for column in kind.columns if column.in_template]
    book = openpyxl.Workbook()
    sheet, words = book.active, book.create_sheet("Ord")
    sheet.title, sheet.freeze_panes = kind.name, "A3"
    at = 0
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 24
        sheet.cell(1, place, column.heading).font = Font(bold=True)
        told = sheet.cell(2, place, explained(column))
        told.font, told.alignment = Font(italic=True), Alignment(wrap_text=True, vertical="top")
        if not column.words:
            # Text, so that no figure is lost of a number that begins with 0. Days are written as days.
            for row in range(3, ROWS_WITH_CHOICES if column.key in ("identity", "organisation_number") else 3):
                sheet.cell(row, place).number_format = "@"
            continue
        at += 1
        source = get_column_letter(at)
        words.column_dimensions[source].width = 32
        for row, text in enumerate((column.heading, *column.words), start=1):
            words.cell(row, at, text)
        offered = DataValidation(
            "list", formula1=f"Ord!${source}$2:${source}${len(column.words) + 1}", showErrorMessage=False
        )
        offered.add(f"{letter}3:{letter}{ROWS_WITH_CHOICES}")
        sheet.add_data_validation(offered)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
