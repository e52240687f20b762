"""``check``: what is wrong with register files, before anything is computed from them."""

from typing import TYPE_CHECKING, Annotated

import typer

from fotfeste.commands.register.told import (
    SMALL_CELLS,
    Delivered,
    Layout,
    SmallCells,
    held_back,
    own_layout,
    refusals,
)
from fotfeste.commands.results import AsJson, print_result, progress

if TYPE_CHECKING:
    from fotfeste.register.delivered import File
    from fotfeste.register.quality_shown import Shown, ShownQuality

NAMES = {
    "missing_end": "Slutt mangler, men var fulltidsledig eller død",
    "late_end": "Slutt er for sen",
    "corrected": "Rettet i ettertid",
    "job_without_pay": "Jobb uten lønn",
    "pay_without_job": "Lønn uten jobb",
    "pay_outside_job": "Lønn utenfor jobbens tid",
    "several_in_establishment": "Flere jobber i samme virksomhet",
    "overlapping_jobs": "Jobb ved siden av en annen",
    "small_job": "Liten jobb (til 4 timer i uka eller 6 dager)",
    "supported_job": "Jobb med lønnstilskudd eller VTA",
    "after_death": "Begynner etter dødsdato",
    "end_before_start": "Slutter før den begynner",
    "not_a_participant": "Person utenfor deltakerfila",
}


def check(
    folder: Delivered,
    layout: Layout = None,
    rows: Annotated[
        str | None, typer.Option(metavar="FUNN", help="List radene for dette funnet, med hvem de gjelder.")
    ] = None,
    at_most: Annotated[int, typer.Option(min=1, help="Så mange rader listes.")] = 100,
    small_cells: SmallCells = SMALL_CELLS,
    as_json: AsJson = False,
) -> None:
    """Kontroller registerfilene: sluttdatoer, lønn, overlapp, umulige datoer, bruddet i 2015 og ukjente koder."""
    from fotfeste.register.delivered import paths_of, read_folder
    from fotfeste.register.layouts import OWN, read_layout
    from fotfeste.register.quality import quality
    from fotfeste.register.quality_shown import for_others

    with refusals():
        named = read_layout(layout) if layout else OWN
        files = read_folder(folder, named)
        with progress("Leser") as advance:
            for number, file in enumerate(files.values(), start=1):
                file.verify()
                file.verify_key()
                advance(number, len(files))
        with progress("Kontrollerer") as advance:
            told = quality(files, listing=rows, at_most=at_most, progress=advance)
    if as_json:
        made_of = [*(path for name in files for path in paths_of(folder, name)), *own_layout(layout)]
        definition = {"layout": named.name, "sha256": named.sha256}
        result = told if rows or not small_cells else for_others(told, below=small_cells)
        print_result("register check", result, data_sha256=_digest(files), definition=definition, made_of=made_of)
        return
    _print(for_others(told, below=small_cells))
    for row in told.listed:
        typer.echo(f"{row.file}, rad {row.row}: person {row.person_id}")


def _digest(files: "dict[str, File]") -> str:
    """Of the digests of all files, in the order of the schema."""
    from hashlib import sha256

    return sha256("".join(file.sha256() for file in files.values()).encode()).hexdigest()


def _print(told: "ShownQuality") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    rows = ", ".join(f"{file.file}: {_number(file.rows)} rader" for file in told.files)
    console.print(f"{_number(told.people)} personer. {rows}")
    table = Table(
        "Fil", "Funn", "Navn", "Rader", "Andel", "Før 2015", "Fra 2015", caption="Andelene er av periodens rader."
    )
    for one in told.findings:
        shares = (_percent(share) for share in (one.share, one.share_before, one.share_since))
        table.add_row(one.file, _name(str(one.check)), one.check, _number(one.rows), *shares)
    console.print(table)
    clean = [check for check in told.checks if check not in {finding.check for finding in told.findings}]
    if clean:
        console.print(f"Ingen rader: {', '.join(clean)}.")
    for file, names in told.ignored_columns.items():
        console.print(f"{file}: kolonnene {', '.join(names)} brukes ikke.")
    if any(_held(one) for one in (*told.files, *told.findings)):
        console.print(held_back(told.small_cells_below))


def _held(one: "Shown") -> bool:
    return None in (one.rows, one.before, one.since)


def _name(check: str) -> str:
    return NAMES.get(check) or f"Ukjent kode i {check.removeprefix('unknown_')}"


def _number(rows: int | None) -> str:
    return "–" if rows is None else str(rows)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %".replace(".", ",")
