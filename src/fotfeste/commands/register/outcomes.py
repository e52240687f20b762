"""``outcomes``: a named outcome for everybody, and month by month since inclusion."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fotfeste.commands.register.told import SMALL_CELLS, EngineName, Master, SmallCells, held_back, refusals, running
from fotfeste.commands.results import AsJson, print_result, progress

if TYPE_CHECKING:
    from fotfeste.register.summary import ArmOutcome


def outcomes(
    folder: Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappa der «register panel» skrev.")],
    definition: Annotated[
        str,
        typer.Option(metavar="NAVN", help="Utfallet, som one-day, hours, 13-of-16-weeks eller in_work_at_43_months."),
    ],
    months: Annotated[
        int | None, typer.Option(min=0, help="Så mange måneder etter inklusjon legges ut. Uten: 43.")
    ] = None,
    engine: EngineName = "polars",
    master: Master = None,
    small_cells: SmallCells = SMALL_CELLS,
    as_json: AsJson = False,
) -> None:
    """Beregn et definert utfall for hver person, og måned for måned siden inklusjon."""
    from dataclasses import asdict

    from fotfeste.register.curves import MONTHS
    from fotfeste.register.definitions import find_definition
    from fotfeste.register.making import make_outcomes
    from fotfeste.register.outcomes import YES_OR_NO
    from fotfeste.register.provenance import results_of, tell_what_was_made
    from fotfeste.register.summary import arm_outcomes

    months = MONTHS if months is None else months
    with refusals():
        chosen = find_definition(definition)
        with running(engine, master) as runs, progress("Utfall") as advance:
            buckets = make_outcomes(folder, chosen, months=months, engine=runs, progress=advance)
        made_of = results_of(folder, "panel")
        tell_what_was_made(folder, "outcomes", data_sha256=buckets.sha256, made_of=made_of)
        share = chosen.measure in YES_OR_NO
        arms = arm_outcomes(folder, share=share, below=small_cells)
    if as_json:
        of = {"id": chosen.id, "version": chosen.version}
        result = {"months": months, "arms": [asdict(arm) for arm in arms], "small_cells_below": small_cells}
        print_result("register outcomes", result, data_sha256=buckets.sha256, definition=of, made_of=made_of)
        return
    typer.echo(f"{chosen.name_nb} ({chosen.id}, versjon {chosen.version}).")
    _print(arms, share, small_cells)
    typer.echo(f"Hver person er i {folder / 'by_person'}, hver måned siden inklusjon i {folder / 'outcomes'}.")


def _print(arms: "tuple[ArmOutcome, ...]", share: bool, small_cells: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Arm", "Personer", "Med utfall", "Andel" if share else "Gjennomsnitt", "Kan endre seg")
    for arm in arms:
        mean = None if arm.mean is None else f"{100 * arm.mean:.1f} %" if share else f"{arm.mean:.1f}"
        cells = (arm.n, arm.known, mean and mean.replace(".", ","), arm.censored)
        table.add_row(arm.arm or "–", *("–" if cell is None else str(cell) for cell in cells))
    Console().print(table)
    if any(None in (arm.n, arm.known, arm.mean, arm.censored) for arm in arms) and small_cells:
        typer.echo(held_back(small_cells))
