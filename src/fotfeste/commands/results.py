"""What every command does with its result: JSON with what it was made by, and a bar while it is made."""

import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")]


def print_result(command: str, result: Any, *, data_sha256: Any, definition: Any) -> None:
    """The result itself, with what it was made by. ``command`` is as it is typed: evidence pool."""
    from importlib.metadata import version

    made_by = {
        "schema": f"fotfeste.{command.replace(' ', '.')}/1",
        "version": version("fotfeste"),
        "command": command,
        "data_sha256": data_sha256,
        "definition": definition,
    }
    told = {name: value for name, value in plain(result).items() if name not in made_by}
    typer.echo(json.dumps(plain(made_by) | told, ensure_ascii=False, indent=2, allow_nan=False, default=str))


def plain(value: Any) -> Any:
    """Texts, numbers, lists and None: a number that is none is None, whole decimals are whole, days are text."""
    if hasattr(value, "as_dict"):
        return plain(value.as_dict())
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if hasattr(value, "tolist"):  # NumPy's, which need not be imported for that
        return plain(value.tolist())
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, date) else value


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal and nothing elsewhere, on the channel that carries no result."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal) as bar:
        task = bar.add_task(name)
        yield lambda done, of: bar.update(task, completed=done, total=of)
