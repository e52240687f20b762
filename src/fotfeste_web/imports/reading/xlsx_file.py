"""XLSX, read row by row; looked through for what could not be read rightly before it is opened."""

import re
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from .sheet import MAX_COLUMNS, Line, Unusable, as_text

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Bytes when unpacked. A sheet is read as a stream; the texts that cells share, and the styles, lie in memory.
LARGEST = {"xl/worksheets/": 100_000_000, "xl/sharedStrings.xml": 30_000_000, "": 5_000_000}
MOST_PARTS = 500
CHUNK, OVERLAP = 1 << 20, 20_000
# A formula with no value beside it; a text that was computed to be empty says that it is a text.
NOT_COMPUTED = re.compile(
    rb'<c\b(?![^<>]*\bt="str")[^<>]*>\s*(?:<f\b[^<>]*/>|<f\b[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
MERGED = re.compile(rb'<mergeCell\b[^<>]*\bref="[A-Z]{1,3}([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
NO_SHEET = "Filen er ikke et regneark vi kan lese. Lagre den som XLSX eller CSV."
TOO_LARGE = "Filen blir for stor når den pakkes ut. Lagre den på nytt med bare det ene arket som skal inn."
LOCKED = "Filen har passord. Ta bort passordet, og last den opp på nytt."
OLD = "Filen er i det gamle formatet XLS. Lagre den som XLSX eller CSV."
FORMULA = "Arket har formler som ikke er regnet ut. Åpne filen i Excel, lagre den, og last den opp på nytt."
DATES_1904 = "Filen teller dager fra 1904, så datoene kan bli feil. Lagre den som CSV i stedet."

Sheet = Callable[[], Iterator[Line]]


def is_xlsx(content: bytes) -> bool:
    """Tell an XLSX from text. An old or locked workbook is refused with its reason."""
    if content.startswith(OLE):
        raise Unusable(LOCKED if ENCRYPTED in content else OLD)
    return content.startswith(ZIP)


def xlsx_sheets(content: bytes) -> list[Sheet]:
    """Give the sheets of a workbook that are shown, each as a way to read its lines from the first."""
    _refuse_a_bomb(content)
    with warnings.catch_warnings(), _readable():
        warnings.simplefilter("ignore")  # of what it does not know and we do not ask for
        from openpyxl import load_workbook  # slow to import
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if book.epoch == CALENDAR_MAC_1904:
        raise Unusable(DATES_1904)
    if not sheets:
        raise Unusable(NO_SHEET)
    return [_lines_of(sheet) for sheet in sheets]


def refuse_unclear(content: bytes, sheet: Sheet, head_row: int) -> None:
    """Refuse a sheet with formulas that nobody has computed, or with merged cells among its rows."""
    with _readable(), ZipFile(BytesIO(content)) as archive, archive.open(sheet.path) as part:  # type: ignore[attr-defined]
        last = b""
        while chunk := part.read(CHUNK):
            looked_at = last + chunk
            if NOT_COMPUTED.search(looked_at):
                raise Unusable(FORMULA)
            for first_row, last_row in MERGED.findall(looked_at):
                if int(last_row) > head_row:
                    raise Unusable(
                        f"Arket har celler som er slått sammen (rad {int(first_row)} til {int(last_row)}). "
                        "Del dem opp, så hver rad har sine egne verdier."
                    )
            last = looked_at[-OVERLAP:]


def _lines_of(sheet: Any) -> Sheet:
    def lines() -> Iterator[Line]:
        sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
        with _readable():
            rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True)
            for number, cells in enumerate(rows, start=1):
                yield number, tuple(map(as_text, cells))

    lines.path = sheet._worksheet_path.removeprefix("/")  # type: ignore[attr-defined]
    return lines


def _refuse_a_bomb(content: bytes) -> None:
    """Hold the sizes that the parts declare against the limits; more than it declares, a part cannot unpack to."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except BadZipFile:
        raise Unusable(NO_SHEET) from None
    if len(parts) > MOST_PARTS or any(_size_of(parts, place) > largest for place, largest in LARGEST.items()):
        raise Unusable(TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise Unusable(LOCKED)


def _size_of(parts: list[ZipInfo], place: str) -> int:
    """Sum the parts of a place; the nameless place has the other parts that are read, as pictures are not."""
    if place:
        return sum(part.file_size for part in parts if part.filename.lstrip("/").startswith(place))
    named = tuple(name for name in LARGEST if name)
    others = (p for p in parts if not p.filename.lstrip("/").startswith((*named, "xl/media/", "docProps/thumbnail")))
    return sum(part.file_size for part in others)


class _readable:
    """Whatever goes wrong in a file that somebody else made: it cannot be read."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: Any) -> None:
        if isinstance(error, Exception) and not isinstance(error, Unusable):
            raise Unusable(NO_SHEET) from None
