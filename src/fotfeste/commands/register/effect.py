"""``effect``: what the intervention did, in a trial month by month since inclusion, or between areas."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from fotfeste.commands.numbers import number, p_value
from fotfeste.commands.register.told import SMALL_CELLS, SmallCells, draw, held_back, refusals
from fotfeste.commands.results import AsJson, print_result

if TYPE_CHECKING:
    from fotfeste.register.effect.trial import MonthEffect, TrialEffect

GROUPS = {
    "age_18_30": "18–30 år",
    "over_21_without_upper_secondary": "Over 21 uten videregående",
    "severe": "Alvorlig lidelse",
}
WARNINGS = {
    "few_clusters": "Det er få steder: intervallene kan være for smale.",
    "months_left_out": "Måneder med færre enn to fulgt i en arm er utelatt.",
    "subgroups_low_power": "Forskjell mellom undergrupper prøves bare av samspillet, og forsøket er lite for det.",
}


def effect(
    outcomes: Annotated[
        Path, typer.Argument(metavar="MAPPE|FIL", help="Utfall per person og måned, eller per område og periode.")
    ],
    by: Annotated[
        Literal["month", "area"],
        typer.Option(help="Forsøk: måned for måned etter inklusjon. Områder: forskjell i forskjeller."),
    ] = "month",
    outcome: Annotated[str, typer.Option(help="Kolonnen med utfallet.")] = "outcome",
    intervention: Annotated[str, typer.Option(help="Armen som fikk tiltaket.")] = "ips",
    control: Annotated[str, typer.Option(help="Armen det sammenlignes med.")] = "control",
    cluster: Annotated[Literal["person", "site"], typer.Option(help="Hvem som kan ligne på hverandre.")] = "person",
    subgroups: Annotated[
        list[int] | None,
        typer.Option("--subgroups", metavar="MÅNED", help="Sammenlign undergrupper ved denne måneden."),
    ] = None,
    level: Annotated[float, typer.Option(min=0.5, max=0.999, help="Konfidensnivå.")] = 0.95,
    small_cells: SmallCells = SMALL_CELLS,
    starts: Annotated[
        Path | None, typer.Option(help="Områder: tabell med area og first, første periode med tiltaket.")
    ] = None,
    compare: Annotated[
        Literal["never", "not_yet"],
        typer.Option(help="Områder: sammenlign med dem som aldri, eller ikke ennå, fikk det."),
    ] = "never",
    weighted: Annotated[bool, typer.Option(help="Områder: la områder telle etter antall personer.")] = False,
    chart: Annotated[Path | None, typer.Option(help="Tegn effektkurven (.svg, .png, .html).")] = None,
    as_json: AsJson = False,
) -> None:
    """Beregn effekten i et forsøk (forskjell og forhold mellom armene), eller mellom områder over tid."""
    if by == "area":
        from fotfeste.commands.register.areas import between_areas

        between_areas(outcomes, outcome, starts, compare, weighted, level, small_cells, chart, as_json)
        return
    from fotfeste.register.effect.outcomes import read_outcomes
    from fotfeste.register.effect.shown import without_small_cells
    from fotfeste.register.effect.trial import trial_effect
    from fotfeste.register.provenance import defined_by

    with refusals():
        table = read_outcomes(outcomes, outcome=outcome)
        told = trial_effect(
            table,
            intervention=intervention,
            control=control,
            cluster=cluster,
            level=level,
            subgroup_months=tuple(subgroups or ()),
        )
        if small_cells:
            told = without_small_cells(told, below=small_cells)
        if chart:
            from fotfeste.charts.register.curves import curve_rows, effect_curve

            draw(lambda: effect_curve(told), curve_rows(told), chart)
    if as_json:
        print_result(
            "register effect",
            as_result(told),
            data_sha256=table.sha256,
            definition={"outcome": outcome, "by": by} | defined_by(outcomes),
            made_of=table.files,
        )
        return
    _print(told)


def as_result(told: "TrialEffect") -> dict[str, Any]:
    """The result with ratios on both scales."""
    result = asdict(told)
    for of, effect in zip(result["by_month"], told.by_month, strict=True):
        of |= _both_scales(effect)
    for of, one in zip(result["subgroups"], told.subgroups, strict=True):
        for name in ("members", "others"):
            if effect := getattr(one, name):
                of[name] |= _both_scales(effect)
    return result


def _both_scales(effect: "MonthEffect") -> dict[str, Any]:
    return {"ratio": effect.ratio.as_dict() if effect.ratio else None}


def _print(told: "TrialEffect") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    share = any(effect.difference and effect.difference.measure == "RD" for effect in told.by_month)
    of = "Prosentpoeng" if share else "Forskjell"
    table = Table("Måned", told.intervention, told.control, of, f"{100 * told.level:g} % KI", "p", "Forhold")
    for effect in told.by_month:
        table.add_row(str(effect.month), *_cells(effect, share))
    console.print(table)
    for one in told.subgroups:
        name = f"{GROUPS.get(one.name, one.name)}, måned {one.month}"
        if one.members is None or one.others is None or one.interaction is None:
            console.print(f"{name}: holdt tilbake.")
            continue
        among = [_cells(effect, share)[2:4] for effect in (one.members, one.others)]
        console.print(
            f"{name}: {among[0][0]} [{among[0][1]}], de andre {among[1][0]} [{among[1][1]}], "
            f"samspill p = {p_value(one.interaction.p)}"
        )
    if told.small_cells_below:
        console.print(f"Antall er avrundet til nærmeste {told.rounded_to}. {held_back(told.small_cells_below)}")
    for warning in told.warnings:
        console.print(WARNINGS[warning])


def _cells(effect: "MonthEffect", share: bool) -> tuple[str, ...]:
    if effect.difference is None or effect.intervention is None or effect.control is None:
        return ("–",) * 6
    times = 100 if share else 1
    arms = [f"{number(times * arm.mean, 1)} ({arm.n})" for arm in (effect.intervention, effect.control)]
    estimate, low, high = (times * value for value in effect.difference.shown)
    ratio = "–"
    if effect.ratio:
        shown = [number(value, 2) for value in effect.ratio.shown]
        ratio = f"{shown[0]} [{shown[1]}; {shown[2]}]"
    return (
        *arms,
        number(estimate, 1),
        f"{number(low, 1)}; {number(high, 1)}",
        p_value(effect.difference.p),
        ratio,
    )
