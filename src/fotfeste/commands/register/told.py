"""What the commands of the registers share: what is delivered, drawings, and refusals as sentences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

Delivered = Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappa med registerfilene (Parquet eller CSV).")]
Layout = Annotated[
    str | None,
    typer.Option(metavar="NAVN|FIL", help="Hva kolonnene heter: microdata, aa-register eller din egen .toml."),
]
SmallCells = Annotated[
    int,
    typer.Option(
        "--small-cells",
        min=0,
        help="Vis ingen tall med færre enn så mange bak. 0 viser alt: for deg som regner videre, ikke for andre.",
    ),
]
SMALL_CELLS = 5
"""As ``disclosure.SMALL``, which is slow to import."""


def held_back(below: int) -> str:
    """What – stands for in a table."""
    return f"– er færre enn {below} personer, eller tall som de kunne regnes ut av. --small-cells 0 viser alt."


def own_layout(layout: str | None) -> tuple[Path, ...]:
    """The file of a layout that is the reader's own."""
    return (Path(layout),) if layout and layout.endswith(".toml") else ()


@contextmanager
def refusals() -> Iterator[None]:
    """What cannot be used is said in a sentence, and the command ends with 2."""
    from fotfeste.commands.register.sentences import Refusal, sentence

    try:
        yield
    except Refusal as error:
        typer.echo(sentence(error), err=True)
        raise typer.Exit(2) from None


def draw(make: Callable[[], Any], table: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Draw to a file with its numbers beside it; another kind of file is refused."""
    from fotfeste.charts.saving import UnknownFormat, save

    try:
        save(make(), path, table=table)
    except UnknownFormat as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
