"""``fotfeste story``: the whole chain on made-up people, from a plan to what it was worth and back to the rows.

The commands of ``steps.txt`` are run as they stand there, by the command line itself; ``docs/kjeden.md`` tells them.
"""

import os
import shlex
import sys
from contextlib import chdir, redirect_stdout
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer()
GIVEN = ("forsok.toml", "fro.txt", "verdi.toml")
"""The plan, the seed that the arms are drawn with, and the account: all made up."""


def steps() -> list[str]:
    return files(__package__).joinpath("steps.txt").read_text(encoding="utf-8").splitlines()


@app.command()
def story(out: Annotated[Path, typer.Argument(metavar="MAPPE", help="En ny mappe, som alt blir skrevet i.")]) -> None:
    """Kjør hele kjeden på oppdiktede folk: forsøk, registre, oversikt, kostnad og nytte, og veien tilbake."""
    from fotfeste.evidence.trials import trials_path

    if out.exists():
        typer.echo(f"{out}: Finnes fra før. Velg en ny mappe.", err=True)
        raise typer.Exit(2)
    out.mkdir(parents=True)
    for name in GIVEN:
        (out / name).write_bytes(files(__package__).joinpath(name).read_bytes())
    (out / trials_path().name).write_bytes(trials_path().read_bytes())
    command = _command_line()
    with chdir(out):
        for step in steps():
            typer.echo(f"$ {step}")
            words, _, target = step.partition(" > ")
            into = Path(target or os.devnull)
            with into.open("w", encoding="utf-8") as result, redirect_stdout(result if target else sys.stdout):
                code = command.main(shlex.split(words)[1:], prog_name="fotfeste", standalone_mode=False)
            if code:
                raise typer.Exit(code)
            typer.echo()


def _command_line() -> Any:
    """The parts of the command line that the story is about: the site's need not be there."""
    from fotfeste.commands import economics, evidence, register, trace, trial

    whole = typer.Typer(pretty_exceptions_enable=False)
    for part in (economics, evidence, register, trace, trial):
        whole.add_typer(part.app)
    return typer.main.get_command(whole)
