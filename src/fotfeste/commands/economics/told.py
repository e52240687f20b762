"""The computations that the commands ask for, and their results as they are written to JSON, drawn and reported."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import typer

from fotfeste.commands.economics.sentences import NoReport, NoStates, OverData, known, sentence
from fotfeste.commands.results import print_result, tell_beside
from fotfeste.economics.breakeven import BreakEven, NoSuchInput, break_even
from fotfeste.economics.evaluation import Evaluation, at_horizon, evaluate
from fotfeste.economics.reading import read_analysis
from fotfeste.economics.sensitivity import ScenarioResult, Swing, scenarios, tornado
from fotfeste.economics.shapes import ARMS, Analysis
from fotfeste.economics.simulation import Draws, Simulation, simulate
from fotfeste.economics.simulation import draw as draw_many

QUESTIONS = ("wage", "duration", "effect", "cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One evaluation with all that is told about it."""

    analysis: Analysis
    evaluation: Evaluation
    simulation: Simulation | None
    draws: Draws | None
    tornado: tuple[Swing, ...]
    scenarios: tuple[ScenarioResult, ...]

    def as_json(self) -> dict[str, Any]:
        uncertain = asdict(self.simulation) if self.simulation else None
        told = asdict(self.evaluation)
        warnings = [*told.pop("warnings"), *(uncertain.pop("warnings") if uncertain else ())]
        return told | {
            "uncertainty": uncertain,
            "tornado": [asdict(swing) for swing in self.tornado],
            "scenarios": [asdict(scenario) for scenario in self.scenarios],
            "warnings": warnings,
        }


@contextmanager
def sentences(file: Path) -> Iterator[None]:
    """What cannot be used is said in a sentence, and the command ends with 2."""
    try:
        yield
    except ValueError as error:
        if not known(error):
            raise
        typer.echo(sentence(error, file.name), err=True)
        raise typer.Exit(2) from None
    except OSError as error:  # what is read has its own sentence: this is a figure or a report
        place = str(error.filename or file).removesuffix(".tmp")
        typer.echo(f"{place}: Filen kan ikke skrives. Finnes mappen, og har du lov til å skrive der?", err=True)
        raise typer.Exit(2) from None


def read(file: Path, horizon: float | None, perspective: Any) -> Analysis:
    analysis = at_horizon(read_analysis(file), horizon)
    return analysis if perspective is None else replace(analysis, perspective=perspective)


def evaluated(file: Path, horizon: float | None, perspective: Any, draws: int, seed: int) -> Result:
    analysis = read(file, horizon, perspective)
    many = draw_many(analysis, draws=draws, seed=seed) if draws and analysis.uncertainty.is_any else None
    return Result(
        analysis=analysis,
        evaluation=evaluate(analysis),
        simulation=simulate(analysis, many, seed=seed) if many else None,
        draws=many,
        tornado=tornado(analysis),
        scenarios=scenarios(analysis),
    )


def broken_even(
    file: Path, of: Sequence[str] | None, horizon: float | None, perspective: Any, longest: float | None
) -> tuple[Analysis, list[BreakEven]]:
    """Answers to the questions asked; to those of the four that the file can answer where none is."""
    analysis = read(file, horizon, perspective)
    answers = []
    for question in of or QUESTIONS:
        try:
            answers.append(break_even(analysis, question, longest=longest))
        except NoSuchInput:
            if of:
                raise
    return analysis, answers


def traced(result: Result) -> dict[str, Any]:
    """Share of people in each state at the start and after each cycle, by arm."""
    cohort = result.analysis.cohort
    if cohort is None:
        raise NoStates(result.analysis.file)
    cycles = round(result.analysis.horizon_months / cohort.cycle_months)
    values = result.analysis.inputs()
    return {
        "states": [{"id": state.id, "name": state.name} for state in cohort.states],
        "months": [cycle * cohort.cycle_months for cycle in range(cycles + 1)],
        "arms": [result.evaluation.intervention, result.evaluation.reference],
        **{arm: cohort.trace(values, treated=arm == "intervention", cycles=cycles).shares[0].tolist() for arm in ARMS},
    }


