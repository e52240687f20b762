"""The commands of the site: fotfeste demo, serve and manage."""

import os
from collections.abc import Callable
from typing import Annotated

import typer
from django.core.exceptions import ImproperlyConfigured

from fotfeste_web.config.databases import database_settings
from fotfeste_web.config.embedded import EmbeddedPostgresError
from fotfeste_web.config.processes import CannotServe, database, manage, serve

app = typer.Typer(no_args_is_help=True)
Port = Annotated[int, typer.Option(help="The port that the site answers on.", envvar="PORT")]


@app.command("serve")
def serve_command(port: Port = 8000) -> None:
    """Run the site with its database. On an empty database: print a link for the first administrator."""
    _say(lambda: serve(port))


@app.command()
def demo(
    port: Port = 8000,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the made-up data away and make it anew.")] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 4,
) -> None:
    """Run the site with made-up services and people, who sign in at one click."""
    os.environ["FOTFESTE_DEMO"] = "1"
    prepare = (f"--seed={seed}", *(["--fresh"] if fresh else []))
    _say(lambda: serve(port, prepare=prepare, greeting=GREETING))


@app.command(
    "manage",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def manage_command(context: typer.Context) -> None:
    """Run a management command of Django on the site's database, as its owner."""

    def run() -> None:
        database_settings("owner")  # says what is missing
        with database():
            code = manage(*context.args)
        if code:
            raise typer.Exit(code)

    _say(run)


GREETING = """Velg hvem du vil være på innloggingssiden. Alle personer og bedrifter er oppdiktet.
Avslutt med Ctrl-C. Neste start tar vare på det du har skrevet; begynn på nytt med: fotfeste demo --fresh"""


def _say(run: Callable[[], None]) -> None:
    """Give the operator the sentence, never the way to it."""
    try:
        run()
    except (CannotServe, EmbeddedPostgresError, ImproperlyConfigured) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
