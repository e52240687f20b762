"""CSV as spreadsheets write it: comma, semicolon or tab; UTF-8, UTF-16 or the Windows letters of Norwegian Excel."""

import codecs
import csv
from collections.abc import Collection, Iterator
from io import StringIO

from .sheet import Line, Unusable, clean
from .words import fold

DELIMITERS = ";\t,"  # the first wins where two are as many
LOOKED_AT = 20  # lines


def csv_lines(content: bytes, known: Collection[str]) -> Iterator[Line]:
    """Give the lines, also the empty ones: they have a number in the program that shows the file."""
    text = decoded(content)
    delimiter = ""
    first, _, rest = text.partition("\n")
    if first.casefold().startswith("sep=") and len(first.strip()) == 5:  # Excel's own line, which it does not show
        delimiter, text = first[4], rest
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter or delimiter_of(text, known))
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, tuple(map(clean, cells))
    except csv.Error:
        raise Unusable("Filen kan ikke leses som CSV. Se etter et anførselstegn som ikke er lukket.") from None


def decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unusable("Filen er verken CSV eller XLSX. Lagre den på nytt fra regnearket.")


def delimiter_of(text: str, known: Collection[str]) -> str:
    """Find what stands between the cells: it parts a line into most headings, else the first line has most of it."""
    lines = [line for line in text.splitlines()[: LOOKED_AT * 2] if line.strip()][:LOOKED_AT]
    unquoted = "".join(lines[0].split('"')[::2]) if lines else ""

    def headings(sign: str) -> int:
        return max((sum(fold(cell.strip('"')) in known for cell in line.split(sign)) for line in lines), default=0)

    return max(DELIMITERS, key=lambda sign: (headings(sign), unquoted.count(sign)))
