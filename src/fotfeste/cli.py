"""The command line. Commands are found by entry point, so that the method does not know the site."""

import sys
from collections.abc import Iterable
from difflib import get_close_matches
from importlib.metadata import EntryPoint, entry_points, version
from typing import Annotated

import typer
from typer.core import TyperGroup

GROUP = "fotfeste.commands"


class NamedCommands(TyperGroup):
    """Says in Norwegian which command was probably meant."""

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def]
        known = self.list_commands(ctx)
        if args[0] not in known:
            near = get_close_matches(args[0], known, n=1)
            meant = f" Mente du «{near[0]}»?" if near else ""
            ctx.fail(f"Kommandoen «{args[0]}» finnes ikke.{meant} «fotfeste --help» viser alle.")
        return super().resolve_command(ctx, args)


def main() -> None:
    """Run the command line: with the one command that is asked for, or else with all that are installed.

    An entry point with the name of a command holds that command alone, and the others take their time to import.
    """
    found = entry_points(group=GROUP)
    command_line([one for one in found if sys.argv[1:2] == [one.name]] or found)()


def command_line(found: Iterable[EntryPoint]) -> typer.Typer:
    """Put together the commands of the entry points, all on one level."""
    app = typer.Typer(cls=NamedCommands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(fotfeste)
    for entry_point in sorted(found, key=lambda entry_point: entry_point.name):
        app.add_typer(entry_point.load())  # without a name: its commands stand beside the others
    return app


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"fotfeste {version('fotfeste')}")
        raise typer.Exit


def fotfeste(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Vis versjonen.")
    ] = False,
) -> None:
    """Individuell jobbstøtte (IPS) fra ønske om jobb til varig jobb, og til svaret på om det virker."""
