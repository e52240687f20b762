"""What is wrong with a file, as a sentence in bokmål for the one who can mend it."""

from collections.abc import Mapping

from fotfeste.files.cells import BadCell
from fotfeste.files.tables import BadKey

KEYS: Mapping[str, str] = {
    "unreadable": "Fila finnes ikke eller kan ikke leses.",
    "encoding": "Fila er ikke tekst i UTF-8.",
    "syntax": "Fila er ikke gyldig TOML ({value}).",
    "missing": "Nøkkelen mangler eller er tom.",
    "unknown": "Nøkkelen er ukjent.",
    "text": "«{value}» er ikke tekst. Sett den i anførselstegn.",
    "number": "«{value}» er ikke et helt tall.",
    "real": "«{value}» er ikke et tall.",
    "date": "«{value}» er ikke en dato, som 2008-01-07.",
    "yes_no": "«{value}» er verken true eller false.",
    "table": "«{value}» er ikke en tabell.",
    "list": "«{value}» hører ikke hjemme i lista.",
    "choice": "«{value}» er ikke en av verdiene som kan brukes.",
}
CELLS: Mapping[str, str] = {
    "not_found": "Filen finnes ikke.",
    "unreadable": "Filen kan ikke leses som tekst. Lagre regnearket som CSV.",
    "encoding": "Filen er ikke tekst i UTF-8. Lagre den som «CSV UTF-8».",
    "empty": "Filen er tom.",
    "no_rows": "Filen har ingen rader.",
    "missing_column": "Kolonnen finnes ikke.",
    "repeated_column": "To kolonner heter det samme.",
    "too_many_values": "Raden har flere verdier enn det er kolonner.",
    "number": "Dette er ikke et tall.",
    "missing": "Her mangler et tall.",
    "not_finite": "Dette tallet er ikke endelig.",
    "date": "Dette er ikke en dato, som 2026-03-02.",
    "parquet": "Parquet-filen er skadet eller har annet enn tekst, tall og datoer. Lagre den på nytt, eller som CSV.",
    "json": "Filen er ikke en JSON-liste med én post per rad.",
}


def key_sentence(error: BadKey, own: Mapping[str, str] = KEYS) -> str:
    """Where in a TOML file, and what is wrong; ``own`` holds the sentences for each reason."""
    line = f", linje {error.line}" if error.line else ""
    key = f", nøkkel {error.key}" if error.key else ""
    return f"{error.file}{line}{key}: {own[error.reason].format(value=error.value)}"


def cell_sentence(error: BadCell, own: Mapping[str, str] = CELLS) -> str:
    """Where in a table, and what is wrong; ``own`` holds the sentences for each reason."""
    where = [error.file]
    if error.row is not None:
        where.append(f"rad {error.row}")
    if error.column:
        where.append(f"kolonne {error.column}")
    if error.value is not None:
        where.append(f"«{error.value}»")
    known = f" Filen har {', '.join(error.known)}." if error.known else ""
    return f"{', '.join(where)}: {own[error.reason]}{known}"
