"""``size``, ``power`` and ``detectable``: any one of people, power and difference from the other two."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from fotfeste.commands.results import AsJson, progress
from fotfeste.commands.trial.told import print_json, refusals

if TYPE_CHECKING:
    from fotfeste.trial.power import Design, Losses

Test = Annotated[
    Literal["two-proportions", "means", "time-to-event"],
    typer.Option(help="To andeler, to gjennomsnitt (t) eller tid til en hendelse (log-rank)."),
]
Method = Annotated[
    Literal["normal", "continuity", "exact-z", "exact-yates", "fisher"],
    typer.Option(
        help="For to andeler: tilnærmet, med kontinuitetskorreksjon, eller eksakt styrke for z, Yates, Fisher."
    ),
]
Share = Annotated[float | None, typer.Option(help="Andel i armen, 0 til 1.")]
People = Annotated[int | None, typer.Option(help="Antall som trekkes til armen.")]
Difference = Annotated[float | None, typer.Option(help="Forskjell mellom gjennomsnittene.")]
Sd = Annotated[float | None, typer.Option(help="Standardavvik i hver arm.")]
HazardRatio = Annotated[float | None, typer.Option(help="Hasardratio, arm 1 mot arm 2.")]
EventShare = Annotated[float | None, typer.Option(help="Andelen av alle som når hendelsen.")]
Margin = Annotated[float | None, typer.Option(help="Ikke dårligere: arm 1 kan være så mye lavere.")]
Alpha = Annotated[float, typer.Option(help="Testens nivå.")]
Sides = Annotated[int, typer.Option(min=1, max=2, help="Ensidig eller tosidig.")]
Wanted = Annotated[float, typer.Option("--power", help="Ønsket styrke.")]
DropOut = Annotated[float, typer.Option(help="Andelen som faller fra.")]
Icc = Annotated[float, typer.Option(help="Korrelasjonen innen en klynge.")]
ClusterSize = Annotated[float, typer.Option(help="Personer i hver klynge.")]


def size(
    test: Test = "two-proportions",
    method: Method = "normal",
    p1: Share = None,
    p2: Share = None,
    difference: Difference = None,
    sd: Sd = None,
    hazard_ratio: HazardRatio = None,
    event_share: EventShare = None,
    margin: Margin = None,
    power: Wanted = 0.8,
    alpha: Alpha = 0.05,
    sides: Sides = 2,
    ratio: Annotated[float, typer.Option(help="Personer i arm 1 for hver i arm 2.")] = 1.0,
    drop_out: DropOut = 0.0,
    icc: Icc = 0.0,
    cluster_size: ClusterSize = 1.0,
    as_json: AsJson = False,
) -> None:
    """Finn hvor mange et forsøk trenger."""
    from fotfeste.trial import power as solve

    given = {"p1": p1, "p2": p2, "difference": difference, "sd": sd, "margin": margin}
    given |= {"hazard_ratio": hazard_ratio, "event_share": event_share}
    with refusals():
        design = _design(test, method, alpha, sides, given)
        losses = solve.Losses(drop_out=drop_out, icc=icc, cluster_size=cluster_size)
        told = solve.size(design, power=power, ratio=ratio, losses=losses)
    if as_json:
        print_json("size", None, _with(told, design))
        return
    arms = f"{told.n1} i hver arm" if told.n_per_arm else f"{told.n1} i arm 1 og {told.n2} i arm 2"
    typer.echo(f"{told.n_total} personer: {arms}.")
    if (told.n1, told.n2) != (told.n1_analysed, told.n2_analysed):
        typer.echo(f"Det gir {told.n1_analysed} og {told.n2_analysed} å regne på.")
    typer.echo(f"Styrke {_percent(told.power)}.")


def power(
    plan: Annotated[
        Path | None,
        typer.Argument(metavar="[PLAN]", help="Styrken til planens hovedanalyse, prøvd på oppdiktede forsøk."),
    ] = None,
    n1: People = None,
    n2: People = None,
    test: Test = "two-proportions",
    method: Method = "normal",
    p1: Share = None,
    p2: Share = None,
    difference: Difference = None,
    sd: Sd = None,
    hazard_ratio: HazardRatio = None,
    event_share: EventShare = None,
    margin: Margin = None,
    alpha: Alpha = 0.05,
    sides: Sides = 2,
    drop_out: DropOut = 0.0,
    icc: Icc = 0.0,
    cluster_size: ClusterSize = 1.0,
    simulate: Annotated[
        int | None, typer.Option(min=2, help="Prøv testen på så mange oppdiktede forsøk i stedet.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="For --simulate: samme tall gir samme svar.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Finn styrken som et antall gir."""
    from fotfeste.trial import power as solve

    given = {"p1": p1, "p2": p2, "difference": difference, "sd": sd, "margin": margin}
    given |= {"hazard_ratio": hazard_ratio, "event_share": event_share}
    if plan:
        _power_of_plan(plan, given | {"n1": n1, "n2": n2}, simulate or 200, seed, as_json)
        return
    with refusals():
        design = _design(test, method, alpha, sides, given)
        losses = solve.Losses(drop_out=drop_out, icc=icc, cluster_size=cluster_size)
        people = {"n1": _needed("n1", n1), "n2": _needed("n2", n2)}
        told: Any = (
            _simulated(design, losses, people, simulate, seed)
            if simulate
            else solve.power(design, **people, losses=losses)
        )
    if as_json:
        print_json("power", None, _with(told, design))
        return
    error = f" (Monte Carlo-feil {_percent(told.mc_error)}, {simulate} forsøk)" if simulate else ""
    typer.echo(f"Styrke {_percent(told.power)}{error} med {told.n1} og {told.n2}.")


