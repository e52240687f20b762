"""``check``: what is wrong with register files, before anything is computed from them."""

from typing import TYPE_CHECKING, Annotated

import typer

from fotfeste.commands.register.told import Delivered, Layout, own_layout, refusals
from fotfeste.commands.results import AsJson, print_result, progress

if TYPE_CHECKING:
    from fotfeste.register.delivered import File
    from fotfeste.register.quality import Quality

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
BREAK = 2015


def check(
    folder: Delivered,
    layout: Layout = None,
    rows: Annotated[str | None, typer.Option(metavar="FUNN", help="List radene for dette funnet.")] = None,
    at_most: Annotated[int, typer.Option(min=1, help="Så mange rader listes.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Kontroller registerfilene: sluttdatoer, lønn, overlapp, umulige datoer, bruddet i 2015 og ukjente koder."""
    from fotfeste.register.delivered import paths_of, read_folder
    from fotfeste.register.layouts import OWN, read_layout
    from fotfeste.register.quality import quality

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
        print_result("register check", told, data_sha256=_digest(files), definition=definition, made_of=made_of)
        return
    _print(told)


def _digest(files: "dict[str, File]") -> str:
    """Of the digests of all files, in the order of the schema."""
    from hashlib import sha256

    return sha256("".join(file.sha256() for file in files.values()).encode()).hexdigest()


def _print(told: "Quality") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    totals: dict[str, int] = {}
    for one in told.files:
        totals[one.file] = totals.get(one.file, 0) + one.rows
    console.print(f"{told.people} personer. " + ", ".join(f"{file}: {rows} rader" for file, rows in totals.items()))
    table = Table(
        "Fil", "Funn", "Navn", "Rader", "Andel", "Før 2015", "Fra 2015", caption="Andelene er av årets rader."
    )
    for check, file in dict.fromkeys((finding.check, finding.file) for finding in told.findings):
        here = [finding for finding in told.findings if (finding.check, finding.file) == (check, file)]
        before = _share([f for f in here if f.year and f.year < BREAK], told, file, before=True)
        after = _share([f for f in here if f.year and f.year >= BREAK], told, file, before=False)
        rows = sum(finding.rows for finding in here)
        table.add_row(file, _name(check), check, str(rows), _percent(rows / totals[file]), before, after)
    console.print(table)
    clean = [check for check in told.checks if check not in {finding.check for finding in told.findings}]
    if clean:
        console.print(f"Ingen rader: {', '.join(clean)}.")
    for file, names in told.ignored_columns.items():
        console.print(f"{file}: kolonnene {', '.join(names)} brukes ikke.")
    for row in told.listed:
        console.print(f"{row.file}, rad {row.row}: person {row.person_id}")


def _share(here: list, told: "Quality", file: str, *, before: bool) -> str:  # type: ignore[type-arg]
    of = sum(one.rows for one in told.files if one.file == file and one.year and (one.year < BREAK) == before)
    return _percent(sum(finding.rows for finding in here) / of) if of else "–"


def _name(check: str) -> str:
    return NAMES.get(check) or f"Ukjent kode i {check.removeprefix('unknown_')}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".", ",")
