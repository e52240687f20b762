"""``simulate`` and ``balance``: trials that never were."""

from pathlib import Path
from typing import Annotated

import typer

from fotfeste.commands.results import AsJson, progress, tell_beside
from fotfeste.commands.trial.told import PlanFile, definition_of, print_json, refusals

Seed = Annotated[int, typer.Option(min=0, help="Samme tall gir samme oppdiktede forsøk. Aldri et frø å trekke med.")]


def simulate(
    plan: PlanFile,
    out: Annotated[Path, typer.Option(help="Mappa som filene legges i.")],
    seed: Seed = 1,
    allocations: Annotated[
        Path | None, typer.Option(help="Loggen over trekninger, når de oppdiktede er trukket. Uten: trukket her.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Lag et oppdiktet forsøk etter planen: requests.csv, data.csv, og jobs.csv og participants.csv fra registre."""
    from fotfeste.trial.plan import read_plan
    from fotfeste.trial.randomisation import csv_rows, read_log
    from fotfeste.trial.simulation.made_up import made_up_trial

    with refusals(log=allocations.name if allocations else ""):
        chosen = read_plan(plan)
        done = read_log(allocations, chosen) if allocations else ()
        with progress("Personer") as advance:
            made = made_up_trial(chosen, seed=seed, allocations=done, progress=advance)
        files = {"requests.csv": made.requests, "data.csv": made.data, "jobs.csv": made.jobs}
        files["participants.csv"] = made.participants
        texts = {name: csv_rows(rows) for name, rows in files.items()}
        out.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (out / name).write_text(text, encoding="utf-8")
        made_of = (plan, *((allocations,) if allocations else ()))
        tell_beside(
            out / "simulate",
            "trial simulate",
            data_sha256=None,
            definition=definition_of(chosen) | {"seed": seed},
            made_of=made_of,
            made=[out / name for name in texts],
        )
    if as_json:
        told = {"seed": seed, "n": len(made.data) - 1, "files": {name: len(rows) - 1 for name, rows in files.items()}}
        print_json("simulate", chosen, told, made_of=made_of)
    else:
        typer.echo(f"{len(made.data) - 1} oppdiktede personer og {len(made.jobs) - 1} jobber i {out}.")


def balance(
    plan: PlanFile,
    replicates: Annotated[int, typer.Option(min=2, help="Antall oppdiktede forsøk.")] = 1000,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Se hvor ofte neste arm kan gjettes, og hvor ulike armene blir, med planens trekning."""
    from fotfeste.trial.plan import read_plan
    from fotfeste.trial.simulation.behaviour import behaviour

    with refusals():
        chosen = read_plan(plan)
    with progress("Personer") as advance:
        told = behaviour(chosen, replicates=replicates, seed=seed, progress=advance)
    if as_json:
        print_json("balance", chosen, told, made_of=(plan,))
        return
    names = {"trial": "hele forsøket"} | {factor.column: factor.name for factor in chosen.factors}
    typer.echo(
        f"Neste arm gjettes riktig {_number(100 * told.guessed)} % av gangene av den som kjenner alle armer så langt "
        f"(Monte Carlo-feil {_number(100 * told.mc_error)}; {_number(100 * told.by_chance)} % uten å vite noe)."
    )
    for one in told.differences:
        typer.echo(
            f"Forskjell mellom armene, {names[one.of]}: {_number(one.mean)} i snitt, "
            f"{_number(one.p95)} eller færre i 95 av 100 forsøk, {_number(one.largest)} på det meste."
        )


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
