"""What the commands of a trial share: the plan, JSON, and refusals as sentences."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from fotfeste.trial.plan import Plan

PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="Planen for forsøket (.toml).")]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv resultatet som JSON.")]


def print_json(command: str, plan: "Plan | None", result: Any) -> None:
    """The result itself, with what it was made by. What is not a number is null."""
    from importlib.metadata import version

    made_by = {
        "schema": f"fotfeste.trial.{command}/1",
        "version": version("fotfeste"),
        "command": f"trial {command}",
        "data_sha256": None,
        "definition": {"plan": plan.file, "sha256": plan.sha256} if plan else None,
    }
    told = asdict(result) if is_dataclass(result) and not isinstance(result, type) else result
    typer.echo(json.dumps(made_by | told, ensure_ascii=False, indent=2, default=str))


@contextmanager
def refusals(requests: str = "", log: str = "") -> Iterator[None]:
    """What cannot be used is said in a sentence, and the command ends with 2."""
    from fotfeste.commands.trial.sentences import Refusal, sentence

    try:
        yield
    except Refusal as error:
        typer.echo(sentence(error, requests, log), err=True)
        raise typer.Exit(2) from None


@contextmanager
def progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal and nothing elsewhere, on the channel that carries no result."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal) as bar:
        task = bar.add_task(name)
        yield lambda done, of: bar.update(task, completed=done, total=of)
