"""What every command does with its result: JSON with what it was made by, and a bar while it is made."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from fotfeste.files.made import SUFFIX, made_by, write_beside

AsJson = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")]


def print_result(command: str, result: Any, *, data_sha256: Any, definition: Any, made_of: Iterable[Path]) -> None:
    """The result itself, with what it was made by and of. ``command`` is as it is typed: evidence pool."""
    made = made_by(command, definition=plain(definition), data_sha256=plain(data_sha256), made_of=made_of)
    told = {name: value for name, value in plain(result).items() if name not in made}
    typer.echo(json.dumps(made | told, ensure_ascii=False, indent=2, allow_nan=False, default=str))


def tell_beside(
    path: Path,
    command: str,
    *,
    data_sha256: Any,
    definition: Any,
    made_of: Iterable[Path],
    made: Iterable[Path],
    goes_on: bool = False,
) -> None:
    """What files were made by and of, in ``path`` with .made.json behind, for whoever meets the files alone.

    With ``goes_on`` the file is added to, and is also made of what it was made of before.
    """
    beside = path.with_name(path.name + SUFFIX)
    told = made_by(command, definition=plain(definition), data_sha256=plain(data_sha256), made_of=made_of)
    if goes_on and beside.exists():
        before = json.loads(beside.read_text(encoding="utf-8"))["made_of"]
        told["made_of"] = [*(one for one in before if one not in told["made_of"]), *told["made_of"]]
    write_beside(beside, told, made)


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
        task = bar.add_task(name, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
