"""``commit``, ``randomise`` and ``verify``. Who holds the seed is not who enrols: what comes next is never shown."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from typing import Annotated

import typer

from fotfeste.commands.results import AsJson, tell_beside
from fotfeste.commands.trial.told import PlanFile, definition_of, print_json, refusals
from fotfeste.files.made import sha256_of

Seed = Annotated[Path, typer.Option(help="Frøfila som «commit» lager.")]


def commit(plan: PlanFile, seed_file: Seed, as_json: AsJson = False) -> None:
    """Trekk frøet og vis forseglingen, før den første trekkes."""
    from fotfeste.trial import randomisation
    from fotfeste.trial.plan import read_plan

    with refusals():
        chosen, seed = read_plan(plan), token_bytes(32)
        randomisation.write_seed(seed_file, seed)
    sealed = randomisation.commitment(chosen, seed)
    if as_json:
        print_json("commit", chosen, {"commitment": sealed, "algorithm": randomisation.ALGORITHM}, made_of=(plan,))
        return
    typer.echo(sealed)
    typer.echo(
        "Offentliggjør forseglingen nå. Planen kan ikke endres etter dette, og frøfila må ikke nå dem som inkluderer.",
        err=True,
    )


def randomise(
    plan: PlanFile,
    seed_file: Seed,
    requests: Annotated[Path, typer.Option(help="CSV med request, person, site og planens strata.")],
    out: Annotated[Path, typer.Option(help="Loggen over trekninger; nye føyes til.")],
    as_json: AsJson = False,
) -> None:
    """Trekk arm for dem som ikke er trukket, i rekkefølge. Samme forespørsel to ganger gir samme svar."""
    from fotfeste.trial import randomisation
    from fotfeste.trial.plan import read_plan

    with refusals(requests.name, out.name):
        chosen = read_plan(plan)
        seed = randomisation.read_seed(seed_file)
        asked = randomisation.read_requests(requests, chosen)
        with _alone(out):
            done = randomisation.read_log(out, chosen)
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            made = randomisation.randomise(chosen, seed, done, asked, allocated_at=moment)
            rows = [(*randomisation.told(one), one.chain) for one in made]
            _add(out, randomisation.csv_rows(rows if out.exists() else [randomisation.header(chosen), *rows]))
            # Not of the seed: who looks into the log has not got it. The plan and it are bound by the commitment.
            definition = definition_of(chosen) | {"commitment": randomisation.commitment(chosen, seed)}
            tell_beside(
                out,
                "trial randomise",
                data_sha256=sha256_of(requests),
                definition=definition,
                made_of=(plan, requests),
                made=(out,),
                goes_on=True,
            )
    answers = {one.request.request: one for one in (*done, *made)}
    if as_json:
        told = [asdict(answers[name]) for name in dict.fromkeys(one.request for one in asked)]
        result = {"allocations": told, "new": len(made), "n": len(done) + len(made)}
        print_json("randomise", chosen, result, data_sha256=sha256_of(requests), made_of=(plan, requests))
    elif len(asked) == 1:
        one = answers[asked[0].request]
        name = next(arm.name for arm in chosen.arms if arm.id == one.arm)
        typer.echo(f"{one.request.person}: {name} ({one.arm})")
    else:
        typer.echo(f"{len(made)} nye trukket, {len(done) + len(made)} i alt. Se {out.name}.")


def verify(
    plan: PlanFile,
    seed_file: Seed,
    commitment: Annotated[str, typer.Option(help="Forseglingen som «commit» viste.")],
    allocations: Annotated[Path, typer.Option(help="Loggen over trekninger.")],
    as_json: AsJson = False,
) -> None:
    """Kontroller at hver trekning fulgte av frøet og planen. Slutter med 1 ved den første som ikke gjorde det."""
    from fotfeste.trial import randomisation
    from fotfeste.trial.plan import read_plan

    with refusals(allocations.name):
        chosen, seed = read_plan(plan), randomisation.read_seed(seed_file)
        if not allocations.exists():
            raise randomisation.BadLog(allocations.name, "not_found")
        done = randomisation.read_log(allocations, chosen)
    sealed = randomisation.commitment(chosen, seed) == commitment.strip().lower()
    departure = randomisation.verify(chosen, seed, done) if sealed else None
    follows = sealed and departure is None
    if as_json:
        first = asdict(departure) if departure else None
        result = {"follows": follows, "sealed": sealed, "n": len(done), "first": first}
        print_json("verify", chosen, result, data_sha256=sha256_of(allocations), made_of=(plan, allocations))
    elif not sealed:
        typer.echo("Forseglingen hører ikke til denne planen og dette frøet.", err=True)
    elif departure:
        where = f"{allocations.name}, rad {departure.number + 1} ({departure.request}), kolonne {departure.column}"
        expected = f" Ventet «{departure.expected}»." if departure.expected else " Den står der fra før."
        typer.echo(f"{where}, «{departure.found}»: Raden følger ikke av frøet og planen.{expected}", err=True)
    else:
        typer.echo(f"Alle {len(done)} trekninger følger av frøet og planen.")
    if not follows:
        raise typer.Exit(1)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Two that randomise at the same time wait for each other."""
    import fcntl  # only where there is such a thing: the other commands need none of it

    descriptor = os.open(out.parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _add(out: Path, rows: str) -> None:
    """Added in one piece and on the disk before anybody is told."""
    if rows:
        with out.open("a", encoding="utf-8", newline="") as file:
            file.write(rows)
            file.flush()
            os.fsync(file.fileno())