def break_even_json(analysis: Analysis, answers: Sequence[BreakEven]) -> dict[str, Any]:
    return {
        "title": analysis.title,
        "perspective": analysis.perspective,
        "currency": analysis.prices.currency,
        "price_year": analysis.prices.year,
        "horizon": analysis.horizon_months,
        "breakeven": {answer.question: asdict(answer) for answer in answers},
        "warnings": [],
    }


def print_json(command: str, file: Path, analysis: Analysis, result: dict[str, Any]) -> None:
    print_result(
        f"economics {command}",
        result,
        data_sha256=analysis.sha256,
        definition=_definition(analysis),
        made_of=_read(file, analysis),
    )


def tell_of(made: Path, command: str, file: Path, analysis: Analysis, **asked: Any) -> None:
    """What a figure, with its table, or a report was made by and of, beside it: ``asked`` for on the command line."""
    table = made.with_suffix(".csv")
    tell_beside(
        made,
        f"economics {command}",
        data_sha256=analysis.sha256,
        definition=_definition(analysis)
        | {"horizon": analysis.horizon_months, "perspective": analysis.perspective}
        | asked,
        made_of=_read(file, analysis),
        made=(made, *((table,) if "figure" in asked else ())),
    )


def _definition(analysis: Analysis) -> dict[str, Any]:
    effect = analysis.effect
    return {
        "file": analysis.file,
        "outcome": effect.outcome if effect else None,
        "definition": effect.definition if effect else None,
        "inputs": [{"file": name, "sha256": digest} for name, digest in analysis.files],
    }


def _read(file: Path, analysis: Analysis) -> tuple[Path, ...]:
    return (file, *(file.parent / name for name, _ in analysis.files))


def spared(chart: Path, file: Path, analysis: Analysis) -> Path:
    """Where a figure is drawn, which must leave what was read as it was.

    Raises
    ------
    OverData
    """
    for name, _ in analysis.files:
        if chart.with_suffix(".csv").resolve() == (file.parent / name).resolve():
            raise OverData(name)
    return chart


def draw(result: Result, figure: str, path: Path) -> None:
    from fotfeste.charts.saving import save
    from fotfeste.commands.economics.figures import figure_of

    chart, table = figure_of(result, figure)
    save(chart, path, table=table)


def draw_break_even(analysis: Analysis, answer: BreakEven, path: Path) -> None:
    from fotfeste.charts.economics.horizon import break_even_curve
    from fotfeste.charts.saving import save
    from fotfeste.commands.economics.words import question_name

    rows = [asdict(point) for point in answer.over_horizon]
    title = question_name(answer, analysis)
    save(break_even_curve(rows, title=title, now=answer.now), path, table=rows)


def draw_states(traced: dict[str, Any], path: Path) -> None:
    from fotfeste.charts.economics.cohort import states
    from fotfeste.charts.saving import save

    names = [state["name"] for state in traced["states"]]
    rows = [
        {"arm": shown, "month": month, "state": name, "share": share}
        for arm, shown in zip(ARMS, traced["arms"], strict=True)
        for month, shares in zip(traced["months"], traced[arm], strict=True)
        for name, share in zip(names, shares, strict=True)
    ]
    save(states(rows, names=names, arms=traced["arms"]), path, table=rows)


def write_report(result: Result, path: Path) -> None:
    from fotfeste import documents
    from fotfeste.commands.economics.report import report

    suffix = path.suffix.lower()
    if suffix not in (".pdf", ".html", ".docx"):
        raise NoReport(suffix)
    document = report(result)
    content = {
        ".pdf": documents.pdf,
        ".html": lambda told: documents.html(told).encode(),
        ".docx": documents.docx,
    }[suffix](document)
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(content)
    beside.replace(path)
