"""``simulate``: register files of made-up people, with a known effect."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fotfeste.commands.register.told import refusals
from fotfeste.commands.results import AsJson, print_result, progress, tell_beside


def simulate(
    people: Annotated[int, typer.Option(min=1, help="Hvor mange deltakere.")],
    out: Annotated[Path, typer.Option(file_okay=False, help="Mappa filene skrives til.")],
    seed: Annotated[int, typer.Option(min=0, help="Samme tall gir de samme filene.")] = 1,
    first_year: Annotated[int, typer.Option(max=2013, help="Det første året i registrene.")] = 2012,
    years: Annotated[int, typer.Option(min=4, help="Hvor mange år registrene dekker, til og med 2016 minst.")] = 8,
    form: Annotated[Literal["parquet", "csv"], typer.Option("--format", help="Filformat.")] = "parquet",
    as_json: AsJson = False,
) -> None:
    """Lag registerfiler for oppdiktede deltakere, med kjent effekt og alt som pleier å være galt i slike filer."""
    from dataclasses import asdict

    from fotfeste.register.delivered import paths_of
    from fotfeste.register.schema import FILES
    from fotfeste.register.simulation import Plan
    from fotfeste.register.simulation import simulate as make

    with refusals():
        plan = Plan(people=people, seed=seed, first_year=first_year, years=years)
        with progress("Deltakere") as advance:
            truth = make(plan, out, form=form, progress=advance)
        tell_beside(
            out / "simulate",
            "register simulate",
            data_sha256=None,
            definition=asdict(plan),
            made_of=(),
            made=[out / "truth.json", *(path for name in FILES for path in paths_of(out, name))],
        )
    if as_json:
        print_result("register simulate", truth, data_sha256=None, definition=asdict(plan), made_of=())
        return
    effect = truth["effect"]["all"]["risk_difference"]
    typer.echo(f"{people} oppdiktede deltakere er skrevet til {out}.")
    typer.echo("Den sanne effekten på ordinært arbeid, og alt som er plantet, står i truth.json:")
    for month in (12, 18, 43):
        points = f"{100 * effect[month]:.1f}".replace(".", ",")
        typer.echo(f"  etter {month} måneder {points} prosentpoeng")
