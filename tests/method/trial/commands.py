"""The commands of a trial as a user calls them."""

import json
from importlib.metadata import EntryPoint

from typer.testing import CliRunner

from fotfeste.cli import GROUP, command_line


def run(*args):
    found = [EntryPoint(name="trial", group=GROUP, value="fotfeste.commands.trial:app")]
    return CliRunner().invoke(command_line(found), ["trial", *map(str, args)])


def told(*args):
    result = run(*args, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def refused(*args):
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr
