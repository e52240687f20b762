"""A table as a CSV file that a spreadsheet opens as it is meant, and runs nothing of."""

import csv as python_csv
from io import StringIO

from fotfeste.documents.blocks import Table, each_text, seen

# What a spreadsheet reads as the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{MINUS SIGN}", "＝", "＋", "－", "＠")  # and their wide forms


def csv(table: Table) -> bytes:
    """Write a table with semicolons, as spreadsheets in Norwegian read it, in UTF-8 with the mark that says so.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it: it is shown, and not run. A whole
    number with its sign is left as it is.
    """
    out = StringIO()
    writer = python_csv.writer(out, delimiter=";", lineterminator="\r\n")
    told = each_text(table, seen)
    writer.writerow(map(harmless, told.columns))
    writer.writerows(map(harmless, row) for row in told.rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    begins = cell.lstrip(" \N{NO-BREAK SPACE}")
    if begins[:1] in ("+", "-") and begins[1:].isascii() and begins[1:].isdigit():
        return cell
    return f"'{cell}" if begins.startswith(FORMULA) else cell
