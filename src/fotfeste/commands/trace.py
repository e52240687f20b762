"""``fotfeste trace``: from a number back to the rows that it came from."""

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fotfeste.commands.results import AsJson, plain

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

    from fotfeste.files.tracing import Traced

app = typer.Typer()
STATUS = {"unchanged": "uendret", "source": "kilde, uendret", "changed": "endret siden", "missing": "finnes ikke"}
FEW = 3
"""So many files that one command wrote are told one by one."""
REASONS = {
    "not_found": "Filen finnes ikke.",
    "json": "Filen kan ikke leses som JSON.",
    "no_result": "Filen er ikke et resultat, og ingen .made.json ved siden av sier hva den er laget av.",
    "cycle": "Filen er blant det som den selv er laget av.",
}


@app.command()
def trace(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Et resultat (JSON), eller en fil en kommando laget.")],
    as_json: AsJson = False,
) -> None:
    """Gå fra et resultat tilbake til radene det kom fra. Slutter med 1 når noe på veien er endret eller borte."""
    from fotfeste.files.tracing import NoResult
    from fotfeste.files.tracing import trace as walk

    try:
        told = walk(file)
    except NoResult as error:
        typer.echo(f"{error.file}: {REASONS[error.reason]}", err=True)
        raise typer.Exit(2) from None
    if as_json:
        typer.echo(json.dumps({"schema": "fotfeste.trace/1"} | plain(told), ensure_ascii=False, indent=2))
    else:
        _print(told)
    if not told.is_whole:
        raise typer.Exit(1)


def _print(told: "Traced") -> None:
    from rich.console import Console
    from rich.tree import Tree

    tree = Tree(_line([told]))
    _add(tree, told.made_of, set())
    Console(highlight=False).print(tree)


def _add(tree: "Tree", made_of: "tuple[Traced, ...]", shown: set[int]) -> None:
    """Files that one command wrote are one branch, but for those that are not as they were; what is behind, once."""

    def written(one: "Traced") -> Any:
        return id(one.made_of) if one.made_of and one.status == "unchanged" else one.file

    for _, group in groupby(made_of, written):
        files = list(group)
        branch, behind = tree.add(_line(files)), files[0].made_of
        if behind and id(behind) in shown:
            branch.add("som over")
            continue
        shown.add(id(behind))
        _add(branch, behind, shown)


def _line(files: list["Traced"]) -> "Text":
    """The files, the first of many, and what they were made by."""
    from rich.text import Text

    told, line = files[0], Text()
    if len(files) > FEW:
        line.append(f"{told.file} og {len(files) - 1} til", style="bold").append(f"  {STATUS[told.status]}")
    for one in files if len(files) <= FEW else ():
        rows = "" if one.rows is None else f", {one.rows} rader"
        style = "red" if one.status in ("changed", "missing") else ""
        line.append("\n" if line else "").append(one.file, style="bold")
        line.append(f"  {STATUS[one.status]}{rows}  {(one.sha256 or '')[:12]}".rstrip(), style=style)
    if told.command:
        by = ", ".join(filter(None, (f"{told.command} ({told.version})", _definition(told.definition))))
        line.append(f"\n{by}")
    if told.studies:
        line.append(f"\n{len(told.studies)} studier: {', '.join(told.studies)}")
    return line


def _definition(told: Any) -> str:
    """A definition by name and version, and otherwise what it says in a word."""
    if not isinstance(told, dict):
        return str(told or "")
    if isinstance(told.get("definition"), dict):
        told = told["definition"]
    if told.get("id"):
        return f"{told['id']}, versjon {told.get('version')}"
    words = {name: value for name, value in told.items() if isinstance(value, str | int) and len(str(value)) < 40}
    return ", ".join(f"{name} {value}" for name, value in words.items())
