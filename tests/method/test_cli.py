from importlib.metadata import EntryPoint, version

import typer
from typer.testing import CliRunner

from fotfeste.cli import GROUP, command_line

harbour = typer.Typer()


@harbour.command()
def dock(ships: int = 1) -> None:
    typer.echo(f"{ships} i havn")


@harbour.command()
def leave() -> None:
    typer.echo("ute")


def run(*args):
    found = [EntryPoint(name="harbour", group=GROUP, value=f"{__name__}:harbour")]
    return CliRunner().invoke(command_line(found), args)


def test_commands_of_an_entry_point_stand_on_the_first_level():
    assert run("dock", "--ships", "2").output == "2 i havn\n"
    assert "leave" in run("--help").output


def test_the_version_is_told_without_a_command():
    result = run("--version")
    assert (result.exit_code, result.output) == (0, f"fotfeste {version('fotfeste')}\n")


def test_an_unknown_command_is_refused_with_the_one_that_was_meant():
    result = run("dokc")
    assert result.exit_code == 2
    assert "Mente du «dock»?" in result.output
    assert "Mente du" not in run("xyz").output


def test_bad_input_ends_with_2():
    assert run("dock", "--ships", "mange").exit_code == 2
    assert run("dock", "--skip", "2").exit_code == 2