def _power_of_plan(file: Path, given: dict[str, Any], replicates: int, seed: int, as_json: bool) -> None:
    from fotfeste.trial.errors import BadDesign
    from fotfeste.trial.plan import read_plan
    from fotfeste.trial.simulation.plan_power import plan_power

    with refusals():
        for name, value in given.items():
            if value is not None:
                raise BadDesign(name, "needless")  # the plan says it
        plan = read_plan(file)
        with progress("Forsøk") as advance:
            told = plan_power(plan, replicates=replicates, seed=seed, progress=advance)
    if as_json:
        print_json("power", plan, {"comparisons": [asdict(one) for one in told]}, made_of=(file,))
        return
    for one in told:
        error = f"Monte Carlo-feil {_percent(one.mc_error)}, {replicates} forsøk"
        typer.echo(f"Styrke {_percent(one.power)} ({error}) med {one.n}: {one.analysis}, {one.arm}.")


def _simulated(design: "Design", losses: "Losses", people: dict[str, int], simulate: int, seed: int) -> Any:
    from fotfeste.trial.power import BadDesign, Losses, TwoProportions
    from fotfeste.trial.simulation.powers import simulated_power

    if not isinstance(design, TwoProportions) or losses != Losses():
        raise BadDesign("simulate", "needless")
    return simulated_power(design, **people, replicates=simulate, seed=seed)


def detectable(
    n1: People = None,
    n2: People = None,
    test: Test = "two-proportions",
    method: Method = "normal",
    p2: Share = None,
    sd: Sd = None,
    event_share: EventShare = None,
    margin: Margin = None,
    power: Wanted = 0.8,
    direction: Annotated[Literal["higher", "lower"], typer.Option(help="Høyere eller lavere i arm 1.")] = "higher",
    alpha: Alpha = 0.05,
    sides: Sides = 2,
    drop_out: DropOut = 0.0,
    icc: Icc = 0.0,
    cluster_size: ClusterSize = 1.0,
    as_json: AsJson = False,
) -> None:
    """Finn den minste forskjellen som et antall kan vise."""
    from fotfeste.trial import power as solve

    of = {"two-proportions": {"p1": 0.5}, "means": {"difference": 0.0}, "time-to-event": {"hazard_ratio": 1.0}}
    given = {"p2": p2, "sd": sd, "event_share": event_share, "margin": margin, **of[test]}
    with refusals():
        design = _design(test, method, alpha, sides, given)
        losses = solve.Losses(drop_out=drop_out, icc=icc, cluster_size=cluster_size)
        told = solve.detectable(
            design,
            power=power,
            n1=_needed("n1", n1),
            n2=_needed("n2", n2),
            higher=direction == "higher",
            losses=losses,
        )
    if as_json:
        design = design.assuming(told.detectable)
        print_json("detectable", None, _with(told, design))
        return
    names = {"two-proportions": "Andel i arm 1", "means": "Forskjell", "time-to-event": "Hasardratio"}
    typer.echo(f"{names[test]}: {told.detectable:.4f}".replace(".", ","))


NEEDS = {
    "two-proportions": (("p1", "p2"), ("margin",)),
    "means": (("difference", "sd"), ("margin",)),
    "time-to-event": (("hazard_ratio", "event_share"), ()),
}
"""What each test cannot do without, and what it may be given."""


def _design(test: str, method: str, alpha: float, sides: int, given: dict[str, float | None]) -> "Design":
    from fotfeste.trial import power as solve

    needed, allowed = NEEDS[test]
    values = {name: value for name, value in given.items() if value is not None}
    for name in needed:
        _needed(name, values.get(name))
    for name in values:
        if name not in (*needed, *allowed):
            raise solve.BadDesign(name, "needless")
    common: dict[str, Any] = {"alpha": alpha, "sides": sides, **values}
    if test == "two-proportions":
        return solve.TwoProportions(method=method, **common)  # type: ignore[arg-type]
    if method != "normal":
        raise solve.BadDesign("method", "method")
    return solve.Means(**common) if test == "means" else solve.TimeToEvent(**common)


def _needed(name: str, value: Any) -> Any:
    from fotfeste.trial.errors import BadDesign

    if value is None:
        raise BadDesign(name, "missing")
    return value


def _with(told: Any, design: "Design") -> dict[str, Any]:
    """The result, and what was assumed under the names of the options."""
    return asdict(told) | {"assumed": {"test": type(design).__name__, **asdict(design)}}  # type: ignore[call-overload]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".", ",")
