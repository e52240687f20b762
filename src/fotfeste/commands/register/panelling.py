"""``panel``: person-months from register files, by rules that can be switched off."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from fotfeste.commands.register.told import (
    SMALL_CELLS,
    Delivered,
    EngineName,
    Layout,
    Master,
    SmallCells,
    held_back,
    own_layout,
    refusals,
    running,
)
from fotfeste.commands.results import AsJson, print_result, progress

if TYPE_CHECKING:
    from fotfeste.register.summary import PanelYear

Out = Annotated[
    Path | None, typer.Option(file_okay=False, help="Mappa resultatene skrives til. Uten: mappa med registerfilene.")
]
RULES: Mapping[str, str] = {
    "reference_week": "referanseuka",
    "pay_decides": "lønn avgjør",
    "sum_establishment": "jobber i samme virksomhet legges sammen",
    "cut_unemployment": "jobber slutter ved full arbeidsledighet",
    "cut_death": "jobber slutter ved død",
    "subtract_measures": "tiltak er ikke ordinært arbeid",
    "threshold_2015": "grensene før og etter 2015",
    "freelancers": "frilansere teller bare med fast lønn eller timelønn",
}


def panel(
    folder: Delivered,
    layout: Layout = None,
    out: Out = None,
    without: Annotated[
        list[str] | None, typer.Option(metavar="REGEL", help=f"Slå av en regel: {', '.join(RULES)}.")
    ] = None,
    first: Annotated[
        str | None, typer.Option(metavar="ÅÅÅÅ-MM", help="Den første måneden. Uten: når den første jobben begynte.")
    ] = None,
    last: Annotated[
        str | None, typer.Option(metavar="ÅÅÅÅ-MM", help="Den siste måneden. Uten: den siste med lønn.")
    ] = None,
    unit: Annotated[
        Literal["month", "week"], typer.Option(help="Tell personmåneder, eller lag personuker også og tell dem.")
    ] = "month",
    engine: EngineName = "polars",
    master: Master = None,
    small_cells: SmallCells = SMALL_CELLS,
    as_json: AsJson = False,
) -> None:
    """Lag personmåneder eller personuker: hvem som var i jobb, hvor mye og hvor. Et avbrutt løp fortsetter."""
    from dataclasses import asdict

    from fotfeste.register.calendar import month_text
    from fotfeste.register.layouts import OWN, read_layout
    from fotfeste.register.making import make_panel
    from fotfeste.register.periods import Window
    from fotfeste.register.preparing import prepare, source_files
    from fotfeste.register.provenance import tell_what_was_made
    from fotfeste.register.rules import Rules
    from fotfeste.register.summary import panel_years

    out, weeks = out or folder, unit == "week"
    window = {"first": _month("--first", first), "last": _month("--last", last)}
    with refusals():
        rules = Rules.without(without or ())
        with progress("Fordeler") as advance:
            named = read_layout(layout) if layout else OWN
            buckets = prepare(folder, out, layout=named, pay=rules.pay_decides, progress=advance)
        told = {"first": buckets.first_month, "last": buckets.last_month} | {k: v for k, v in window.items() if v}
        with running(engine, master) as runs, progress("Personmåneder") as advance:
            make_panel(buckets, out, rules=rules, window=Window(**told), weeks=weeks, engine=runs, progress=advance)
        made_of = [*source_files(folder), *own_layout(layout)]
        tell_what_was_made(out, "panel", data_sha256=buckets.sha256, made_of=made_of)
        years = panel_years(out, weeks=weeks, below=small_cells)
    span = {name: month_text(month) for name, month in told.items()}
    if as_json:
        result = {"people": buckets.people, **span, "unit": unit, "years": [asdict(year) for year in years]}
        result["small_cells_below"] = small_cells
        definition = {"rules": asdict(rules)}
        print_result("register panel", result, data_sha256=buckets.sha256, definition=definition, made_of=made_of)
        return
    where = f"Personukene er i {out / 'weeks'}." if weeks else f"Personmånedene er i {out / 'panel'}."
    typer.echo(f"{buckets.people} personer, {span['first']} til {span['last']}. {where}")
    if without:
        typer.echo(f"Slått av: {'; '.join(RULES[name] for name in without)}.")
    _print(years, unit, small_cells)


def _month(option: str, text: str | None) -> int | None:
    from datetime import date

    from fotfeste.register.calendar import month_number

    try:
        return month_number(date.fromisoformat(f"{text}-01")) if text else None
    except ValueError:
        raise typer.BadParameter(f"«{text}» er ikke en måned, som 2019-03.", param_hint=option) from None


def _print(years: "tuple[PanelYear, ...]", unit: str, small_cells: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        "År",
        "I jobb",
        "Ordinær jobb",
        "Jobb med tiltak",
        "Timer i uka",
        caption="Personuker" if unit == "week" else "Personmåneder",
    )
    for year in years:
        hours = None if year.hours is None else f"{year.hours:.1f}".replace(".", ",")
        cells = (year.employed, year.ordinary, year.subsidised, hours)
        table.add_row(str(year.year), *("–" if cell is None else str(cell) for cell in cells))
    Console().print(table)
    if any(None in (year.employed, year.ordinary, year.subsidised) for year in years):
        typer.echo(held_back(small_cells))
