"""What the commands of a trial share: the plan, JSON, and refusals as sentences."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fotfeste.commands.results import print_result

if TYPE_CHECKING:
    from fotfeste.trial.plan import Plan

PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="Planen for forsøket (.toml).")]


def print_json(
    command: str, plan: "Plan | None", result: Any, *, data_sha256: str | None = None, made_of: Iterable[Path] = ()
) -> None:
    """The result; ``made_of`` are the files that were read, the plan's own too."""
    definition = definition_of(plan) if plan else None
    print_result(f"trial {command}", result, data_sha256=data_sha256, definition=definition, made_of=made_of)


def definition_of(plan: "Plan") -> dict[str, str]:
    return {"plan": plan.file, "sha256": plan.sha256}


@contextmanager
def refusals(requests: str = "", log: str = "") -> Iterator[None]:
    """What cannot be used is said in a sentence, and the command ends with 2."""
    from fotfeste.commands.trial.sentences import Refusal, sentence

    try:
        yield
    except Refusal as error:
        typer.echo(sentence(error, requests, log), err=True)
        raise typer.Exit(2) from None
