"""``fotfeste trial``: plan, size, randomise, verify and analyse a randomised trial.

NumPy and what is slow to import is imported by the command that needs it: the shell's answer must not wait for it.
"""

import typer

from fotfeste.commands.trial.analyse import analyse
from fotfeste.commands.trial.printed import printed
from fotfeste.commands.trial.randomising import commit, randomise, verify
from fotfeste.commands.trial.simulating import balance, simulate
from fotfeste.commands.trial.sizing import detectable, power, size

app = typer.Typer()
trial = typer.Typer(no_args_is_help=True, help="Forsøk med loddtrekning: størrelse, trekning, kontroll og analyse.")
app.add_typer(trial, name="trial")

for command in (size, power, detectable, balance, simulate, commit, randomise, verify, analyse, printed):
    trial.command()(command)
