"""``fotfeste economics``: what it costs, what it gives, to whom, and from when it pays.

NumPy and the drawing library are imported by the command that needs them: the shell's answer must not wait for them.
"""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fotfeste.commands.results import AsJson
from fotfeste.economics.payers import Perspective

app = typer.Typer()
economics = typer.Typer(
    no_args_is_help=True, help="Kostnad og nytte: regn ut, finn når det lønner seg, følg tilstander over tid."
)
app.add_typer(economics, name="economics")

File = Annotated[Path, typer.Argument(help="Analysen (.toml).")]
Horizon = Annotated[float | None, typer.Option(help="Hvor mange måneder fram det regnes, i stedet for filens.")]
Seen = Annotated[Perspective | None, typer.Option(help="Hvem det regnes for, i stedet for filens.")]
Draws = Annotated[int, typer.Option(min=0, help="Trekninger av usikre tall; 0 for ingen.")]
Seed = Annotated[int, typer.Option(min=0, help="Frø for trekningene: samme frø, samme tall.")]
Chart = Annotated[Path | None, typer.Option(help="Tegn figuren i denne filen (.svg, .png eller .html).")]


@economics.command()
def evaluate(
    file: File,
    horizon: Horizon = None,
    perspective: Seen = None,
    draws: Draws = 5000,
    seed: Seed = 1,
    as_json: AsJson = False,
    chart: Chart = None,
    figure: Annotated[
        Literal["horizon", "plane", "acceptability", "tornado"], typer.Option(help="Hvilken figur.")
    ] = "horizon",
    report: Annotated[
        Path | None, typer.Option(help="Skriv en rapport i denne filen (.pdf, .html eller .docx).")
    ] = None,
) -> None:
    """Regn ut kostnad og nytte for hver betaler og for alle, måned for måned."""
    from fotfeste.commands.economics import told

    with told.sentences(file):
        result = told.evaluated(file, horizon, perspective, draws, seed)
        if chart:
            told.draw(result, figure, told.spared(chart, file, result.analysis))
            told.tell_of(chart, "evaluate", file, result.analysis, figure=figure, draws=draws, seed=seed)
        if report:
            told.write_report(result, report)
            told.tell_of(report, "evaluate", file, result.analysis, draws=draws, seed=seed)
    if as_json:
        told.print_json("evaluate", file, result.analysis, result.as_json())
    else:
        from fotfeste.commands.economics import printed

        printed.show(*printed.evaluation(result))


@economics.command()
def breakeven(
    file: File,
    of: Annotated[
        list[str] | None,
        typer.Option(help="wage (lønn), duration (varighet), effect, cost (kostnad) eller navnet på et tall i filen."),
    ] = None,
    horizon: Horizon = None,
    perspective: Seen = None,
    longest: Annotated[float | None, typer.Option(help="Så mange måneder går kurven fram.")] = None,
    as_json: AsJson = False,
    chart: Chart = None,
) -> None:
    """Finn lønnen, varigheten, effekten eller kostnaden der netto nytte er null."""
    from fotfeste.commands.economics import told

    with told.sentences(file):
        analysis, answers = told.broken_even(file, of, horizon, perspective, longest)
        if chart:
            told.draw_break_even(analysis, answers[0], told.spared(chart, file, analysis))
            told.tell_of(chart, "breakeven", file, analysis, figure=answers[0].question)
    if as_json:
        told.print_json("breakeven", file, analysis, told.break_even_json(analysis, answers))
    else:
        from fotfeste.commands.economics import printed

        printed.show(*printed.break_even(analysis, answers))


@economics.command()
def markov(
    file: File,
    horizon: Horizon = None,
    perspective: Seen = None,
    draws: Draws = 5000,
    seed: Seed = 1,
    as_json: AsJson = False,
    chart: Chart = None,
) -> None:
    """Følg en gruppe mellom tilstander, og regn ut hva det koster og gir."""
    from fotfeste.commands.economics import told

    with told.sentences(file):
        result = told.evaluated(file, horizon, perspective, draws, seed)
        traced = told.traced(result)
        if chart:
            told.draw_states(traced, told.spared(chart, file, result.analysis))
            told.tell_of(chart, "markov", file, result.analysis, figure="states")
    if as_json:
        told.print_json("markov", file, result.analysis, result.as_json() | {"states": traced})
    else:
        from fotfeste.commands.economics import printed

        printed.show(*printed.states(result, traced), *printed.evaluation(result))
