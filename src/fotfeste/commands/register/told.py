"""What the commands of the registers share: what is delivered, drawings, and refusals as sentences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from fotfeste.register.engine import Engine

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
EngineName = Annotated[
    Literal["polars", "spark"], typer.Option("--engine", help="polars: denne maskinen. spark: en klynge, for et land.")
]
Master = Annotated[
    str | None,
    typer.Option(metavar="ADRESSE", help="Klyngen, som spark://vert:7077 eller local[2]. Uten: denne maskinen."),
]
SMALL_CELLS = 5
"""As ``disclosure.SMALL``, which is slow to import."""


def held_back(below: int) -> str:
    """What – stands for in a table."""
    return f"– er færre enn {below} personer, eller tall som de kunne regnes ut av. --small-cells 0 viser alt."


@contextmanager
def running(engine: str, master: str | None) -> Iterator["Engine"]:
    """The engine by its name; a cluster only while the block runs."""
    if engine == "polars":
        if master is not None:
            raise typer.BadParameter("Den hører til --engine spark.", param_hint="--master")
        from fotfeste.register.engine import OneMachine

        yield OneMachine()
        return
    from fotfeste.register.cluster import OWN_MACHINE, cluster

    with cluster(master or OWN_MACHINE) as spark:
        yield spark


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
