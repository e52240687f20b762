"""``fotfeste register``: what the employment registers say years later, from files to effect.

NumPy, Polars and what else is slow to import is imported by the command that needs it: the shell's answer must not
wait for it.
"""

import typer

app = typer.Typer()
register = typer.Typer(no_args_is_help=True, help="Oppfølging i registre: kontroll, personmåneder, utfall og effekt.")
app.add_typer(register, name="register")


@register.callback()
def _group() -> None:
    """The commands are added below, in the order of the work."""
