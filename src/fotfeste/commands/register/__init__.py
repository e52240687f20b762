"""``fotfeste register``: what the employment registers say years later, from files to effect.

NumPy, Polars and what else is slow to import is imported by the command that needs it: the shell's answer must not
wait for it.
"""

import typer

from fotfeste.commands.register.checking import check
from fotfeste.commands.register.effect import effect
from fotfeste.commands.register.opening import open_key
from fotfeste.commands.register.outcomes import outcomes
from fotfeste.commands.register.panelling import panel
from fotfeste.commands.register.simulating import simulate

app = typer.Typer()
register = typer.Typer(no_args_is_help=True, help="Oppfølging i registre: kontroll, personmåneder, utfall og effekt.")
app.add_typer(register, name="register")


@register.callback()
def _group() -> None:
    """A group, also of one command."""


for command in (simulate, check, panel, outcomes, effect, open_key):
    register.command()(command)
