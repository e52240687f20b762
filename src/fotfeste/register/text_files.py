"""How a delivered CSV file is written: its letters, what stands between its cells, and its head."""

import codecs
import csv
import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import polars as pl

from fotfeste.files import BadCell

CHUNK = 2**20
FOREIGN = re.compile(
    rb"\x00"  # UTF-16
    rb"|\xc3[\x80-\xbf]"  # a letter of UTF-8: the file is damaged, or put together of two kinds
    rb"|[\x81\x8d\x8f\x90\x9d]"  # nothing in Windows-1252
    rb"|[A-Za-z][\x86\x8c\x91\x9b\xbe\xbf]"  # a letter, then one of æ, ø and å of MS-DOS or old Macintosh
)
"""What no file of a Norwegian spreadsheet in Windows-1252 holds: it is read as that only without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """``mark`` stands between the cells. ``encoding`` is ``utf-8-sig``, or Windows-1252, of which Latin-1 is a part."""

    path: Path
    encoding: str
    mark: str
    header: tuple[str, ...]

    def scan(self) -> pl.LazyFrame:
        """All cells as text. A file that is not UTF-8 is held in memory."""
        source = self.path if self.encoding == "utf-8-sig" else self.path.read_bytes().decode(self.encoding).encode()
        return pl.scan_csv(
            source, separator=self.mark, infer_schema=False, has_header=True, new_columns=list(self.header)
        )

    def broken(self, name: str) -> BadCell:
        """Where a file that began well goes wrong."""
        with self.path.open(encoding=self.encoding, newline="") as lines:
            reader = csv.reader(lines, delimiter=self.mark)
            for row in reader:
                if len(row) > len(self.header):
                    return BadCell(name, "too_many_values", row=reader.line_num, value=row[len(self.header)])
        return BadCell(name, "unreadable")


def open_text(path: Path, name: str) -> TextFile:
    """See how a CSV file is written; its letters to the end, of its cells the head.

    Raises
    ------
    BadCell
        With reason encoding, at the first row that tells that the file is neither UTF-8 nor Windows-1252; empty; or
        repeated_column.
    """
    encoding = _encoding(path, name)
    with path.open(encoding=encoding, newline="") as lines:
        first = next((line for line in lines if line.strip()), "")
    if not first:
        raise BadCell(name, "empty")
    mark = max(";\t,", key=first.count)
    header = tuple(cell.strip() for cell in next(csv.reader(StringIO(first), delimiter=mark)))
    if repeated := [cell for at, cell in enumerate(header) if cell in header[:at]]:
        raise BadCell(name, "repeated_column", row=1, column=repeated[0])
    return TextFile(path=path, encoding=encoding, mark=mark, header=header)


def _encoding(path: Path, name: str) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as content:
            while chunk := content.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
        return "utf-8-sig"
    except UnicodeDecodeError:
        content_ = path.read_bytes()
    if foreign := FOREIGN.search(content_):
        raise BadCell(name, "encoding", row=content_.count(b"\n", 0, foreign.start()) + 1)
    return "cp1252"
