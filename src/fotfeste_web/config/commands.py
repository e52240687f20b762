"""The commands of the site: fotfeste demo, serve and manage, and those that keep it safe: backup, restore, drill, keys.

What backups need is imported by their own commands: a start must not wait for it.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer
from django.core.exceptions import ImproperlyConfigured

from fotfeste_web.backup.errors import BackupError
from fotfeste_web.config.databases import database_settings, own_server
from fotfeste_web.config.embedded import EmbeddedPostgresError
from fotfeste_web.config.processes import CannotServe, database, manage, serve

app = typer.Typer(no_args_is_help=True)
keys = typer.Typer(no_args_is_help=True, help="Nøkkelen som fødselsnumre krypteres med: skriv ut, hent inn, bytt.")
app.add_typer(keys, name="keys")
Port = Annotated[int, typer.Option(help="The port that the site answers on.", envvar="PORT")]

PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help="Fil med passordfrasen. Uten den blir du spurt.")
]


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


@app.command("backup")
def backup_command(
    file: Annotated[Path, typer.Argument(help="Filen som skrives. En som har navnet fra før, blir erstattet.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Ta en kryptert sikkerhetskopi av databasen mens nettstedet går. Nøkkelen i secrets/ er ikke med."""
    from fotfeste_web.backup.passphrase import passphrase
    from fotfeste_web.backup.places import Place
    from fotfeste_web.backup.save import back_up

    def run() -> None:
        secret = passphrase(passphrase_file, new=True)
        place = Place.of("owner")
        with database():
            manifest = back_up(place, file, secret)
        typer.echo(f"{file}: {sum(manifest.rows.values())} rader i {len(manifest.rows)} tabeller er kopiert.")

    _say(run)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Filen fra fotfeste backup.")], passphrase_file: PassphraseFile = None
) -> None:
    """Les en sikkerhetskopi inn i en tom database. Nøkkelen hentes først: fotfeste keys import."""
    from fotfeste_web.backup.passphrase import passphrase
    from fotfeste_web.backup.restore import restore

    def run() -> None:
        manifest = restore(file, passphrase(passphrase_file, new=False))
        rows = sum(manifest.rows.values())
        command = "demo" if manifest.demo else "serve"
        typer.echo(f"{rows} rader i {len(manifest.rows)} tabeller er lest inn. Start med: fotfeste {command}")

    _say(run)


@app.command()
def drill(
    file: Annotated[Path, typer.Argument(help="Filen fra fotfeste backup.")],
    report_file: Annotated[Path | None, typer.Argument(metavar="RAPPORT", help="Filen rapporten skrives i.")] = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Prøv en sikkerhetskopi: les den inn i en tom mappe, tell radene, start nettstedet én gang, og slett alt igjen."""
    from fotfeste_web.backup.drill import drill
    from fotfeste_web.backup.files import written_whole
    from fotfeste_web.backup.passphrase import passphrase
    from fotfeste_web.backup.report import report

    def run() -> None:
        done = drill(file, passphrase(passphrase_file, new=False))
        if report_file:
            with written_whole(report_file) as stream:
                stream.write(report(done).encode())
            typer.echo(f"Rapporten ligger i {report_file}.")
        else:
            typer.echo(report(done), nl=False)
        if done.fault:
            raise BackupError(f"Prøven er ikke bestått. {done.fault}")

    _say(run)


@keys.command("export")
def export_keys(
    file: Annotated[Path, typer.Argument(help="Filen som skrives.")], passphrase_file: PassphraseFile = None
) -> None:
    """Skriv nøkkelen til en fil som en passordfrase åpner. Oppbevar den et annet sted enn sikkerhetskopiene."""
    from fotfeste_web.backup.keys import export_keys
    from fotfeste_web.backup.passphrase import KEYS_VARIABLE, passphrase

    _say(lambda: export_keys(file, passphrase(passphrase_file, new=True, variable=KEYS_VARIABLE)))


@keys.command("import")
def import_keys(
    file: Annotated[Path, typer.Argument(help="Filen fra fotfeste keys export.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Legg nøkkelen fra en fil der nettstedet leser den. En annen som ligger der fra før, blir ikke rørt."""
    from fotfeste_web.backup.keys import import_keys
    from fotfeste_web.backup.passphrase import KEYS_VARIABLE, passphrase

    def run() -> None:
        for written in import_keys(file, passphrase(passphrase_file, new=False, variable=KEYS_VARIABLE)):
            typer.echo(f"Nøkkelen ligger i {written}.")
        if own_server():
            typer.echo("Med en egen database leses nøkkelen fra miljøet: sett den der, og slett filen.")

    _say(run)


@keys.command("rotate")
def rotate_key(
    which: Annotated[
        Literal["identity", "signing"],
        typer.Argument(help="identity: fødselsnumre og andre faktor. signing: innlogging og skjemaer."),
    ] = "identity",
) -> None:
    """Bytt en nøkkel mens nettstedet går. Kan stoppes når som helst og kjøres igjen."""
    from fotfeste_web.backup.keys import IDENTITY, SIGNING, begin_to_replace

    def run() -> None:
        if begin_to_replace(IDENTITY if which == "identity" else SIGNING):
            typer.echo("Ny nøkkel er laget ved siden av den gamle.")
        if which == "signing":
            typer.echo(f"Start Fotfeste på nytt. Etter tre døgn kan {SIGNING}_OLD tas vekk.")
            return
        with database():
            if code := manage("rotate_identity_key"):
                raise typer.Exit(code)

    _say(run)


GREETING = """Velg hvem du vil være på innloggingssiden. Alle personer og bedrifter er oppdiktet.
Avslutt med Ctrl-C. Neste start tar vare på det du har skrevet; begynn på nytt med: fotfeste demo --fresh"""


def _say(run: Callable[[], None]) -> None:
    """Give the operator the sentence, never the way to it. Told to end, remove what is half done."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        run()
    except (BackupError, CannotServe, EmbeddedPostgresError, ImproperlyConfigured) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
