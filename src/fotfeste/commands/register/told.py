"""What the commands of the registers share: JSON, progress, and refusals as sentences."""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

Delivered = Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappa med registerfilene (Parquet eller CSV).")]
Layout = Annotated[
    str | None,
    typer.Option(metavar="NAVN|FIL", help="Hva kolonnene heter: microdata, aa-register eller din egen .toml."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")]


def print_json(command: str, result: Any, *, data_sha256: str | None, definition: Mapping[str, Any] | None) -> None:
    """The result itself, with what it was made by. What is not a number is null."""
    from importlib.metadata import version

    made_by = {
        "schema": f"fotfeste.register.{command}/1",
        "version": version("fotfeste"),
        "command": f"register {command}",
        "data_sha256": data_sha256,
        "definition": definition,
    }
    told = asdict(result) if is_dataclass(result) and not isinstance(result, type) else result
    typer.echo(json.dumps(made_by | _finite(told), ensure_ascii=False, indent=2, default=str))


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


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


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal and nothing elsewhere, on the channel that carries no result."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal) as bar:
        task = bar.add_task(name)
        yield lambda done, of: bar.update(task, completed=done, total=of)
