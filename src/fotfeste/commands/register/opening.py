"""``open-key``: whose the pseudonyms of a participant file are, for the one who has the code."""

from pathlib import Path
from typing import Annotated

import typer

from fotfeste.commands.register.told import refusals


def open_key(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Den låste nøkkelfila fra Fotfeste.")],
    out: Annotated[Path, typer.Option("--out", metavar="FIL", help="Hvor den åpne fila skrives (CSV).")],
    code: Annotated[str, typer.Option(prompt="Kode", hide_input=True, help="Spørres det etter, vises den ikke.")],
) -> None:
    """Åpne nøkkelfila til en deltakerfil med koden som ble vist da den ble laget."""
    from fotfeste.register.key_file import unlock

    with refusals():
        opened = unlock(file.read_bytes(), code)
        out.touch(mode=0o600)
        out.write_bytes(opened)
