"""``effect --by area``: difference-in-differences between areas."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fotfeste.commands.numbers import number, p_value
from fotfeste.commands.register.told import draw, refusals
from fotfeste.commands.results import print_result

if TYPE_CHECKING:
    from fotfeste.register.effect.between import AreaEffect
    from fotfeste.register.effect.estimates import Estimate

WARNINGS = {
    "few_areas": "Det er få områder: stol på p fra wild bootstrap mer enn på intervallene.",
    "always_exposed_left_out": "Områder med tiltaket fra første periode er utelatt: de har ingen tid før.",
    "two_way_compares_exposed_with_exposed": (
        "Toveis faste effekter sammenligner også områder som nettopp fikk tiltaket, med områder som alt hadde det. "
        "Når effekten vokser eller avtar, trekkes den da fra seg selv. Derfor skiller de to anslagene seg."
    ),
    "two_way_negative_weights": "Noen effekter teller med feil fortegn i toveis faste effekter.",
    "no_pretest": "Det er for få områder eller perioder til å prøve om de fulgtes ad før tiltaket.",
}


def between_areas(
    path: Path,
    outcome: str,
    starts: Path | None,
    compare: Literal["never", "not_yet"],
    weighted: bool,
    level: float,
    small_cells: int,
    chart: Path | None,
    as_json: bool,
) -> None:
    from fotfeste.register.effect.areas import read_areas
    from fotfeste.register.effect.between import area_effect

    with refusals():
        panel = read_areas(path, outcome=outcome, starts=starts, weighted=weighted)
        told = area_effect(panel, control=compare, level=level, small_cells_below=small_cells or None)
        if chart:
            from fotfeste.charts.register.event_study import event_rows, event_study

            draw(lambda: event_study(told), event_rows(told), chart)
    if as_json:
        definition = {"outcome": outcome, "by": "area", "compare": compare, "weighted": weighted}
        made_of = (path, *((starts,) if starts else ()))
        print_result("register effect", told, data_sha256=panel.sha256, definition=definition, made_of=made_of)
        return
    _print(told)


def _print(told: "AreaEffect") -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    right, usual = told.staggered, told.two_way
    console.print(f"{told.areas} områder, {told.exposed} får tiltaket, {told.periods} perioder.")
    table = Table("Anslag", "Effekt", f"{100 * told.level:g} % KI", "p", "p wild bootstrap")
    table.add_row("Callaway og Sant’Anna", *_cells(right.overall), number(right.wild_p, 4))
    table.add_row("Toveis faste effekter", *_cells(usual.effect), number(usual.wild_p, 4))
    console.print(table)
    path = dict(usual.event_study)
    events = Table("Perioder siden tiltaket", "Effekt", "KI", "p", "Toveis")
    for one in right.event_study:
        beside = number(path[one.since].estimate, 2) if one.since in path else "–"
        events.add_row(str(one.since), *_cells(one.effect), beside)
    console.print(events)
    if right.pretest:
        test = right.pretest
        console.print(
            f"Før tiltaket: Wald-test at områdene fulgtes ad, kji² = {number(test.chi2, 2)}, df = {test.df}, "
            f"p = {p_value(test.p)}. En stor p er ikke bevis for det."
        )
    console.print(f"Toveis faste effekter ligger {number(told.apart, 2)} fra det andre anslaget.")
    for warning in told.warnings:
        console.print(WARNINGS[warning])


def _cells(effect: "Estimate") -> tuple[str, str, str]:
    return number(effect.estimate, 2), f"{number(effect.ci_low, 2)}; {number(effect.ci_high, 2)}", p_value(effect.p)
